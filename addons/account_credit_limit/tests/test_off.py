from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestOff(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().credit_control = False
        cls.untouched = cls.env["res.partner"].create({"name": "Untouched"})

    def test_limit_is_free_as_in_core(self):
        """Off means untouched: no guard and no row."""
        self.untouched.with_user(self.outsider).sudo().credit_limit = 77

        self.assertEqual(self.untouched.sudo().credit_limit, 77)
        self.assertFalse(
            self.env["credit.limit.change"].search(
                [("partner_id", "=", self.untouched.id)]
            )
        )

    def test_accounts_in_use_keep_their_history(self):
        """A customer with an account is recorded before the control starts."""
        self.customer.sudo().credit_limit = 78

        change = self.env["credit.limit.change"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        self.assertEqual(change.amount, 78)

    def test_posting_opens_no_account(self):
        """Off means untouched: no account is opened, none is bumped."""
        version = self._get_account().version
        self._create_invoice_for(self.untouched, 10)
        self._create_invoice_for(self.customer, 10)

        self.assertEqual(self._get_account().version, version)
        self.assertFalse(
            self.env["credit.account"].search([("partner_id", "=", self.untouched.id)])
        )

    def test_core_warning_is_core_s(self):
        """Off means untouched: core's own banner appears."""
        self.company.sudo().account_use_credit_limit = True
        self.customer.sudo().credit_limit = 10

        invoice = self._create_invoice_for(self.customer, 100, post=False)

        self.assertIn("Harbour Hotel", invoice.partner_credit_warning)
        self.assertNotIn("too much", invoice.partner_credit_warning)
