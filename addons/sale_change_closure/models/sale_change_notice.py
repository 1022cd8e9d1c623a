from odoo import models


class SaleChangeNotice(models.Model):
    _inherit = "sale.change.notice"

    def _change_check(self):
        """A closed order does not change any more."""
        messages = super()._change_check()
        if self.order_id.closure_kind:
            messages.append(self.order_id._closure_get_closed_message())
        return messages
