from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

MODULE = "account_credit_limit"


class CreditCommon(BaseCommon):
    """One company with credit control, its people and the documents they make."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.credit_control = True
        cls._set_up_books()
        cls.today = cls.env["credit.account"]._get_today(cls.company)
        cls._create_people()
        cls.customer = cls._create_customer("Harbour Hotel", 1000.0)

    @classmethod
    def _set_up_books(cls):
        """Find the books of the company, opening them where it has none."""
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", cls.company, install_demo=False
            )
        journals = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.bank = journals.filtered(lambda journal: journal.type == "bank")[:1]
        sales = journals.filtered(lambda journal: journal.type == "sale")[:1]
        cls.income = sales.default_account_id
        cls.bank.inbound_payment_method_line_ids.payment_account_id = cls.env[
            "account.account"
        ].create(
            {
                "name": "Outstanding Receipts",
                "code": "CREDIT1",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )

    @classmethod
    def _create_other_company(cls):
        """Create a company with books of its own and without credit control."""
        companies = cls.env["res.company"]
        company = companies.create(
            {
                "name": f"Second Company {companies.search_count([])}",
                "currency_id": cls.company.currency_id.id,
            }
        )
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
        company.currency_id = cls.company.currency_id
        cls.env.user.company_ids += company
        return company

    @classmethod
    def _create_foreign_currency(cls):
        """Create a currency of which 7 are worth 1 of the company's."""
        currencies = cls.env["res.currency"].with_context(active_test=False)
        return currencies.create(
            {
                "name": f"Q{currencies.search_count([('name', '=like', 'Q_')])}",
                "symbol": "Q",
                "rate_ids": [Command.create({"name": "2016-01-01", "rate": 7.0})],
            }
        )

    @classmethod
    def _create_tax(cls, amount):
        return cls.env["account.tax"].create(
            {
                "name": f"Tax {amount}",
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _create_people(cls):
        cls.cashier = cls._create_user(
            "credit_cashier", "account_receipt_confirmation.group_receipt_cashier"
        )
        cls.viewer = cls._create_user("credit_viewer", f"{MODULE}.group_credit_user")
        cls.certifier = cls._create_user(
            "credit_certifier",
            f"{MODULE}.group_credit_certifier,base.group_partner_manager",
        )
        cls.approver = cls._create_user(
            "credit_approver", f"{MODULE}.group_credit_approver"
        )
        cls.outsider = cls._create_user(
            "credit_outsider", "base.group_user,base.group_partner_manager"
        )

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_customer(cls, name, limit=0.0, **values):
        customer = cls.env["res.partner"].create({"name": name, **values})
        cls._set_limit(customer, limit)
        return customer

    @classmethod
    def _set_limit(cls, customer, limit):
        system = customer.with_user(SUPERUSER_ID).with_company(cls.company)
        system.credit_limit = limit

    @classmethod
    def _get_account(cls, customer=None):
        accounts = cls.env["credit.account"].sudo()
        return accounts._ensure(customer or cls.customer, cls.company)

    @classmethod
    def _create_invoice_for(cls, partner, amount, post=True, **values):
        """Create a customer invoice without tax, due in ``due_in`` days."""
        due = cls.today + timedelta(days=values.pop("due_in", 30))
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": min(cls.today, due),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Goods", "price_unit": amount, "tax_ids": []}
                    )
                ],
                **values,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _create_payment_of(cls, partner, amount, arrived=True):
        """Post a payment of ``partner``; ``arrived`` confirms the receipt as well."""
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": partner.id,
                "journal_id": cls.bank.id,
                "amount": amount,
            }
        )
        payment.action_post()
        if arrived:
            cls._confirm_arrival(payment)
        return payment

    @classmethod
    def _confirm_arrival(cls, payment):
        receipt = payment.with_user(cls.cashier).sudo()
        receipt._confirm_receipt(payment.amount, fields.Date.today())

    def _get(self, partner=None, company=None):
        """Return the figures of ``partner``."""
        partner = partner or self.customer
        figures = self.env["credit.account"]._get_figures(
            partner, company or self.company
        )
        return figures[partner.id]

    @contextmanager
    def _assert_refused(self, exception, regex):
        """Assert the refusal in words, and take back what was done before it."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), regex)

    def _assert_exposure(self, amount, partner=None, company=None):
        self.assertAlmostEqual(self._get(partner, company)["exposure"], amount, 2)
