from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

#: Fields that only the methods of this class may set.
LOCKED_FIELDS = {"version", "certified_by", "certified_at"}
#: Fields whose change makes a certification void.
CERTIFIED_FIELDS = {"policy", "valid_until", "term_days", "max_overdue_days"}


class CreditAccount(models.Model):
    """What a company allows one customer on credit.

    The amount itself stays in ``res.partner.credit_limit``.  A customer without an
    account has the policy ``limit``.  ``version`` is modified before every check that
    leads to more exposure, so that of two transactions only one goes on.
    """

    _name = "credit.account"
    _description = "Credit Account"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    version = fields.Integer(default=0, readonly=True, copy=False)
    policy = fields.Selection(
        selection=[
            ("limit", "Credit limit"),
            ("cash_only", "Cash only"),
            ("no_control", "No control"),
        ],
        default="limit",
        required=True,
        tracking=True,
        help="With a credit limit of 0 nothing is sold on credit; only No control is "
        "unlimited.",
    )
    valid_until = fields.Date(
        string="Limit valid until",
        tracking=True,
        help="After this day the permanent limit counts as 0.",
    )
    term_days = fields.Integer(
        string="Credit term (days)",
        tracking=True,
        help="Items are overdue this many days after their date at the latest, even "
        "if the payment term grants more; 0 leaves it to the payment term.",
    )
    max_overdue_days = fields.Integer(
        string="Overdue tolerated (days)",
        tracking=True,
        help="New orders are held when an item is overdue for more days than this; 0 "
        "never holds for overdue items.",
    )
    hold = fields.Boolean(
        string="Credit hold",
        tracking=True,
        help="No order of this customer is confirmed.",
    )
    hold_reason = fields.Char(tracking=True)
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Accountant",
        tracking=True,
        help="Certifies the credit data of this customer.",
    )
    change_ids = fields.One2many(
        comodel_name="credit.limit.change", compute="_compute_change_ids"
    )
    certified_by = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, tracking=True
    )
    certified_at = fields.Datetime(readonly=True, copy=False, tracking=True)

    _company_partner_uniq = models.Constraint(
        "UNIQUE (company_id, partner_id)",
        "This customer already has a credit account in the company.",
    )
    _days_check = models.Constraint(
        "CHECK (term_days >= 0 AND max_overdue_days >= 0)",
        "A number of days is not negative.",
    )

    def _compute_change_ids(self):
        changes = self.env["credit.limit.change"].search(
            [("partner_id", "in", self.partner_id.ids)]
        )
        for account in self:
            account.change_ids = changes.filtered(
                lambda change, account=account: (
                    change.partner_id == account.partner_id
                    and change.company_id == account.company_id
                )
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = self.env["res.partner"]
        for vals in vals_list:
            self._check_locked_fields(vals)
            partner = partners.browse(vals.get("partner_id"))
            vals["partner_id"] = partner.commercial_partner_id.id
        accounts = super().create(vals_list)
        for account in accounts:
            account._bump(account.partner_id, account.company_id)
        return accounts

    def write(self, vals):
        self._check_locked_fields(vals)
        if self._get_identity_changes(vals):
            raise AccessError(
                self.env._("Customer and company of a credit account do not change.")
            )
        eased = self._get_eased(vals)
        result = super().write(vals)
        if vals.keys() & CERTIFIED_FIELDS:
            self._reset_certification()
        if vals.keys() & (CERTIFIED_FIELDS | {"hold"}):
            for account in self:
                account._bump(account.partner_id, account.company_id)
        for account in eased:
            account._after_exposure_dropped(account.partner_id, account.company_id)
        return result

    def _write_locked(self, vals):
        """Write fields that `write` refuses to callers."""
        return super().write(vals)

    def _get_identity_changes(self, vals):
        """Return the accounts whose customer or company ``vals`` would change."""
        return self.filtered(
            lambda account: any(
                name in vals and vals[name] != account[name].id
                for name in ("partner_id", "company_id")
            )
        )

    def _check_locked_fields(self, vals):
        if locked := LOCKED_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "%(fields)s: these fields are set by certifying the credit "
                    "account, not by editing it.",
                    fields=", ".join(sorted(locked)),
                )
            )

    def _get_eased(self, vals):
        """Return the accounts that may let held orders go after writing ``vals``."""
        if vals.keys() & CERTIFIED_FIELDS:
            return self
        if vals.get("hold") is False:
            return self.filtered("hold")
        return self.browse()

    # === ACTION METHODS === #

    def action_apply_limit(self):
        """Open the application for another limit of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account_credit_limit.credit_limit_request_action"
        )
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_company_id": self.company_id.id,
        }
        return action

    # === BUSINESS METHODS === #

    @api.model
    def _ensure(self, partners, company):
        """Return the accounts of ``partners`` in ``company``, created when missing."""
        entities = partners.commercial_partner_id
        # sudo: the account of a customer one may read exists independently of rights
        accounts = self.sudo().search(
            [("company_id", "=", company.id), ("partner_id", "in", entities.ids)]
        )
        if missing := entities - accounts.partner_id:
            self._upsert(missing, company, SQL("NOTHING"))
            accounts = accounts.search(
                [("company_id", "=", company.id), ("partner_id", "in", entities.ids)]
            )
        return accounts.with_env(self.env)

    @api.model
    def _bump(self, partners, company):
        """Take the turn on the accounts of ``partners`` for this transaction.

        Modifying the row comes before the exposure is read: a concurrent transaction
        on the same customer then fails with a serialization error and is retried.
        The rows are taken in the order of their customers, so two batches never wait
        for each other.
        """
        entities = partners.commercial_partner_id
        if entities and company.credit_control:
            self._upsert(
                entities,
                company,
                SQL("UPDATE SET version = credit_account.version + 1"),
            )

    @api.model
    def _bump_all(self, companies):
        """Take the turn on every account of ``companies``."""
        for company in companies.sorted("id"):
            # sudo: the bump is bookkeeping of the engine, not an edit of the user
            accounts = self.sudo().search([("company_id", "=", company.id)])
            self._bump(accounts.partner_id, company)

    @api.model
    def _upsert(self, entities, company, on_conflict):
        self.flush_model(["company_id", "partner_id", "version"])
        self.env["res.partner"].flush_model(["name"])
        self.env.execute_query(
            SQL(
                """
                INSERT INTO credit_account (
                    company_id, partner_id, version, policy, term_days,
                    max_overdue_days, hold, create_uid, create_date, write_uid,
                    write_date
                )
                SELECT %(company)s, partner_id, 1, 'limit', 0, 0, FALSE, %(user)s,
                       now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
                  FROM unnest(%(partners)s::int[]) AS partner_id
                 ORDER BY partner_id
                    ON CONFLICT (company_id, partner_id) DO %(on_conflict)s
                RETURNING id
                """,
                company=company.id,
                partners=sorted(entities.ids),
                user=self.env.uid,
                on_conflict=on_conflict,
            )
        )
        self.invalidate_model(["version"], flush=False)

    def _merge_into(self, entity):
        """Carry the accounts in ``self`` over to ``entity`` before contacts merge."""
        for source in self:
            existing = self._ensure(entity, source.company_id)
            if source == existing:
                continue
            existing.write(
                {
                    "hold": existing.hold or source.hold,
                    "hold_reason": existing.hold_reason or source.hold_reason,
                }
            )
            existing._reset_certification()
            existing.message_post(
                body=self.env._(
                    "The credit account of %(customer)s was merged into this one.",
                    customer=source.partner_id.display_name,
                )
            )
        self.filtered(lambda account: account.partner_id != entity).unlink()

    # === HOOKS === #

    @api.model
    def _after_exposure_dropped(self, partners, company):
        """React to room under the limit of ``partners``; extended by the bridges."""

    def _get_permanent_limit(self):
        """Return the permanent limit in company currency, ignoring its validity."""
        self.ensure_one()
        # sudo: the amount is shown to whoever may apply for another one
        partner = self.sudo().partner_id.with_company(self.company_id)
        return partner.credit_limit
