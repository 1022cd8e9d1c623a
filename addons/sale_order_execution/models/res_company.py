from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_execution = fields.Boolean(
        help="Confirmed orders get a production instruction, are followed until they "
        "are delivered, and customers read how they get on.",
    )
    execution_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Merchandiser",
        domain="[('share', '=', False)]",
        help="Follows the orders of which nobody else is in charge; empty: everybody "
        "of order management is told.",
    )
    contact_permission = fields.Boolean(
        string="Contact Sheets Need Permission",
        help="A contact sheet is sent only after the general manager permitted it.",
    )
