from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_changes = fields.Boolean(related="company_id.order_changes", readonly=False)
    order_change_fallback_id = fields.Many2one(
        related="company_id.order_change_fallback_id", readonly=False
    )
    order_change_department_ids = fields.Many2many(
        related="company_id.order_change_department_ids", readonly=False
    )
