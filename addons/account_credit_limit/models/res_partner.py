from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

GROUP = "account_credit_limit.group_credit_user"
#: The fields of a customer by the key of their figure.
FIGURE_FIELDS = {
    "credit_policy": "policy",
    "credit_limit_current": "limit",
    "credit_exposure": "exposure",
    "credit_available": "available",
    "credit_overdue": "overdue",
    "credit_overdue_days": "max_overdue_days",
    "credit_over_limit": "over",
}


class ResPartner(models.Model):
    """The credit figures of a customer in the current company."""

    _inherit = "res.partner"

    credit_control = fields.Boolean(compute="_compute_credit_control")
    credit_policy = fields.Selection(
        selection=lambda self: (
            self.env["credit.account"]
            ._fields["policy"]
            ._description_selection(self.env)
        ),
        compute="_compute_credit_figures",
        groups=GROUP,
    )
    credit_limit_current = fields.Monetary(
        string="Effective limit",
        compute="_compute_credit_figures",
        groups=GROUP,
        help="The permanent limit while it is valid, or a running temporary raise.",
    )
    credit_exposure = fields.Monetary(
        string="Exposure",
        compute="_compute_credit_figures",
        groups=GROUP,
        help="What the customer owes or has ordered, as the company counts it.",
    )
    credit_available = fields.Monetary(
        string="Available credit", compute="_compute_credit_figures", groups=GROUP
    )
    credit_overdue = fields.Monetary(
        string="Overdue", compute="_compute_credit_figures", groups=GROUP
    )
    credit_overdue_days = fields.Integer(
        string="Oldest overdue (days)",
        compute="_compute_credit_figures",
        groups=GROUP,
        aggregator=None,
    )
    credit_over_limit = fields.Boolean(
        string="Over limit",
        compute="_compute_credit_figures",
        search="_search_credit_over_limit",
        groups=GROUP,
    )
    credit_bar = fields.Html(
        string="Credit use",
        compute="_compute_credit_bar",
        sanitize=False,
        groups=GROUP,
    )
    credit_certification = fields.Selection(
        selection=[
            ("missing", "To Certify"),
            ("valid", "Certified"),
            ("expired", "Expired"),
        ],
        string="Certification",
        compute="_compute_credit_certification",
        groups=GROUP,
    )
    credit_certified_until = fields.Datetime(
        compute="_compute_credit_certification", groups=GROUP
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    def _compute_credit_control(self):
        self.credit_control = self.env.company.credit_control

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_credit_figures(self):
        accounts = self.env["credit.account"]
        company = self.env.company
        figures = accounts._get_figures(self, company)
        for values in figures.values():
            values["over"] = accounts._is_over(values, company)
        for name, key in FIGURE_FIELDS.items():
            field = self._fields[name]
            for partner in self:
                # The figures are rounded already.  Assigning them would look for the
                # currency of every customer, with another query.
                field._update_cache(partner, figures[partner.id][key])

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "lang")
    def _compute_credit_bar(self):
        accounts = self.env["credit.account"]
        figures = accounts._get_figures(self, self.env.company)
        for partner in self:
            partner.credit_bar = accounts._get_credit_bar(figures[partner.id])

    def _search_credit_over_limit(self, operator, value):
        if operator != "in":
            return NotImplemented
        accounts = self.env["credit.account"]
        accounts._flush_figures()
        query = accounts._get_over_limit_sql(self.env.company)
        return [("commercial_partner_id", "in" if True in value else "not in", query)]

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_credit_certification(self):
        accounts = self.env["credit.account"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )
        by_partner = accounts.grouped("partner_id")
        for partner in self:
            account = by_partner.get(partner.commercial_partner_id, accounts.browse())
            partner.credit_certification = account.certification_state or "missing"
            partner.credit_certified_until = account.certified_until

    # === ACTION METHODS === #

    def action_ask_certification(self):
        """Ask the accountant to certify the credit data of the customers."""
        self.check_access("read")
        for account in self.env["credit.account"]._ensure(self, self.env.company):
            account.action_ask_certification()
        return True

    def action_credit_account(self):
        """Open the credit account of the customer."""
        self._check_credit_user()
        account = self.env["credit.account"]._ensure(self, self.env.company)
        action = account._get_records_action(name=self.env._("Credit Account"))
        return {**action, "view_mode": "form"}

    @api.readonly
    def action_credit_receivable(self):
        """Open the items that make up the receivable balance."""
        return self._get_credit_items_action(self.env._("Receivable Balance"), [])

    @api.readonly
    def action_credit_overdue(self):
        """Open the overdue items among them."""
        company = self.env.company
        account = self.env["credit.account"].search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", self.commercial_partner_id.id),
            ]
        )
        today = account._get_today(company)
        overdue = Domain("date_maturity", "<", today)
        if account.term_days:
            overdue |= Domain("date", "<", today - timedelta(days=account.term_days))
        return self._get_credit_items_action(self.env._("Overdue Items"), [*overdue])

    @api.readonly
    def action_credit_draft_invoices(self):
        """Open the draft invoices that count towards the exposure."""
        self._check_credit_user()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        domain = [
            ("state", "=", "draft"),
            ("move_type", "in", ("out_invoice", "out_receipt")),
            ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
            ("company_id", "=", self.env.company.id),
        ]
        return {**action, "domain": domain, "context": {"create": False}}

    @api.readonly
    def action_credit_history(self):
        """Open the history of the limit."""
        self._check_credit_user()
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "account_credit_limit.credit_limit_change_action"
            ),
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {},
        }

    def _get_credit_items_action(self, name, domain):
        self._check_credit_user()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    self.commercial_partner_id.id,
                ),
                ("company_id", "=", self.env.company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", "!=", 0),
                *domain,
            ],
            "context": {"create": False},
        }

    def _check_credit_user(self):
        self.ensure_one()
        self.check_access("read")
        # su: a document of which the user may see the figures asks in their name
        if not (self.env.su or self.env.user.has_group(GROUP)):
            raise AccessError(self.env._("You are not allowed to see credit figures."))
