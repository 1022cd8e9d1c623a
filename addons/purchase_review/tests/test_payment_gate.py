from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestPaymentGate(PaymentRequestCommon):
    """Ways by which money might leave without an approved request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._create_approved_request()
        cls.bill = cls.request.move_id

    def _create_payment(self, user=None, **values):
        payments = self.env["account.payment"].with_user(user or self.cashier)
        return payments.create(self._prepare_payment(**values))

    def _refuse(self, error=UserError):
        return self.assertRaises(error)

    def test_no_payment_without_request(self):
        """TRD-07: by button, write, create, dialog or entry: refused."""
        payment = self._create_payment()
        with self._refuse():
            payment.action_post()
        with self._refuse():
            payment.sudo().write({"state": "paid"})
        for state in ("in_process", "paid"):
            with self._refuse(), self.env.cr.savepoint():
                self._create_payment(state=state)
        self.assertEqual(payment.state, "draft")

    def test_register_payment_finds_no_way_around(self):
        """TRD-07: the dialog on a bill without request is refused, also in groups."""
        bills = self._create_bill() | self._create_bill()
        wizards = self.env["account.payment.register"].with_user(self.cashier)
        for group in (False, True):
            wizard = wizards.with_context(
                active_model="account.move", active_ids=bills.ids
            ).create({"group_payment": group})
            with self._refuse(), self.env.cr.savepoint():
                wizard._create_payments()

    def test_register_payment_of_several_approved_bills(self):
        """TRD-07: each bill is paid from its own request."""
        second = self._create_approved_request()
        wizard = (
            self.env["account.payment.register"]
            .with_user(self.cashier)
            .with_context(
                active_model="account.move",
                active_ids=(self.bill | second.move_id).ids,
            )
            .create({"group_payment": False})
        )
        payments = wizard._create_payments()
        self.assertEqual(payments.payment_request_id, self.request | second)
        self.assertEqual(set((self.request | second).mapped("state")), {"paid"})

    def test_not_more_than_approved(self):
        """TRD-07: parts add up to the request and no further."""
        self._pay(self.request, 300.0)
        self.assertEqual(
            (self.request.state, self.request.amount_open), ("approved", 200)
        )
        payment = self._create_payment(
            amount=200.01, payment_request_id=self.request.id
        )
        with self._refuse():
            payment.action_post()
        payment.amount = 200.0
        payment.action_post()
        self.assertEqual(self.request.state, "paid")
        third = self._create_payment(amount=1.0, payment_request_id=self.request.id)
        with self._refuse():
            third.action_post()

    def test_live_payment_does_not_grow_or_move(self):
        """TRD-07: amount, vendor and request of a paid payment are looked at again."""
        payment = self._pay(self.request, 300.0).sudo()
        with self._refuse(), self.env.cr.savepoint():
            payment.write({"amount": 600.0})
        with self._refuse(), self.env.cr.savepoint():
            payment.write({"payment_request_id": False})

    def test_customer_payment_does_not_turn_into_a_vendor_payment(self):
        """TRD-07: a refund to a customer is no way to a vendor."""
        payment = self._create_payment(partner_type="customer").sudo()
        payment.action_post()
        with self._refuse(), self.env.cr.savepoint():
            payment.write({"partner_type": "supplier"})

    def test_entry_of_a_payment_posts_nothing_past_the_gate(self):
        """TRD-07: posting the journal entry of a reset payment is a payment, too."""
        payment = self._pay(self.request).sudo()
        payment.action_draft()
        payment.payment_request_id = False
        if payment.move_id:
            with self._refuse():
                payment.move_id.action_post()

    def test_reset_payment_frees_the_amount(self):
        """TRD-07: a cancelled payment may be made again, once."""
        payment = self._pay(self.request).sudo()
        self.assertEqual(self.request.state, "paid")
        payment.action_draft()
        self.assertEqual(
            (self.request.state, self.request.amount_open), ("approved", 500)
        )
        payment.action_cancel()
        with self._refuse():
            payment.unlink()
        self._pay(self.request)
        self.assertEqual(self.request.state, "paid")

    def test_only_the_named_vendor_and_account(self):
        """TRD-07: the request names who gets the money, and where."""
        other = self.env["res.partner.bank"].create(
            {"acc_number": "999", "partner_id": self.vendor.id}
        )
        for values in (
            {"partner_id": self.other_vendor.id},
            {"partner_bank_id": other.id},
        ):
            payment = self._create_payment(payment_request_id=self.request.id, **values)
            with self.subTest(values=values), self._refuse():
                payment.action_post()

    def test_only_a_cashier_pays(self):
        """TRD-07: finance prepares, the cashier pays; nobody does both parts."""
        payment = self._create_payment(
            self.accountant, payment_request_id=self.request.id
        )
        with self._refuse(AccessError):
            payment.action_post()
        cashiers = self.env.ref("purchase_review.group_payment_cashier")
        self.checker.sudo().group_ids += cashiers
        with self._refuse(AccessError):
            payment.with_user(self.checker).action_post()
        payment.with_user(self.cashier).action_post()

    def test_cancelled_and_unapproved_requests_pay_nothing(self):
        """TRD-07: only a signed request counts."""
        draft = self._create_request()
        self.request.action_cancel()
        for request in (draft, self.request):
            payment = self._create_payment(payment_request_id=request.id)
            with self._refuse():
                payment.action_post()

    def test_two_payments_modify_the_request_before_they_sum(self):
        """TRD-07: the row of the request is taken, so that the loser is retried."""
        before = self.request.version
        self._pay(self.request, 100.0)
        self.request.invalidate_recordset(["version"])
        self.assertGreater(self.request.version, before)

    def test_foreign_bill_is_requested_and_paid_in_its_currency(self):
        """TRD-07: a bill in dollars is requested in dollars, paid in either."""
        currency = self.setup_other_currency("EUR")
        bill = self._create_plain_bill(currency_id=currency.id)
        request = self._create_request(bill, no_order_reason="Trade fair")
        self.assertEqual((request.currency_id, request.amount), (currency, 500.0))
        request.review_submit()
        for user in (self.chief, self.checker, self.manager):
            self._approve(request, user)
        payment = self._pay(request)
        self.assertEqual((payment.currency_id, payment.amount), (currency, 500.0))
        self.assertEqual(request.state, "paid")

    def test_money_from_vendors_and_customers_is_free(self):
        """TRD-07: the gate is for money to vendors."""
        for values in (
            {"payment_type": "inbound"},
            {"partner_type": "customer"},
            {"payment_type": "inbound", "partner_type": "customer"},
        ):
            payment = self._create_payment(self.accountant, **values)
            payment.action_post()
            self.assertIn(payment.state, ("in_process", "paid"))

    def test_batch_of_payments_meets_the_gate(self):
        """TRD-07: payments that fit alone are refused together."""
        values = self._prepare_payment(amount=300.0, payment_request_id=self.request.id)
        payments = self.env["account.payment"].with_user(self.cashier)
        payments = payments.create([values, values])
        with self._refuse(), self.env.cr.savepoint():
            payments.action_post()
        payments[0].action_post()
        self.assertEqual(self.request.amount_open, 200.0)
