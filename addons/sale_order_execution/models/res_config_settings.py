from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_execution = fields.Boolean(
        related="company_id.order_execution", readonly=False
    )
    execution_user_id = fields.Many2one(
        related="company_id.execution_user_id", readonly=False
    )
    contact_permission = fields.Boolean(
        related="company_id.contact_permission", readonly=False
    )
