from datetime import timedelta

from odoo import Command
from odoo.tests import tagged, warmup

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposure(CreditCommon):
    def test_open_invoices_count(self):
        """ORD-06: the receivable is part of the exposure."""
        self._create_invoice_for(self.customer, 400)

        figures = self._get()

        self.assertEqual(figures["receivable"], 400)
        self.assertEqual(figures["exposure"], 400)
        self.assertEqual(figures["limit"], 1000)
        self.assertEqual(figures["available"], 600)

    def test_draft_invoice_counts_and_draft_credit_note_does_not_lower(self):
        """Probe 7: a draft invoice of 300 and a draft credit note of 100 are 300."""
        self._create_invoice_for(self.customer, 300, post=False)
        self._create_invoice_for(self.customer, 100, post=False, move_type="out_refund")

        figures = self._get()

        self.assertEqual(figures["draft_invoices"], 300)
        self.assertEqual(figures["exposure"], 300)

    def test_posted_credit_note_lowers(self):
        """Probe 9: a posted credit note of 200 against an invoice of 500 is 300."""
        self._create_invoice_for(self.customer, 500)
        self._create_invoice_for(self.customer, 200, move_type="out_refund")

        self._assert_exposure(300)

    def test_partial_payment_and_advance(self):
        """Probe 10: 200 of 500 paid is 300; an advance of 300 more is 0."""
        invoice = self._create_invoice_for(self.customer, 500)
        payment = self._create_payment_of(self.customer, 200)
        (invoice + payment.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self._assert_exposure(300)

        self._create_payment_of(self.customer, 300)

        self._assert_exposure(0)

    def test_money_counts_when_it_has_arrived(self):
        """Probe 11: a registered payment alone does not lower the exposure."""
        self._create_invoice_for(self.customer, 500)
        payment = self._create_payment_of(self.customer, 500, arrived=False)
        self._assert_exposure(500)

        self._confirm_arrival(payment)

        self._assert_exposure(0)

    def test_registered_payment_counts_when_the_company_says_so(self):
        """The terms are tick-boxes of the company."""
        self.company.sudo().credit_term_receipts = False
        self._create_invoice_for(self.customer, 500)

        self._create_payment_of(self.customer, 500, arrived=False)

        self._assert_exposure(0)

    def test_advance_on_a_contact_belongs_to_the_company(self):
        """Probe 12: an advance of 400 on a contact lowers its company's exposure."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self._create_invoice_for(self.customer, 1000)

        self._create_payment_of(contact, 400)

        self._assert_exposure(600)
        self._assert_exposure(600, contact)

    def test_invoice_of_a_contact_counts_once(self):
        """Probe 13: the contact shows the figures of its company."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )

        self._create_invoice_for(contact, 250)

        self._assert_exposure(250)
        self._assert_exposure(250, contact)
        self.assertEqual(self._get(contact)["limit"], 1000)

    def test_foreign_invoice_counts_in_company_currency(self):
        """Probe 16: 7000 at 7 for 1 counts as 1000, posted or draft."""
        foreign = self._create_foreign_currency()

        self._create_invoice_for(self.customer, 7000, currency_id=foreign.id)
        self._assert_exposure(1000)
        self._create_invoice_for(self.customer, 700, post=False, currency_id=foreign.id)

        self._assert_exposure(1100)

    def test_each_company_has_its_own_figures(self):
        """Probe 17: 100 in one company, 800 in the other, whichever is active."""
        other = self._create_other_company()
        self._create_invoice_for(self.customer, 100)
        move = self._create_invoice_for(
            self.customer.with_company(other), 800, post=False, company_id=other.id
        )
        move.with_company(other).action_post()

        active = self.env["credit.account"].with_company(other)
        figures = active._get_figures(self.customer, self.company)

        self.assertEqual(figures[self.customer.id]["exposure"], 100)
        self._assert_exposure(800, company=other)

    def test_other_receivables_do_not_count(self):
        """Probe 22: 777 on a non-trade receivable account is no exposure."""
        account = self.env["account.account"].create(
            {
                "name": "Tax Receivable",
                "code": "CREDIT2",
                "account_type": "asset_receivable",
                "reconcile": True,
                "non_trade": True,
            }
        )
        values = {"partner_id": self.customer.id, "name": "Tax"}
        income = self.income
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create({**values, "account_id": account.id, "debit": 777}),
                    Command.create({**values, "account_id": income.id, "credit": 777}),
                ],
            }
        ).action_post()

        self._assert_exposure(0)

    def test_account_that_becomes_another_kind_counts_no_more(self):
        """The accounts that count are remembered, not frozen."""
        self._create_invoice_for(self.customer, 500)
        account = self.customer.property_account_receivable_id
        self._assert_exposure(500)

        account.non_trade = True
        self._assert_exposure(0)
        account.non_trade = False

        self._assert_exposure(500)

    def test_overdue_and_oldest_days(self):
        """ORD-04: overdue amount and days are shown beside the receivable."""
        self._create_invoice_for(self.customer, 300, due_in=-41)
        self._create_invoice_for(self.customer, 100, due_in=-3)
        self._create_invoice_for(self.customer, 50, due_in=3)

        figures = self._get()

        self.assertEqual(figures["overdue"], 400)
        self.assertEqual(figures["max_overdue_days"], 41)

    def test_credit_term_is_the_longest_term(self):
        """A payment term longer than the certified credit term does not help."""
        self._get_account().term_days = 30
        invoice_date = self.today - timedelta(days=40)

        self._create_invoice_for(
            self.customer, 300, due_in=50, invoice_date=invoice_date
        )

        self.assertEqual(self._get()["overdue"], 300)
        self.assertEqual(self._get()["max_overdue_days"], 10)

    def test_limit_is_zero_after_its_validity(self):
        """A limit that ran out allows nothing on credit."""
        self._get_account().valid_until = self.today
        self.assertEqual(self._get()["limit"], 1000)

        self._get_account().valid_until = self.today - timedelta(days=1)

        self.assertEqual(self._get()["limit"], 0)

    def test_filter_over_limit(self):
        """ORD-06: customers over their limit can be listed."""
        within = self._create_customer("Within", 100)
        free = self._create_customer("Free", 0)
        self._get_account(free).policy = "no_control"
        for partner, amount in ((self.customer, 1001), (within, 100), (free, 5000)):
            self._create_invoice_for(partner, amount)
        customers = self.customer + within + free

        partners = self.env["res.partner"].with_user(self.viewer)
        over = partners.search(
            [("credit_over_limit", "=", True), ("id", "in", customers.ids)]
        )
        others = partners.search(
            [("credit_over_limit", "=", False), ("id", "in", customers.ids)]
        )

        self.assertEqual(over.ids, self.customer.ids)
        self.assertEqual(set(others.ids), {within.id, free.id})
        self.assertEqual(
            customers.with_user(self.viewer).filtered("credit_over_limit").ids, over.ids
        )

    @warmup
    def test_page_of_customers_takes_one_query(self):
        """A list of 80 customers reads all its figures with one query."""
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(80)]
        )
        for customer in customers[:5]:
            self._create_invoice_for(customer, 10)
        self.env.flush_all()
        customers = customers.with_user(self.viewer)
        customers.mapped("commercial_partner_id.name")
        # What the session of the viewer reads once: rights, company, calendar.
        self.customer.with_user(self.viewer).mapped("credit_exposure")

        with self.assertQueryCount(1):
            exposures = customers.mapped("credit_exposure")
            customers.mapped("credit_available")
            customers.mapped("credit_over_limit")

        self.assertEqual(sum(exposures), 50)

    def test_outsider_does_not_see_figures(self):
        """Figures are for those who may see them."""
        self.assertNotIn(
            "credit_exposure",
            self.env["res.partner"].with_user(self.outsider).fields_get(),
        )
