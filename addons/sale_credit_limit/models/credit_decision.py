from odoo import fields, models


class CreditDecision(models.Model):
    """One person let one order pass its limit, up to a ceiling and a day."""

    _name = "credit.decision"
    _description = "Credit Decision"
    _inherit = ["credit.evidence"]
    _order = "id desc"
    _rec_name = "order_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_id = fields.Many2one(
        comodel_name="sale.order", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    source = fields.Selection(
        selection=[("release", "Release"), ("review", "Order review")],
        required=True,
        default="release",
    )
    amount_order = fields.Monetary(string="This order")
    amount_exposure = fields.Monetary(
        string="Exposure", help="Exposure at the decision, this order included."
    )
    amount_limit = fields.Monetary(string="Limit")
    amount_excess = fields.Monetary(string="Excess")
    amount_overdue = fields.Monetary(string="Overdue")
    ceiling = fields.Monetary(
        help="The order may be confirmed while the exposure does not exceed this."
    )
    expires_at = fields.Datetime(string="Expires", required=True)
    approver_id = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="restrict"
    )
    reason = fields.Char(required=True)

    _amounts_check = models.Constraint(
        "CHECK (ceiling >= 0 AND ceiling < 1e15 AND abs(amount_exposure) < 1e15)",
        "The ceiling is a positive amount of money.",
    )
    _order_expiry_idx = models.Index("(order_id, expires_at) INCLUDE (ceiling)")
