from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_complete_set = fields.Boolean(
        string="Complete Set",
        help="Sold for an engineering project: its orders carry project information.",
    )
