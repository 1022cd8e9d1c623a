from odoo import models


class ReceiptConfirmation(models.Model):
    _inherit = "receipt.confirmation"

    def _after_confirmed(self):
        """Money that arrived may be what an order waits for to be effective."""
        result = super()._after_confirmed()
        # sudo: the cashier need not see the orders
        self.sudo().sale_order_id._intake_follow()
        return result
