from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    purchase_review = fields.Boolean(
        related="company_id.purchase_review", readonly=False
    )
    payment_review = fields.Boolean(related="company_id.payment_review", readonly=False)
    purchase_review_fallback_id = fields.Many2one(
        related="company_id.purchase_review_fallback_id", readonly=False
    )
    purchase_single_source_amount = fields.Monetary(
        related="company_id.purchase_single_source_amount",
        currency_field="company_currency_id",
        readonly=False,
    )
