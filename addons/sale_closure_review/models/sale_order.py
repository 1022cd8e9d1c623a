from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _review_get_guarded(self):
        """Let an approved closure cut the quantities of a reviewed order.

        The review of a cancelled order is withdrawn as ever.
        """
        closing = self._closure_get_closing()
        guarded = super()._review_get_guarded()
        return guarded.filtered(lambda order: closing.get(order.id) != "short_close")
