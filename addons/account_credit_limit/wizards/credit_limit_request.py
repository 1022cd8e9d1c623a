from odoo import api, fields, models
from odoo.exceptions import UserError


class CreditLimitRequest(models.TransientModel):
    _name = "credit.limit.request"
    _description = "Apply for Another Credit Limit"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    kind = fields.Selection(
        selection=[("permanent", "Permanent"), ("temporary", "Temporary raise")],
        required=True,
        default="permanent",
    )
    amount = fields.Monetary(string="New limit", required=True)
    date_from = fields.Date(string="Valid from", default=fields.Date.context_today)
    date_to = fields.Date(string="Valid until")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        defaults = super().default_get(fields_list)
        if self.env.context.get("active_model") == "res.partner":
            defaults.setdefault("partner_id", self.env.context.get("active_id"))
        return defaults

    def action_apply(self):
        """Send the application to the approver."""
        self.ensure_one()
        self.partner_id.check_access("read")
        if self.kind == "temporary" and not (self.date_from and self.date_to):
            raise UserError(
                self.env._("Say from when until when the temporary raise is needed.")
            )
        account = self.env["credit.account"]._ensure(self.partner_id, self.company_id)
        self.env["credit.limit.change"]._request(account, self._prepare_change())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_change(self):
        """Return the values of the application."""
        temporary = self.kind == "temporary"
        return {
            "kind": self.kind,
            "amount": self.amount,
            "reason": self.reason,
            "date_from": temporary and self.date_from,
            "date_to": temporary and self.date_to,
        }
