from odoo.tests import tagged

from .common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestStatement(ReceiptCommon):
    def test_reconciled_bank_transaction_confirms_the_payment(self):
        payment = self._create_payment(1000)
        transaction = self._create_transaction(1000, date="2026-03-05")

        self._reconcile_payment(transaction, payment)

        self.assertEqual(payment.receipt_state, "confirmed")
        row = payment.receipt_ids
        self.assertEqual(row.source, "statement")
        self.assertEqual(row.statement_line_id, transaction)
        self.assertEqual(str(row.date), "2026-03-05")
        self.assertEqual(row.confirmed_by, self.accountant)

    def test_transactions_confirm_what_they_cover(self):
        payment = self._create_payment(1000)

        self._reconcile_payment(self._create_transaction(400), payment)
        self.assertEqual(payment.receipt_confirmed_amount, 400)
        self._reconcile_payment(self._create_transaction(600), payment)

        self.assertEqual(payment.receipt_state, "confirmed")
        self.assertEqual(payment.receipt_ids.sorted("id").mapped("amount"), [400, 600])

    def test_one_transaction_confirms_several_payments(self):
        payments = self._create_payment(300) + self._create_payment(700)
        transaction = self._create_transaction(1000)
        lines = self.env["account.move.line"]
        for payment in payments:
            lines += payment._seek_for_lines()[0]

        self._reconcile(transaction, lines)

        self.assertEqual(payments.mapped("receipt_state"), ["confirmed"] * 2)
        self.assertEqual(transaction.receipt_ids.payment_id, payments)

    def test_bank_proves_first_what_the_cashier_confirmed(self):
        payment = self._create_payment(1000)
        self._confirm(payment, 400)

        self._reconcile_payment(self._create_transaction(400), payment)
        self.assertEqual(payment.receipt_confirmed_amount, 400)
        self._reconcile_payment(self._create_transaction(600), payment)

        self.assertEqual(payment.receipt_confirmed_amount, 1000)
        self.assertEqual(sum(payment.receipt_ids.mapped("amount")), 1000)

    def test_undone_reconciliation_reverses(self):
        payment = self._create_payment(1000)
        transaction = self._create_transaction(1000)
        self._reconcile_payment(transaction, payment)

        transaction.with_user(self.accountant).action_undo_reconciliation()

        self.assertEqual(payment.receipt_state, "none")
        self.assertRecordValues(
            payment.receipt_ids.sorted("id"),
            [
                {"source": "statement", "amount": 1000},
                {"source": "reversal", "amount": -1000},
            ],
        )

    def test_reconciled_again_confirms_again(self):
        payment = self._create_payment(1000)
        transaction = self._create_transaction(1000)
        for _round in range(2):
            self._reconcile_payment(transaction, payment)
            self.assertEqual(payment.receipt_state, "confirmed")
            transaction.action_undo_reconciliation()

        self.assertEqual(len(payment.receipt_ids), 4)
        self.assertEqual(payment.receipt_confirmed_amount, 0)

    def test_payment_reset_after_reconciliation_is_reversed_once(self):
        payment = self._create_payment(1000)
        self._reconcile_payment(self._create_transaction(1000), payment)

        payment.action_draft()

        self.assertEqual(payment.receipt_confirmed_amount, 0)
        self.assertEqual(len(payment.receipt_ids), 2)

    def test_transaction_on_an_invoice_confirms_by_itself(self):
        invoice = self.init_invoice("out_invoice", amounts=[800], taxes=[], post=True)
        transaction = self._create_transaction(800)
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

        self._reconcile(transaction, receivable)

        self.assertRecordValues(
            transaction.receipt_ids,
            [
                {
                    "amount": 800,
                    "source": "statement",
                    "payment_id": False,
                    "partner_id": self.partner_a.id,
                }
            ],
        )
        transaction.action_undo_reconciliation()
        self.assertEqual(sum(transaction.receipt_ids.mapped("amount")), 0)

    def test_deleted_transaction_leaves_its_evidence(self):
        payment = self._create_payment(1000)
        transaction = self._create_transaction(1000)
        self._reconcile_payment(transaction, payment)

        transaction.unlink()

        self.assertEqual(payment.receipt_confirmed_amount, 0)
        self.assertEqual(len(payment.receipt_ids), 2)

    def test_payment_of_an_invoice_alone_confirms_nothing(self):
        invoice = self.init_invoice("out_invoice", amounts=[800], taxes=[], post=True)

        payment = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": self.bank.id})
            ._create_payments()
        )

        self.assertEqual(payment.receipt_state, "none")
        self.assertEqual(self._get_unconfirmed(), 800)

    def test_money_to_vendors_is_no_receipt(self):
        payment = self._create_payment(
            200, payment_type="outbound", partner_type="supplier"
        )
        self.bank.outbound_payment_method_line_ids.payment_account_id = self.outstanding

        self.assertFalse(payment.receipt_ids)
        self.assertEqual(payment.receipt_state, "none")
