from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Close the instructions of orders that are wholly delivered."""
        result = super()._action_done()
        # sudo: storekeepers read neither orders nor instructions
        orders = self.sudo().sale_id._execution_orders()
        delivered = orders.filtered(lambda order: order.delivery_status == "full")
        if delivered:
            instructions = delivered._get_instructions().filtered(
                lambda instruction: instruction.state != "closed"
            )
            instructions._close(self.env._("Delivered"))
        return result
