from odoo.tests import tagged, warmup

from .common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestUnconfirmed(ReceiptCommon):
    def test_paid_and_matched_is_not_arrived(self):
        """Probe 11: neither ``payment_state`` nor ``is_matched`` proves arrived money.

        Without a reconcilable outstanding account Odoo calls the payment paid and
        matched at once; for us it stays unconfirmed until bank or cashier say so.
        """
        suspense = self.env["account.account"].create(
            {
                "name": "Receipts in Suspense",
                "code": "RECEIPT2",
                "account_type": "asset_current",
                "reconcile": False,
            }
        )
        for account in (suspense, self.bank.default_account_id):
            with self.subTest(account=account.code):
                invoice, payment = self._pay_invoice_into(account)

                self.assertEqual(invoice.payment_state, "paid")
                self.assertTrue(payment.is_matched)
                self.assertEqual(payment.receipt_state, "none")
                self.assertEqual(self._get_unconfirmed(), 500)
                self._confirm(payment)
                self.assertEqual(self._get_unconfirmed(), 0)

    def _pay_invoice_into(self, account):
        """Return an invoice of 500 and its payment, booked on ``account``."""
        line = self.bank.inbound_payment_method_line_ids[0]
        line.payment_account_id = account
        invoice = self.init_invoice("out_invoice", amounts=[500], taxes=[], post=True)
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = register.create({"payment_method_line_id": line.id})
        return invoice, wizard._create_payments()

    def test_partial_confirmation_lowers_the_rest(self):
        payment = self._create_payment(1000)
        self._confirm(payment, 400)

        self.assertEqual(self._get_unconfirmed(), 600)

    def test_drafts_and_money_to_customers_do_not_count(self):
        self._create_payment(100, post=False)
        self._create_payment(200, payment_type="outbound")
        self._create_payment(400).action_draft()

        self.assertEqual(self._get_unconfirmed(), 0)

    def test_payments_of_contacts_count_for_the_commercial_entity(self):
        """Probe 12: an advance booked on a contact belongs to its company."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.partner_a.id, "type": "contact"}
        )
        payment = self._create_payment(400, partner_id=contact.id)

        self.assertEqual(self._get_unconfirmed(self.partner_a), 400)
        self._confirm(payment)
        self.assertEqual(payment.receipt_ids.partner_id, self.partner_a)
        self.assertEqual(self._get_unconfirmed(self.partner_a), 0)

    def test_amount_is_in_company_currency(self):
        """Probe 16: a foreign payment counts at its booked value, converted once."""
        currency = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        payment = self._create_payment(100, currency_id=currency.id)

        self.assertEqual(
            self._get_unconfirmed(), payment.amount_company_currency_signed
        )
        self._confirm(payment, 50)
        self.assertEqual(
            self._get_unconfirmed(), payment.amount_company_currency_signed / 2
        )

    def test_payments_before_the_start_count_as_arrived(self):
        self._create_payment(100, date="2026-01-31")
        self._create_payment(10, date="2026-02-01")

        self.company.receipt_confirmation_since = "2026-02-01"

        self.assertEqual(self._get_unconfirmed(), 10)

    def test_hooks_tell_about_arrived_and_lost_money(self):
        told = []
        model = type(self.env["receipt.confirmation"])
        confirmed, reversed_ = model._after_confirmed, model._after_reversed

        def _after_confirmed(rows):
            told.append(("confirmed", sum(rows.mapped("amount"))))
            return confirmed(rows)

        def _after_reversed(rows):
            told.append(("reversed", sum(rows.mapped("amount"))))
            return reversed_(rows)

        self.patch(model, "_after_confirmed", _after_confirmed)
        self.patch(model, "_after_reversed", _after_reversed)
        payment = self._create_payment(1000)

        self._confirm(payment)
        payment.action_draft()

        self.assertEqual(told, [("confirmed", 1000), ("reversed", -1000)])

    @warmup
    def test_figures_of_all_customers_come_in_one_query(self):
        for _number in range(20):
            self._create_payment(10)
        self.env.flush_all()
        model = self.env["receipt.confirmation"]
        self.company.receipt_confirmation_since  # noqa: B018 warms the cache

        with self.assertQueryCount(1):
            self.env.execute_query(model._get_unconfirmed_sql(self.company))
