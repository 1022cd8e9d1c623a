from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_intake = fields.Boolean(
        string="Order Desk",
        help="Orders pass the order desk: complete, checked, without open risk and "
        "confirmed by the customer before they are sales.",
    )
    order_desk_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Order Desk Responsible",
        domain="[('share', '=', False)]",
        help="Is told of orders to check when their channel names nobody.",
    )
