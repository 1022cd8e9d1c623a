from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_intake = fields.Boolean(related="company_id.order_intake", readonly=False)
    order_desk_user_id = fields.Many2one(
        related="company_id.order_desk_user_id", readonly=False
    )
