from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Short-closing for the credit alone gives way to the closure of the order."""

    _inherit = "sale.order"

    def credit_close(self, reason):
        """Refuse to give the credit free of what will still be delivered."""
        self._closure_check_credit()
        return super().credit_close(reason)

    def credit_reopen(self, reason):
        """Refuse to take back what a closure has ended."""
        for order in self:
            if order.closure_kind:
                raise UserError(order._closure_get_closed_message())
        return super().credit_reopen(reason)

    def _closure_check_credit(self):
        for order in self:
            if order._closure_is_on():
                raise UserError(order._closure_get_message())
