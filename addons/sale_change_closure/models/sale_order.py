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
