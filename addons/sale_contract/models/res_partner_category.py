from odoo import fields, models


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    contract_exempt = fields.Boolean(
        string="No Framework Contract Needed",
        help="Customers of this category buy without a framework contract, for example "
        "direct customers; their orders need no next level for that.",
    )
