from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_goods_value(self, quantity):
        """Return what a quantity of the single line costs the customer, tax included.

        Nothing is worth less than nothing, and a line without quantity its unit price.
        """
        self.ensure_one()
        if not self.product_uom_qty:
            return max(0.0, quantity * self.price_unit)
        return max(0.0, quantity * self.price_total / self.product_uom_qty)
