from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_produced = fields.Boolean(
        string="Production Instruction",
        default=True,
        help="Orders of these goods get a production instruction; services never do.",
    )
