from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _closure_follow(self, kind):
        """An approved closure may cut an order that is closed to edits.

        Cancelling edits nothing: its review is withdrawn as ever.
        """
        if kind != "short_close":
            return super()._closure_follow(kind)
        with self._change_open():
            return super()._closure_follow(kind)

    def _closure_check_cut(self):
        """A notice empties a replaced line before it adds the new one."""
        if not self._change_is_opened():
            super()._closure_check_cut()
