from odoo import api, fields, models

SUBJECTS = {
    "need": "Customer's need",
    "stock": "Stock and lead time",
    "quantity": "Quantity",
    "price": "Price",
    "address": "Delivery address",
    "identity": "Customer's identity",
}


class OrderIntakeLog(models.Model):
    """What the order desk found and decided: rows are added, never changed."""

    _name = "order.intake.log"
    _description = "Order Desk Log"
    _inherit = ["evidence.mixin"]
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("requirement", "Requirement confirmed"),
            ("check", "Check"),
            ("risk", "Risk flagged"),
            ("clear", "Risk cleared"),
            ("clarify", "To be clarified"),
            ("answer", "Clarified"),
            ("assign", "Responsible assigned"),
            ("confirm", "Confirmed by the customer"),
            ("void", "Confirmation void"),
            ("effective", "Effective"),
            ("follow", "Progress"),
            ("told", "Customer told"),
        ],
        required=True,
        readonly=True,
    )
    subject = fields.Selection(list(SUBJECTS.items()), readonly=True)
    result = fields.Selection([("ok", "Correct"), ("wrong", "Wrong")], readonly=True)
    event = fields.Char(readonly=True)
    note = fields.Text(readonly=True)
    fingerprint = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    logged_at = fields.Datetime(readonly=True, default=fields.Datetime.now)

    _order_idx = models.Index("(order_id, kind, id DESC)")

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The log of the order desk is evidence: the actions on the order write it, "
            "and nobody changes it."
        )

    @api.model
    def _append(self, vals_list):
        """Add rows in the name of the user; the only way in."""
        return super()._append(
            [{"user_id": self.env.uid, **vals} for vals in vals_list]
        )
