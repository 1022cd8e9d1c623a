from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_complete_set = fields.Boolean(
        string="Complete Set",
        help="Sold for an engineering project: its orders carry project information.",
    )
    ask_feasibility = fields.Boolean(
        string="Ask for Feasibility",
        default=True,
        help="The departments say whether an order is feasible. Untick it for goods "
        "sold from stock; for non-standard orders they are asked all the same.",
    )
