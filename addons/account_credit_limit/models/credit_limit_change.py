from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CreditLimitChange(models.Model):
    """One change of a credit limit, asked for or made, for ever."""

    _name = "credit.limit.change"
    _description = "Credit Limit Change"
    _inherit = ["credit.evidence"]
    _order = "id desc"
    _rec_name = "partner_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        ondelete="restrict",
        index=True,
        help="Empty for the limit that all customers of the company have by default.",
    )
    origin = fields.Selection(
        selection=[
            ("application", "Application"),
            ("direct", "Entered by the accountant"),
            ("import", "Import"),
            ("default", "Company default"),
            ("merge", "Contacts merged"),
            ("split", "Contact separated"),
        ],
        required=True,
    )
    kind = fields.Selection(
        selection=[("permanent", "Permanent"), ("temporary", "Temporary raise")],
        required=True,
        default="permanent",
    )
    state = fields.Selection(
        selection=[
            ("requested", "To Approve"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        required=True,
    )
    amount_before = fields.Monetary(string="Limit before")
    amount = fields.Monetary(string="New limit")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    reason = fields.Char()
    requested_by = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="restrict"
    )
    decided_by = fields.Many2one(comodel_name="res.users", ondelete="restrict")
    decided_on = fields.Datetime()
    decision_note = fields.Char()

    _amount_check = models.Constraint(
        "CHECK (amount >= 0 AND amount < 1e15)",
        "A credit limit is a positive amount or zero.",
    )
    _dates_check = models.Constraint(
        "CHECK (kind <> 'temporary' OR (date_to IS NOT NULL AND date_from IS NOT NULL "
        "AND date_to >= date_from))",
        "A temporary raise has a first day and a last day.",
    )
    _temporary_idx = models.Index(
        "(partner_id, company_id) INCLUDE (amount, date_from, date_to) "
        "WHERE kind = 'temporary' AND state = 'approved'"
    )

    # === ACTION METHODS === #

    def action_approve(self, note=None):
        """Apply the requested limits; another person than the requester decides."""
        self._check_can_decide()
        for change in self:
            change._close(change._prepare_decision("approved", note))
            change._apply()
        return True

    def action_reject(self, note=None):
        """Close the applications without changing the limit."""
        self._check_can_decide()
        self._close(self._prepare_decision("rejected", note))
        self._close_activities()
        return True

    # === BUSINESS METHODS === #

    def _request(self, account, vals):
        """Open an application for ``account`` and ask the approver.

        :param dict vals: kind, amount, date_from, date_to, reason
        """
        account.partner_id._check_credit_amount(vals["amount"])
        change = self._append(
            [
                {
                    **vals,
                    "company_id": account.company_id.id,
                    "partner_id": account.partner_id.id,
                    "origin": "application",
                    "state": "requested",
                    "amount_before": account._get_permanent_limit(),
                    "requested_by": self.env.uid,
                }
            ]
        )
        account._ask(
            "account_credit_limit.mail_activity_approve_limit",
            account._get_approver(),
            change._get_request_note(),
        )
        return change

    def _apply(self):
        """Make an approved change effective."""
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        account = self.env["credit.account"]._ensure(partner, self.company_id)
        if self.kind == "permanent":
            partner._write_credit_limit(self.amount)
        account._reset_certification()
        account._bump(partner, self.company_id)
        self._close_activities()
        if self.amount > self.amount_before:
            account._after_exposure_dropped(partner, self.company_id)

    def _close_activities(self):
        accounts = self.env["credit.account"]
        for change in self:
            accounts |= accounts._ensure(change.partner_id, change.company_id)
        accounts.activity_feedback(["account_credit_limit.mail_activity_approve_limit"])

    def _check_can_decide(self):
        if not self.env.user.has_group("account_credit_limit.group_credit_approver"):
            raise AccessError(
                self.env._("Only an approver of credit limits decides on applications.")
            )
        self.check_access("read")
        for change in self:
            if change.state != "requested":
                raise UserError(
                    self.env._(
                        "The application for %(customer)s is already decided.",
                        customer=change.partner_id.display_name,
                    )
                )
            if change.requested_by == self.env.user:
                raise UserError(
                    self.env._(
                        "You applied for the limit of %(customer)s yourself: another "
                        "approver has to decide.",
                        customer=change.partner_id.display_name,
                    )
                )

    # === HOOKS === #

    def _prepare_decision(self, state, note):
        return {
            "state": state,
            "decided_by": self.env.uid,
            "decided_on": fields.Datetime.now(),
            "decision_note": note or False,
        }

    def _get_request_note(self):
        """Return the text of the activity that asks for the decision."""
        self.ensure_one()
        return self.env._(
            "%(user)s asks for a limit of %(amount)s: %(reason)s",
            user=self.env.user.name,
            amount=self.currency_id.format(self.amount),
            reason=self.reason or "",
        )
