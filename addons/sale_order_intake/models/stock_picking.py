from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Tell the customers what was shipped."""
        result = super()._action_done()
        shipped = self.filtered(
            lambda picking: (
                picking.state == "done" and picking.picking_type_code == "outgoing"
            )
        )
        for order in shipped.sale_id._intake_orders():
            order._intake_tell("shipped", again=True)
        return result
