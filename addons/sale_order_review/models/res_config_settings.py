from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_review = fields.Boolean(related="company_id.order_review", readonly=False)
    order_review_fallback_id = fields.Many2one(
        related="company_id.order_review_fallback_id", readonly=False
    )
