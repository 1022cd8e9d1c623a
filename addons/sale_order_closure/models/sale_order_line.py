from odoo import api, models
from odoo.exceptions import UserError

#: What can cut an order short when it is written on its lines.
CUT_FIELDS = frozenset(("product_uom_qty", "product_uom_id", "order_id"))


class SaleOrderLine(models.Model):
    """Quantities end no order, and a closed order grows no more."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        sold = lines.filtered(lambda line: line.state in ("sale", "cancel"))
        # A down payment changes nothing else that a closure would meet.
        paid = sold.filtered("is_downpayment").order_id
        paid.filtered(lambda order: order._closure_is_on())._closure_take_turn()
        for line in sold.filtered("order_id.closure_kind"):
            if line.is_downpayment or line.product_uom_qty > 0:
                raise UserError(line.order_id._closure_get_closed_message())
        return lines

    def write(self, vals):
        if CUT_FIELDS.isdisjoint(vals):
            return super().write(vals)
        sold = self.filtered(lambda line: line.state == "sale")
        orders = sold.order_id.filtered(lambda order: order._closure_is_on())
        before = {order: order._closure_get_lines() for order in orders}
        closed = sold.filtered("order_id.closure_kind")
        quantities = {line: line.product_uom_qty for line in closed}
        result = super().write(vals)
        for line, quantity in quantities.items():
            if line.product_uom_qty > quantity:
                raise UserError(line.order_id._closure_get_closed_message())
        for order, lines in before.items():
            if lines and not order._closure_get_lines():
                order._closure_check_cut()
        return result

    def _closure_is_goods(self):
        """Return whether the single line is something that was ordered."""
        return not self.display_type and not self.is_downpayment

    def _closure_is_open(self):
        """Return whether more of the single line was ordered than was delivered."""
        if not self._closure_is_goods():
            return False
        left = self.product_uom_qty - self.qty_delivered
        return self.product_uom_id.compare(left, 0.0) > 0
