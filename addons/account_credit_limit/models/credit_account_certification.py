from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CERTIFY_ACTIVITY = "account_credit_limit.mail_activity_certify"


class CreditAccount(models.Model):
    """Certification by the accountant: asked for, given, expired, void."""

    _inherit = "credit.account"

    certified_until = fields.Datetime(compute="_compute_certification")
    certification_state = fields.Selection(
        selection=[
            ("missing", "To Certify"),
            ("valid", "Certified"),
            ("expired", "Expired"),
        ],
        compute="_compute_certification",
        search="_search_certification_state",
    )

    @api.depends("certified_at", "company_id.credit_certification_days")
    def _compute_certification(self):
        now = fields.Datetime.now()
        for account in self:
            until = account.certified_at and account.certified_at + timedelta(
                days=account.company_id.credit_certification_days
            )
            account.certified_until = until
            if not until:
                account.certification_state = "missing"
            else:
                account.certification_state = "valid" if until >= now else "expired"

    def _search_certification_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        accounts = self.search([("company_id", "in", self.env.companies.ids)])
        found = accounts.filtered(lambda account: account.certification_state in value)
        return [("id", "in", found.ids)]

    # === ACTION METHODS === #

    def action_certify(self):
        """Certify the credit data in the name of the accountant."""
        if not self.env.user.has_group("account_credit_limit.group_credit_certifier"):
            raise AccessError(
                self.env._("Only a unit accountant certifies credit data.")
            )
        self.check_access("write")
        for account in self:
            account._check_can_certify()
            account._write_certification(
                {"certified_by": self.env.uid, "certified_at": fields.Datetime.now()}
            )
        self.activity_feedback([CERTIFY_ACTIVITY])
        return True

    def action_ask_certification(self):
        """Ask the accountant of the customer to certify the credit data."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only a colleague asks for a certification."))
        for account in self:
            account.partner_id.with_env(self.env).check_access("read")
            account._ask(CERTIFY_ACTIVITY, account._get_certifier())
        return True

    # === BUSINESS METHODS === #

    def _is_certified(self):
        """Return the accounts in ``self`` with a valid certification."""
        return self.filtered(lambda account: account.certification_state == "valid")

    def _check_can_certify(self):
        self.ensure_one()
        pending = self.env["credit.limit.change"].search_count(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "requested"),
            ]
        )
        if pending:
            raise UserError(
                self.env._(
                    "%(customer)s: an application for another limit waits for its "
                    "approval. Certify after the decision.",
                    customer=self.partner_id.display_name,
                )
            )

    def _reset_certification(self):
        """Make the certification void after a change of the credit data."""
        # sudo: the limit may change in the name of somebody who does not certify
        self.sudo().filtered("certified_at")._write_certification(
            {"certified_by": False, "certified_at": False}
        )

    def _write_certification(self, vals):
        """Write past `_check_locked_fields`, which refuses these fields to callers."""
        # sudo: the limit may change in the name of somebody who does not certify
        self.sudo()._write_locked(vals)

    def _ask(self, activity_type, user, note=""):
        """Open one activity on the account, unless the same one is open already."""
        self.ensure_one()
        # sudo: who asks may have no access to the credit account itself
        account = self.sudo()
        if account.activity_search([activity_type]):
            return
        account.activity_schedule(
            activity_type, user_id=user.id, note=note, summary=account.display_name
        )

    # === HOOKS === #

    def _get_certifier(self):
        """Return the user who certifies: the owner, the company's, any certifier."""
        self.ensure_one()
        # sudo: settings and accounts are not readable for every salesperson
        account = self.sudo()
        return (
            account.owner_id
            or account.company_id.credit_certifier_id
            or account._find_member("account_credit_limit.group_credit_certifier")
        )

    def _get_approver(self):
        """Return the user who decides on applications for another limit."""
        # sudo: settings are not readable for every salesperson
        account = self.sudo()
        return account.company_id.credit_approver_id or account._find_member(
            "account_credit_limit.group_credit_approver"
        )

    def _find_member(self, group):
        """Return the first active user of ``group`` in the company, else the admin."""
        users = self.env.ref(group).all_user_ids.filtered(
            lambda user: (
                user.active
                and user != self.env.user
                and self.company_id in user.company_ids
            )
        )
        return users[:1] or self.env.ref("base.user_admin")
