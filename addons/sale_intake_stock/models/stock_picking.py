from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _release_blockers(self):
        """Hold the goods of orders whose risk nobody has answered."""
        blockers = super()._release_blockers()
        for picking in self.sudo():  # sudo: storekeepers see no orders
            orders = picking.move_ids._filter_departures().sale_line_id.order_id
            for order_id, problems in orders._intake_delivery_blockers().items():
                name = orders.browse(order_id).name
                blockers.setdefault(picking.id, []).extend(
                    (code, f"{name}: {text}") for code, text in problems
                )
        return blockers
