from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_term_orders = fields.Boolean(
        related="company_id.credit_term_orders", readonly=False
    )
    credit_term_deliveries = fields.Boolean(
        related="company_id.credit_term_deliveries", readonly=False
    )
