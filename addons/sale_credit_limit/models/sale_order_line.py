from odoo import api, models
from odoo.tools import float_is_zero

#: Fields of a line that change what the order uses of the limit.
CREDIT_LINE_FIELDS = frozenset(
    (
        "order_id",
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "qty_delivered",
        "price_subtotal",
        "price_tax",
        "price_total",
        "is_downpayment",
        "invoice_lines",
    )
)


class SaleOrderLine(models.Model):
    """Lines of confirmed orders pass the same check as the order did."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        orders = self.env["sale.order"].browse(
            {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        )
        with orders._follow_credit_amendment():
            return super().create(vals_list)

    def write(self, vals):
        if not CREDIT_LINE_FIELDS & vals.keys():
            return super().write(vals)
        orders = self.order_id
        if vals.get("order_id"):
            orders |= orders.browse(vals["order_id"])
        with orders._follow_credit_amendment():
            return super().write(vals)

    def unlink(self):
        with self.order_id._follow_credit_amendment():
            return super().unlink()

    def _get_credit_delivered(self):
        """Return the total of the delivered quantity, taxes included."""
        self.ensure_one()
        if self.display_type or self.is_downpayment or not self.qty_delivered:
            return 0.0
        if not float_is_zero(self.product_uom_qty, precision_digits=9):
            return self.price_total * self.qty_delivered / self.product_uom_qty
        return self.tax_ids.compute_all(
            self.price_unit * (1 - (self.discount or 0.0) / 100),
            currency=self.currency_id,
            quantity=self.qty_delivered,
            product=self.product_id,
            partner=self.order_id.partner_shipping_id,
        )["total_included"]

    def _get_credit_extra(self, delivered):
        """Return what ``delivered`` exceeds the ordered total, taxes included."""
        if self.product_uom_qty < 0 or self.qty_delivered <= self.product_uom_qty:
            return 0.0
        return delivered - self.price_total
