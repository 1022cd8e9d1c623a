from odoo import models


class SaleChangeNotice(models.Model):
    _inherit = "sale.change.notice"

    def _change_check(self):
        """A closed order does not change any more."""
        messages = super()._change_check()
        if self.order_id.closure_kind:
            messages.append(self.order_id._closure_get_closed_message())
        return messages

    def _write_order(self, order):
        """Refuse what leaves nothing open: a closure ends orders, no notice does."""
        before = order._closure_get_lines()
        super()._write_order(order)
        if before and order._closure_is_on() and not order._closure_get_lines():
            order._closure_check_closing()
