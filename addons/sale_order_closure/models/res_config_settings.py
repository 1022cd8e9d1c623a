from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_closure = fields.Boolean(related="company_id.order_closure", readonly=False)
    order_closure_fallback_id = fields.Many2one(
        related="company_id.order_closure_fallback_id", readonly=False
    )
    order_closure_accountant_id = fields.Many2one(
        related="company_id.order_closure_accountant_id", readonly=False
    )
