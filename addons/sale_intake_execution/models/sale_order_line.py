from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_instruction_line(self):
        """Pack as the customer confirmed it."""
        vals = super()._prepare_instruction_line()
        return {**vals, "source_packing": self.order_id.packing_method}
