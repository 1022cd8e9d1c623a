from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    delivery_release = fields.Boolean(
        related="company_id.delivery_release", readonly=False
    )
    delivery_release_fallback_id = fields.Many2one(
        related="company_id.delivery_release_fallback_id", readonly=False
    )
