from odoo import api, fields, models


class SaleCreditReason(models.TransientModel):
    _name = "sale.credit.reason"
    _description = "Reason of a Credit Decision"

    action = fields.Selection(
        selection=[
            ("credit_release", "Release"),
            ("credit_close", "Short-Close"),
            ("credit_reopen", "Reopen"),
        ],
        required=True,
        readonly=True,
    )
    order_ids = fields.Many2many(comodel_name="sale.order", required=True)
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        defaults = super().default_get(fields_list)
        if self.env.context.get("active_model") == "sale.order":
            ids = self.env.context.get("active_ids") or []
            defaults.setdefault("order_ids", [fields.Command.set(ids)])
        return defaults

    def action_decide(self):
        """Carry the decision out; the orders check who may."""
        self.ensure_one()
        if self.action == "credit_release":
            self.order_ids.credit_release(self.reason)
        elif self.action == "credit_close":
            self.order_ids.credit_close(self.reason)
        else:
            self.order_ids.credit_reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
