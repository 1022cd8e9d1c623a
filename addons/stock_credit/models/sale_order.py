from odoo import models
from odoo.tools import SQL


class SaleOrder(models.Model):
    """The turn of an order, and what its deliveries are worth."""

    _inherit = "sale.order"

    def _release_take_turn(self):
        """Modify the orders before their money is read.

        Of two deliveries, or of a delivery and a reversed receipt, one is then retried
        by Odoo.  The credit accounts come first, as they do at the confirmation.
        """
        self.env.flush_all()
        for company in self.company_id.sorted("id"):
            orders = self.filtered(lambda order, own=company: order.company_id == own)
            customers = orders.partner_invoice_id.commercial_partner_id
            self.env["credit.account"]._bump(customers, company)
        if self:
            self.env.execute_query(
                SQL(
                    "UPDATE sale_order SET state = state WHERE id IN (SELECT id FROM "
                    "sale_order WHERE id IN %s ORDER BY id FOR UPDATE) RETURNING id",
                    tuple(self.ids),
                )
            )

    def _get_moved_value(self, handed=False):
        """Return what the goods are worth that have left for the single order.

        :param bool handed: count what the customer has, not what was drawn
        """
        moved = {}
        for move in self.order_line.move_ids:
            if move.state == "done":
                share = move._get_settled_quantity(handed)
                line = move.sale_line_id
                moved[line] = moved.get(line, 0.0) + move._get_line_quantity(share)
        value = sum(line._get_goods_value(quantity) for line, quantity in moved.items())
        return self.currency_id.round(value)

    def _get_leaving_value(self, picking, handed=False):
        """Return what the goods of one open delivery are worth for the single order."""
        value = 0.0
        for move in picking.move_ids:
            if move.sale_line_id.order_id == self and move.state != "done":
                share = move._get_settled_quantity(handed)
                quantity = move._get_line_quantity(share)
                value += move.sale_line_id._get_goods_value(quantity)
        return self.currency_id.round(value)


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


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_settled_quantity(self, handed):
        """Return how much of the single move counts: drawn, or handed to the customer.

        Drawn counts in the first step, handed over in the last one; what the customer
        sends back counts against both.
        """
        if self.location_id._is_outgoing():
            return -self._get_returned_quantity()
        if not self._is_settled_step(handed):
            return 0.0
        leaving = self._get_leaving_quantity()
        is_entered = self.state == "done" or self.picked or self._is_any_picked()
        return leaving if is_entered else max(self.product_qty, leaving)

    def _get_returned_quantity(self):
        is_back = self.state == "done" and not self.location_dest_id._is_outgoing()
        return self._get_left_quantity() if is_back else 0.0

    def _is_settled_step(self, handed):
        """Return whether the single move is the step that counts."""
        if not self._is_departure():
            return False
        if handed:
            return self.location_dest_id._is_outgoing()
        return not any(origin._is_departure() for origin in self.move_orig_ids)

    def _get_line_quantity(self, quantity):
        """Return a quantity of the single move in the unit of its order line.

        A part of a kit counts as the whole kit: nothing leaves unpaid.
        """
        line = self.sale_line_id
        if self.product_id != line.product_id:
            return line.product_uom_qty if quantity > 0 else 0.0
        return self.product_id.uom_id._compute_quantity(
            quantity, line.product_uom_id, round=False
        )
