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
        if not self:
            return
        self.env.flush_all()
        for company in self.company_id.sorted("id"):
            orders = self.filtered(lambda order, own=company: order.company_id == own)
            customers = orders.partner_invoice_id.commercial_partner_id
            self.env["credit.account"]._bump(customers, company)
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

    def _settle_rounding(self, value):
        """Return a value of goods, or the total where only cents are between them."""
        cents = self.currency_id.rounding * (len(self.order_line) + 1)
        if abs(value - self.amount_total) < cents:
            return self.amount_total
        return self.currency_id.round(value)
