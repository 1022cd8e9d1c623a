from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    receipt_confirmation_since = fields.Date(
        related="company_id.receipt_confirmation_since", readonly=False
    )
