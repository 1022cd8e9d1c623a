from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _invoice_paid_hook(self):
        """Look at the held orders again when one of their invoices is paid."""
        result = super()._invoice_paid_hook()
        # Who registers payments need not see orders.
        orders = self.sudo().line_ids.sale_line_ids.order_id
        if orders.filtered("confirm_requested"):
            orders._confirm_trigger()
        return result
