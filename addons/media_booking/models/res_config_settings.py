from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    media_hold_renewals = fields.Integer(
        related="company_id.media_hold_renewals", readonly=False
    )
    media_psa_share = fields.Float(related="company_id.media_psa_share", readonly=False)
