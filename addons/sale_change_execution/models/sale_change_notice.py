from odoo import models


class SaleChangeNotice(models.Model):
    _inherit = "sale.change.notice"

    def _change_after_applied(self):
        """Issue the production instruction again, naming the notice."""
        self.order_id._instruction_follow(self.display_name)
        return super()._change_after_applied()
