from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """A bank transaction that is reconciled confirms the money it stands for."""
        partials = super().create(vals_list)
        payments, transactions = partials._get_receipt_parties()
        payments._receipt_sync()
        transactions._receipt_sync()
        return partials

    def unlink(self):
        """A bank transaction that is un-reconciled confirms nothing any more."""
        payments, transactions = self._get_receipt_parties()
        result = super().unlink()
        payments._receipt_sync()
        transactions._receipt_sync()
        return result

    def _get_receipt_parties(self):
        """Return the payments and bank transactions that ``self`` brings together."""
        payments = self.env["account.payment"]
        transactions = self.env["account.bank.statement.line"]
        # Evidence follows the books, whoever reconciles.
        for partial in self.sudo():
            transaction = partial.credit_move_id.move_id.statement_line_id
            if not transaction:
                continue
            payment = partial.debit_move_id.move_id.origin_payment_id
            if payment:
                payments |= payment
            elif partial.debit_move_id.account_type == "asset_receivable":
                transactions |= transaction
        return payments, transactions
