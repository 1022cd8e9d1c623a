from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    require_confirmed_prepayment = fields.Boolean(
        help="Confirm prepayment orders only when the money has arrived."
    )
