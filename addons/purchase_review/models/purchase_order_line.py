from odoo import models
from odoo.tools import format_amount


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "review.line.mixin"]

    _review_exempt_fields = ("display_type",)

    def write(self, vals):
        """Notice a supplier's delay: an arrival moved behind the promised one."""
        promised = {}
        if "date_planned" in vals:
            orders = self.order_id.filtered(lambda order: order.state == "purchase")
            promised = {order: order.date_planned for order in orders}
        result = super().write(vals)
        for order, date in promised.items():
            order._follow_arrival(date)
        return result

    def _review_get_watched_fields(self):
        """Follow the arrival without a new review once the order is placed."""
        watched = super()._review_get_watched_fields()
        placed = self.order_id._review_state_to
        if self and all(order.state in placed for order in self.order_id):
            watched.discard("date_planned")
        return watched

    def _review_line_is_exempt(self):
        """Leave out texts and lines that order nothing."""
        self.ensure_one()
        return bool(
            super()._review_line_is_exempt()
            or self.display_type
            or not self.product_qty
        )

    def _get_review_text(self):
        """Return the line in one sentence: goods, quantity, price, arrival."""
        self.ensure_one()
        return self.env._(
            "%(product)s: %(quantity)g %(unit)s at %(price)s, arrival %(date)s",
            product=self.product_id.display_name,
            quantity=self.product_qty,
            unit=self.product_uom_id.name,
            price=format_amount(self.env, self.price_unit_discounted, self.currency_id),
            date=self.order_id._format_day(self.date_planned),
        )
