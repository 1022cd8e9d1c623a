from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    require_confirmed_prepayment = fields.Boolean(
        related="company_id.require_confirmed_prepayment", readonly=False
    )
