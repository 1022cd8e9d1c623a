from odoo import models


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
