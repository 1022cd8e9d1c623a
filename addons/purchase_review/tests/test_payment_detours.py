from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestPaymentDetours(PaymentRequestCommon):
    """Ways that lead money to a vendor beside what was approved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._create_approved_request()
        cls.bill = cls.request.move_id

    def _create_payment(self, **values):
        payments = self.env["account.payment"].with_user(self.cashier)
        return payments.create(self._prepare_payment(**values))

    def test_payable_account_makes_it_a_vendor_payment(self):
        """TRD-07: a "customer" payment booked as payable goes to a vendor."""
        payable = self.company_data["default_account_payable"]
        payment = self._create_payment(partner_type="customer")
        payment.destination_account_id = payable
        with self.assertRaises(UserError):
            payment.action_post()

    def test_rejected_payment_counts_while_its_entry_stands(self):
        """TRD-07: the amount is free again when the entry is reset, not before."""
        payment = self._pay(self.request).sudo()
        payment.action_reject()
        self.assertEqual((self.request.state, self.request.amount_open), ("paid", 0))
        payment.action_draft()
        self.assertEqual(self.request.state, "approved")

    def test_entry_written_as_posted(self):
        """TRD-07: no state written on the entry of a payment pays anything."""
        payment = self._pay(self.request).sudo()
        payment.action_draft()
        payment.payment_request_id = False
        with self.assertRaises(UserError):
            payment.move_id.write({"state": "posted"})

    def test_no_more_than_the_bill_owes(self):
        """TRD-07: a credit note after the approval lowers what is paid."""
        refund = self.bill.sudo()._reverse_moves(
            [{"invoice_date": self.bill.invoice_date, "date": self.bill.date}]
        )
        refund.invoice_line_ids[0].quantity = 2
        refund.action_post()
        lines = (self.bill | refund).sudo().line_ids
        lines.filtered(
            lambda line: line.account_type == "liability_payable"
        ).reconcile()
        left = self.bill.amount_residual
        self.assertLess(left, self.request.amount)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._pay(self.request, self.request.amount)
        self._pay(self.request, left)

    def test_account_number_belongs_to_what_is_approved(self):
        """TRD-07: another number behind the same bank account is another account."""
        self.account.allow_out_payment = False
        self.account.acc_number = "6222029999999999"
        with self.assertRaises(UserError):
            self._pay(self.request)

    def test_paid_as_approved(self):
        """TRD-07: what was approved as a transfer is not paid in cash, nor back."""
        cash = self.company_data["default_journal_cash"]
        payment = self._create_payment(
            journal_id=cash.id, payment_request_id=self.request.id
        )
        with self.assertRaises(UserError):
            payment.action_post()
        request = self._create_approved_request(payment_mode="cash")
        payment = self._create_payment(payment_request_id=request.id)
        with self.assertRaises(UserError):
            payment.action_post()
        self.assertEqual(self._pay(request).journal_id.type, "cash")

    def test_invoice_file_is_not_exchanged(self):
        """TRD-07: the file that was checked keeps its contents and its bill."""
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", self.bill.id)],
            limit=1,
        )
        for values in ({"raw": b"another"}, {"res_id": self.bill.id + 1}):
            with self.subTest(values=values), self.assertRaises(UserError):
                file.sudo().write(values)
        file.name = "vendor invoice.pdf"
