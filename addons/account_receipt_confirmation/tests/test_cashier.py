from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestCashier(ReceiptCommon):
    def test_cashier_confirms_the_whole_payment(self):
        """TRD-21: the cashier confirms the money that was handed over."""
        payment = self._create_payment(1000)
        self.assertEqual(payment.receipt_state, "none")

        action = payment.with_user(self.cashier).action_confirm_receipt()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.cashier)
            .with_context(**action["context"])
        )
        form.save().action_confirm()

        self.assertEqual(payment.receipt_state, "confirmed")
        self.assertRecordValues(
            payment.receipt_ids,
            [
                {
                    "amount": 1000,
                    "amount_company": 1000,
                    "source": "cashier",
                    "date": self.company._get_today(),
                    "partner_id": self.partner_a.id,
                    "confirmed_by": self.cashier.id,
                }
            ],
        )

    def test_several_partial_confirmations(self):
        payment = self._create_payment(1000)

        self._confirm(payment, 300)
        self.assertEqual(payment.receipt_state, "partial")
        self._confirm(payment, 700)

        self.assertEqual(payment.receipt_state, "confirmed")
        self.assertEqual(payment.receipt_confirmed_amount, 1000)
        self.assertEqual(len(payment.receipt_ids), 2)

    def test_more_than_the_rest_is_refused(self):
        payment = self._create_payment(1000)
        self._confirm(payment, 800)

        with self.assertRaisesRegex(UserError, "left to confirm"):
            self._confirm(payment, 200.01)

        self.assertEqual(payment.receipt_confirmed_amount, 800)

    def test_amount_is_positive_and_finite(self):
        payment = self._create_payment(1000)

        for amount in (0, -5, 0.001, float("inf"), float("-inf"), float("nan")):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                payment.with_user(self.cashier)._confirm_receipt(
                    amount, fields.Date.today()
                )

        self.assertFalse(payment.receipt_ids)

    def test_date_is_given_and_not_in_the_future(self):
        payment = self._create_payment(1000)
        tomorrow = payment.company_id._get_today() + timedelta(days=1)

        for date in (tomorrow, False):
            with self.subTest(date=date), self.assertRaisesRegex(UserError, "future"):
                payment.with_user(self.cashier)._confirm_receipt(1, date)
        self._confirm(payment, 1, tomorrow - timedelta(days=30))

        self.assertEqual(payment.receipt_state, "partial")

    def test_only_posted_payments_of_customers_can_be_confirmed(self):
        payments = (
            self._create_payment(post=False),
            self._create_payment(payment_type="outbound"),
            self._create_payment(payment_type="outbound", partner_type="supplier"),
        )
        for payment in payments:
            self.assertFalse(payment.with_user(self.cashier).receipt_can_confirm)
            with self.assertRaisesRegex(UserError, "not a posted payment"):
                self._confirm(payment, 1)

    def test_cash_that_is_not_reconciled_with_an_invoice_can_be_confirmed(self):
        payment = self._create_payment(
            500, journal_id=self.company_data["default_journal_cash"].id
        )

        self._confirm(payment)

        self.assertEqual(payment.receipt_state, "confirmed")

    def test_cancelled_payment_takes_its_confirmations_back(self):
        payment = self._create_payment(1000)
        self._confirm(payment, 300)
        self._confirm(payment, 200)

        payment.action_draft()

        self.assertEqual(payment.receipt_state, "none")
        self.assertEqual(
            payment.receipt_ids.sorted("id").mapped("amount"), [300, 200, -200, -300]
        )
        self.assertEqual(payment.receipt_ids.mapped("source").count("reversal"), 2)

    def test_reposted_payment_is_to_be_confirmed_again(self):
        payment = self._create_payment(1000)
        self._confirm(payment)
        payment.action_draft()
        payment.amount = 900
        payment.action_post()

        self._confirm(payment)
        payment.action_draft()
        payment.action_cancel()

        self.assertEqual(sum(payment.receipt_ids.mapped("amount")), 0)
        self.assertEqual(len(payment.receipt_ids), 4)

    def test_reset_journal_entry_takes_the_confirmation_back(self):
        payment = self._create_payment(1000)
        self._confirm(payment)

        payment.move_id.button_draft()
        payment.move_id.button_cancel()

        self.assertEqual(payment.receipt_confirmed_amount, 0)

    def test_wrong_confirmation_is_reversed_with_a_reason(self):
        payment = self._create_payment(1000)
        row = self._confirm(payment, 400)
        action = row.with_user(self.cashier).action_reverse()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.cashier)
            .with_context(**action["context"])
            .create({"reason": "Counterfeit notes"})
        )

        wizard.action_reverse()

        self.assertEqual(payment.receipt_confirmed_amount, 0)
        self.assertEqual(row.reversal_ids.note, "Counterfeit notes")
        self.assertEqual(row.reversal_ids.amount, -400)
        with self.assertRaisesRegex(UserError, "cannot be reversed"):
            wizard.action_reverse()

    def test_foreign_currency_leaves_no_rounding_behind(self):
        currency = self.setup_other_currency("EUR", rates=[("2016-01-01", 3.0)])
        payment = self._create_payment(100, currency_id=currency.id)
        booked = payment.amount_company_currency_signed

        for amount in (33.33, 33.33, 33.34):
            self._confirm(payment, amount)

        self.assertEqual(payment.receipt_state, "confirmed")
        self.assertAlmostEqual(payment.receipt_confirmed_company, booked, 2)
        self.assertEqual(self._get_unconfirmed(), 0)

    def test_deleting_a_confirmed_payment_is_refused(self):
        payment = self._create_payment(1000)
        self._confirm(payment)
        payment.action_draft()

        with self.assertRaisesRegex(UserError, "cancel the payment instead"):
            payment.unlink()
