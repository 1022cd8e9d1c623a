from odoo import api, fields, models

SETTLEMENT_TYPES = [
    ("prepayment", "Prepayment"),
    ("cash_on_delivery", "Cash on Delivery"),
    ("monthly", "Monthly Settlement"),
]
PAYMENT_MODES = [
    ("cash", "Cash"),
    ("cheque", "Cheque"),
    ("transfer", "Bank Transfer"),
    ("bill", "Bill of Exchange"),
]


class ResPartner(models.Model):
    _inherit = "res.partner"

    settlement_type = fields.Selection(
        selection=SETTLEMENT_TYPES,
        tracking=True,
        help="When this customer pays, proposed on every new order.",
    )
    payment_mode = fields.Selection(
        selection=PAYMENT_MODES,
        tracking=True,
        help="How this customer pays, proposed on every new order.",
    )

    @api.model
    def _commercial_fields(self):
        """Settlement is agreed with the company, its contacts follow."""
        return [*super()._commercial_fields(), "settlement_type", "payment_mode"]
