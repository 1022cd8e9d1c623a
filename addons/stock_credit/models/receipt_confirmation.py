from odoo import models


class ReceiptConfirmation(models.Model):
    _inherit = "receipt.confirmation"

    def _after_confirmed(self):
        """Let the deliveries that waited for money be looked at again."""
        result = super()._after_confirmed()
        self.env["stock.picking"]._release_trigger()
        return result

    def _after_reversed(self):
        """Take turns with the deliveries that are leaving for this money."""
        result = super()._after_reversed()
        # sudo: who takes money back need not see orders
        rows = self.sudo()
        lines = rows.payment_id.reconciled_invoice_ids.line_ids.sale_line_ids
        orders = rows.sale_order_id | lines.order_id
        if orders.filtered("company_id.delivery_release"):
            orders._release_take_turn()
            self.env["stock.picking"]._release_trigger()
        return result
