import math

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestLimitGuard(CreditCommon):
    def _get_changes(self, partner=None):
        partner = partner or self.customer
        return self.env["credit.limit.change"].search([("partner_id", "=", partner.id)])

    def test_others_cannot_write_the_limit(self):
        """ORD-12: the salesperson cannot edit credit data, not even by sudo."""
        customer = self.customer.with_user(self.outsider)

        for caller in (customer, customer.sudo()):
            with self._assert_refused(AccessError, "unit accountant"):
                caller.write({"credit_limit": 5000})

    def test_others_cannot_create_with_a_limit(self):
        """ORD-12: a new customer has the default limit."""
        partners = self.env["res.partner"].with_user(self.outsider).sudo()

        with self._assert_refused(AccessError, "unit accountant"):
            partners.create({"name": "New", "credit_limit": 5000})

    def test_others_cannot_import_a_limit(self):
        """ORD-12: the import meets the same guard."""
        partners = self.env["res.partner"].with_user(self.outsider).sudo()

        result = partners.load(["name", "credit_limit"], [["New", "5000"]])

        self.assertFalse(result["ids"])
        self.assertIn("unit accountant", result["messages"][0]["message"])

    def test_others_cannot_change_the_company_default(self):
        """ORD-12: the default of the company is a limit as well."""
        defaults = self.env["ir.default"].with_user(self.outsider).sudo()

        for company in (self.company.id, False):
            with self._assert_refused(AccessError, "unit accountant"):
                defaults.set("res.partner", "credit_limit", 9e9, company_id=company)

    def test_same_value_needs_no_right(self):
        """A form that sends the limit back unchanged is no change."""
        self.customer.with_user(self.outsider).sudo().write(
            {"credit_limit": 1000, "ref": "X"}
        )
        self.env["ir.default"].with_user(self.outsider).sudo().set(
            "res.partner", "credit_limit", 0.0, company_id=self.company.id
        )

        self.assertEqual(self.customer.ref, "X")

    def test_certifier_changes_the_limit_and_leaves_a_row(self):
        """ORD-12: the change is recorded, the certification void, the version up."""
        account = self._get_account()
        account.with_user(self.certifier).action_certify()
        version = account.version

        self.customer.with_user(self.certifier).write({"credit_limit": 2000})

        change = self._get_changes()[0]
        self.assertRecordValues(
            change,
            [
                {
                    "amount_before": 1000,
                    "amount": 2000,
                    "origin": "direct",
                    "state": "approved",
                    "decided_by": self.certifier.id,
                }
            ],
        )
        self.assertFalse(account.certified_at)
        self.assertGreater(account.version, version)

    def test_certifier_uses_the_account(self):
        """The permanent limit can be entered on the credit account."""
        account = self._get_account().with_user(self.certifier)

        account.limit_permanent = 1500

        self.assertEqual(self._get()["limit"], 1500)
        self.assertEqual(self._get_changes()[0].amount, 1500)

    def test_company_default_leaves_a_row(self):
        """The default limit is recorded without a customer."""
        self.env["ir.default"].with_user(SUPERUSER_ID).set(
            "res.partner", "credit_limit", 50.0, company_id=self.company.id
        )

        change = self.env["credit.limit.change"].search([("origin", "=", "default")])
        self.assertEqual(change.amount, 50)
        self.assertEqual(self._get(self._create_new())["limit"], 50)

    def _create_new(self):
        return self.env["res.partner"].create({"name": "Somebody"})

    def test_no_amounts_of_nothing(self):
        """A limit is a finite amount that is not negative."""
        customer = self.customer.with_user(self.certifier)

        for amount in (-1, math.nan, math.inf, 1e15):
            with self.assertRaises(UserError):
                customer.credit_limit = amount

    def test_contact_of_a_customer_is_created_by_anybody(self):
        """The copy of the limit to a contact is no change of the limit."""
        contact = (
            self.env["res.partner"]
            .with_user(self.outsider)
            .create({"name": "Buyer", "parent_id": self.customer.id})
        )

        self.assertEqual(contact.commercial_partner_id, self.customer)
        self.assertFalse(self._get_changes(contact))

    def test_rows_are_evidence(self):
        """Nobody edits or deletes the history, the system included."""
        change = self._get_changes().with_user(SUPERUSER_ID)[0]

        with self.assertRaises(AccessError):
            change.amount = 1
        with self.assertRaises(AccessError):
            change.unlink()
        with self.assertRaises(AccessError):
            change.copy()
        with self.assertRaises(AccessError):
            change.create({"company_id": self.company.id, "amount": 1})

    def test_account_fields_of_the_engine_are_locked(self):
        """A certification is not written, it is made."""
        account = self._get_account().with_user(self.certifier)

        with self.assertRaises(AccessError):
            account.certified_at = fields.Datetime.now()
        with self.assertRaises(AccessError):
            account.version = 5
        with self.assertRaises(AccessError):
            account.partner_id = self.outsider.partner_id

    def test_only_certifiers_edit_accounts(self):
        """Viewers and approvers read the account."""
        for user in (self.viewer, self.approver):
            with self.assertRaises(AccessError):
                self._get_account().with_user(user).policy = "no_control"
        with self.assertRaises(AccessError):
            self._get_account().with_user(self.outsider).read(["policy"])
