from odoo import api, fields, models


class OrderException(models.Model):
    """A delay or shortage: told to the customer, open until it is resolved."""

    _name = "order.exception"
    _description = "Order Exception"
    _inherit = ["evidence.mixin"]
    _order = "id desc"
    _rec_name = "description"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    kind = fields.Selection(
        [("delay", "Delay"), ("shortage", "Shortage"), ("other", "Other")],
        required=True,
        readonly=True,
    )
    description = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved")], default="open", readonly=True
    )
    resolution = fields.Text(readonly=True)
    responsible_id = fields.Many2one("res.users", readonly=True)
    reported_by_id = fields.Many2one("res.users", readonly=True)
    reported_at = fields.Datetime(default=fields.Datetime.now, readonly=True)
    resolved_by_id = fields.Many2one("res.users", readonly=True)
    resolved_at = fields.Datetime(readonly=True)

    _open_idx = models.Index("(order_id) WHERE state = 'open'")

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "Report and resolve exceptions with the actions of the order."
        )

    def _resolve(self, resolution):
        return self._complete(
            {
                "state": "resolved",
                "resolution": resolution,
                "resolved_by_id": self.env.uid,
                "resolved_at": fields.Datetime.now(),
            }
        )

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        return self.order_id._get_records_action()

    def action_resolve(self):
        """Ask how the exception was resolved."""
        self.ensure_one()
        return self.order_id._intake_ask("resolve", exception_id=self.id)
