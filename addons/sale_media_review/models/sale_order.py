from odoo import models

from odoo.addons.sale_order_review.models.sale_order import SaleOrder as Reviewed

#: What a customer gets for his money, besides product and quantity.
MEDIA_FIELDS = ("media_face_id", "media_date_from", "media_date_to", "media_slot_qty")


class SaleOrder(models.Model):
    """Which face and when is part of what was approved (ADV-05)."""

    _inherit = "sale.order"
    _review_lines = {
        name: (*names, *MEDIA_FIELDS) if name == "order_line" else names
        for name, names in Reviewed._review_lines.items()
    }
