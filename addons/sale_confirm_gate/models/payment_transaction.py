from odoo import models
from odoo.tools import str2bool


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Return only the orders that are really confirmed.

        A held order keeps its payment; the caller then tells the customer that the
        payment arrived instead of that the order is confirmed.
        """
        orders = super()._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")

    def _invoice_order_confirmed_later(self):
        """Do what core does on payment for orders that were held at that moment."""
        # Parameters are readable by nobody but the system.
        parameters = self.env["ir.config_parameter"].sudo()
        if not str2bool(parameters.get_param("sale.automatic_invoice")):
            return
        for transaction in self.filtered(
            lambda tx: tx.state == "done" and not tx.invoice_ids
        ):
            transaction._invoice_sale_orders()
            transaction.invoice_ids.filtered(
                lambda invoice: invoice.state == "draft"
            ).action_post()
            transaction._reconcile_invoices_with_payment()
            transaction._send_invoice()

    def _reconcile_invoices_with_payment(self):
        self.ensure_one()
        receivable = self.payment_id.destination_account_id
        (self.payment_id.move_id.line_ids + self.invoice_ids.line_ids).filtered(
            lambda line: line.account_id == receivable and not line.reconciled
        ).reconcile()
