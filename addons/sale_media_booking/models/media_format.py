from odoo import fields, models


class MediaFormat(models.Model):
    _inherit = "media.format"

    product_id = fields.Many2one(
        "product.product",
        string="Sold as",
        domain="[('sale_ok', '=', True), ('type', '=', 'service')]",
        help="Product of the order lines that book faces of this format.",
    )
