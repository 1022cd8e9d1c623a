from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestPaymentRequest(PaymentRequestCommon):
    def test_finance_checks_manager_signs_cashier_pays(self):
        """TRD-07, PUR-15: the whole way of the money."""
        bill = self._create_bill()
        bill.with_user(self.accountant).action_request_payment()
        request = bill.payment_request_ids.with_user(self.accountant)
        self.assertRecordValues(
            request,
            [{"amount": 500.0, "partner_id": self.vendor.id, "state": "draft"}],
        )
        request.review_submit()
        with self.assertRaises(AccessError):
            self._approve(request, self.manager)
        self._approve(request, self.checker)
        with self.assertRaises(UserError):
            request.with_user(self.cashier).action_pay()
        self._approve(request, self.manager)
        self.assertEqual(request.state, "approved")

        payment = self._pay(request)

        self.assertEqual(payment.payment_request_id, request)
        self.assertEqual(payment.amount, 500.0)
        self.assertEqual(request.state, "paid")
        self.assertEqual(request.amount_open, 0.0)
        self.assertTrue(bill.currency_id.is_zero(bill.amount_residual))

    def test_who_ordered_applied_or_wrote_does_not_sign(self):
        """TRD-07, PUR-15: duties stay apart."""
        groups = self.env.ref("purchase_review.group_payment_checker")
        (self.buyer | self.accountant).sudo().group_ids += groups
        request = self._create_request()
        request.review_submit()
        for user in (self.buyer, self.accountant):
            with self.assertRaises(AccessError):
                self._approve(request, user)

    def test_bill_is_requested_once(self):
        """TRD-07: requests together never exceed what the bill leaves."""
        bill = self._create_bill()
        self._create_request(bill, amount=300.0)
        with self.assertRaises(ValidationError):
            self._create_request(bill, amount=201.0)
        rest = self._create_request(bill)
        self.assertEqual(rest.amount, 200.0)
        with self.assertRaises(ValidationError):
            rest.amount = 200.01
        with self.assertRaises(UserError):
            bill.with_user(self.accountant).action_request_payment()
        rest.action_cancel()
        self.assertEqual(self._create_request(bill).amount, 200.0)

    def test_amount_is_a_number_above_zero(self):
        """TRD-07: neither zero nor what is no number is requested."""
        bill = self._create_bill()
        for amount in (-1.0, float("nan"), float("inf")):
            with (
                self.subTest(amount=amount),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self._create_request(bill, amount=amount)

    def test_only_posted_vendor_bills(self):
        """TRD-07: no request for drafts, customers or paid bills."""
        draft = self._create_bill()
        draft.button_draft()
        invoice = self.init_invoice(
            "out_invoice",
            partner=self.vendor,
            amounts=[100.0],
            post=True,
            company=self.company,
        )
        for move in (draft, invoice):
            with self.assertRaises(UserError):
                move.with_user(self.accountant).action_request_payment()
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._create_request(move, amount=10.0)

    def test_state_follows_review_and_payments_only(self):
        """TRD-07: nobody writes that a request is approved or paid."""
        request = self._create_request()
        for values in ({"state": "approved"}, {"version": 5}, {"state": "paid"}):
            with self.assertRaises(AccessError):
                request.sudo().write(values)
        with self.assertRaises(AccessError):
            self._create_request(state="approved")
        requests = request.with_context(default_state="approved")
        copy = requests.create({"move_id": self._create_bill().id})
        self.assertEqual(copy.state, "draft")

    def test_approved_request_is_fixed_and_kept(self):
        """TRD-07: what was signed neither changes nor disappears."""
        request = self._create_approved_request()
        for values in (
            {"amount": 1.0},
            {"payment_mode": "cash"},
            {"partner_bank_id": False},
        ):
            with self.assertRaises(UserError):
                request.write(values)
        with self.assertRaises(UserError):
            request.unlink()
        file = request.sudo()._get_bill_documents()
        with self.assertRaises(UserError):
            file.unlink()

    def test_change_of_the_bill_voids_the_approval(self):
        """PUR-15: a bill that was reset and changed is not paid as approved."""
        request = self._create_approved_request()
        bill = request.move_id
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 90.0
        bill.action_post()
        with self.assertRaisesRegex(UserError, "changed"):
            request.with_user(self.cashier).action_pay()
        request.action_cancel()
        self.assertEqual(self._create_request(bill).amount, 450.0)

    def test_change_under_review_withdraws_it(self):
        """PUR-15: another account or amount is checked anew."""
        request = self._create_request()
        request.review_submit()
        request.amount = 400.0
        self.assertEqual(request.review_state, "none")

    def test_other_companies_see_nothing(self):
        """TRD-07: requests belong to their company."""
        request = self._create_request()
        other = self.env["res.company"].sudo().create({"name": "Second"})
        self.accountant.sudo().write(
            {"company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            request.with_user(self.accountant).read(["amount"])
