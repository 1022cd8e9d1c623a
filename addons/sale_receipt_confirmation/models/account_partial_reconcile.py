from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _get_confirmed_share(self):
        """Return which part of what pays the debit item is confirmed money.

        A bank transaction is money by itself.  A payment counts as far as its receipt
        is confirmed and not allocated to an order, spread over all it was used for.
        Credit notes and other entries are no money.
        """
        self.ensure_one()
        move = self.credit_move_id.move_id
        if move.statement_line_id:
            return 1.0
        payment = move.origin_payment_id
        used = sum(self.credit_move_id.matched_debit_ids.mapped("amount"))
        if not payment or not used:
            return 0.0
        free = payment.receipt_ids.filtered(lambda row: not row.sale_order_id)
        return max(0.0, min(1.0, sum(free.mapped("amount_company")) / used))

    def _is_refund(self):
        """Return whether the debit item is money that went back to the customer."""
        self.ensure_one()
        move = self.debit_move_id.move_id
        payment = move.origin_payment_id
        return bool(move.statement_line_id) or payment.payment_type == "outbound"
