from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    receipt_confirmation_since = fields.Date(
        string="Receipts Confirmed Since",
        help="Payments before this date count as arrived without a confirmation. "
        "Leave it empty to ask for a confirmation of every payment.",
    )
