from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPanel(CreditCommon):
    def test_each_figure_opens_its_items(self):
        """ORD-04: the figures of the panel add up from what they open."""
        self._create_invoice_for(self.customer, 300, due_in=-5)
        self._create_invoice_for(self.customer, 100)
        self._create_invoice_for(self.customer, 40, post=False)
        customer = self.customer.with_user(self.viewer)

        for name, field, amount in (
            ("action_credit_receivable", "amount_residual", 400),
            ("action_credit_overdue", "amount_residual", 300),
            ("action_credit_draft_invoices", "amount_residual_signed", 40),
        ):
            action = getattr(customer, name)()
            records = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(sum(records.mapped(field)), amount)

    def test_overdue_items_follow_the_credit_term(self):
        """The items behind the overdue figure are those it counts."""
        self._get_account().term_days = 1
        self._create_invoice_for(
            self.customer, 300, due_in=50, invoice_date=self.today.replace(year=2020)
        )

        action = self.customer.with_user(self.viewer).action_credit_overdue()

        items = self.env["account.move.line"].search(action["domain"])
        self.assertEqual(sum(items.mapped("amount_residual")), self._get()["overdue"])

    def test_outsider_opens_nothing(self):
        """Buttons check for themselves."""
        customer = self.customer.with_user(self.outsider)

        for name in ("action_credit_receivable", "action_credit_account"):
            with self.assertRaises(AccessError):
                getattr(customer, name)()

    def test_account_form_shows_figures(self):
        """The credit account shows limit, exposure, available and overdue."""
        self._create_invoice_for(self.customer, 300, due_in=-5)
        action = self.customer.with_user(self.viewer).action_credit_account()

        account = self.env["credit.account"].browse(action["res_id"])

        self.assertRecordValues(
            account.with_user(self.viewer),
            [
                {
                    "limit_current": 1000,
                    "amount_exposure": 300,
                    "amount_available": 700,
                    "amount_overdue": 300,
                }
            ],
        )

    def test_forms_load_for_their_users(self):
        """The views hold for those who see them."""
        with Form(self._get_account().with_user(self.certifier)) as form:
            form.policy = "cash_only"
        Form(self.customer.with_user(self.viewer))
        self.assertIn("progress", self.customer.with_user(self.viewer).credit_bar)

    def test_warning_on_invoices_has_our_figures(self):
        """Probe 18: the warning is about the company of the document."""
        self.company.sudo().account_use_credit_limit = True
        invoice = self._create_invoice_for(self.customer, 1200, post=False)

        other = self._create_other_company()
        warning = invoice.with_company(other).partner_credit_warning

        self.assertIn("1,200.00", warning)
        self.assertIn("200.00 too much", warning.replace("\xa0", " ").replace("$ ", ""))

    def test_manual_invoice_over_the_limit(self):
        """A manual invoice is refused only where the company wants it."""
        self._create_invoice_for(self.customer, 1200)
        self.company.sudo().credit_block_invoice = True

        with self._assert_refused(UserError, "too much"):
            self._create_invoice_for(self.customer, 10)

    def test_posting_takes_a_turn(self):
        """Posting an invoice and taking a payment back bump the account."""
        account = self._get_account()
        version = account.version
        self._create_invoice_for(self.customer, 100)
        posted = account.version
        payment = self._create_payment_of(self.customer, 100, arrived=False)
        paid = account.version

        payment.action_draft()

        self.assertGreater(posted, version)
        self.assertEqual(paid, posted)
        self.assertGreater(account.version, paid)
