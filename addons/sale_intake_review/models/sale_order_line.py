from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_price_off_list(self):
        """Measure prices as the review does: untaxed, order discounts included."""
        self.ensure_one()
        if not self.order_id.order_review or not self._has_list_price():
            return super()._get_price_off_list()
        verdict = self._get_price_verdicts().get(self)
        return round(verdict.percent - 100, 2) if verdict else 0.0

    def _has_list_price(self):
        """What the special-shape table charges is its own list price."""
        charged = self.surcharge_id and self.price_unit >= self.surcharge_amount
        return super()._has_list_price() and not (charged and not self.discount)
