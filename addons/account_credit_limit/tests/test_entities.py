from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestEntities(CreditCommon):
    def test_separated_contact_starts_with_the_default_limit(self):
        """A contact does not take a copy of its parent's limit along."""
        contact = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.customer.id}
        )
        self.assertEqual(contact.sudo().credit_limit, 1000)

        contact.with_user(self.outsider).write({"parent_id": False})

        self.assertEqual(self._get(contact)["limit"], 0)
        change = self.env["credit.limit.change"].search(
            [("partner_id", "=", contact.id)]
        )
        self.assertEqual(change.origin, "split")

    def test_separated_contact_cannot_bring_a_limit(self):
        """Neither does the write that separates it."""
        contact = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.customer.id}
        )

        contact.with_user(self.outsider).sudo().write(
            {"is_company": True, "credit_limit": 1e9}
        )

        self.assertEqual(self._get(contact)["limit"], 0)

    def test_moved_contact_takes_its_items_along(self):
        """Items follow the contact, both accounts take a turn."""
        contact = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.customer.id}
        )
        self._create_payment_of(contact, 100)
        other = self._create_customer("Other", 10)
        versions = [self._get_account(p).version for p in (self.customer, other)]

        contact.parent_id = other

        self._assert_exposure(0)
        self._assert_exposure(-100, other)
        after = [self._get_account(p).version for p in (self.customer, other)]
        self.assertTrue(all(b > a for a, b in zip(versions, after, strict=True)))

    def test_customer_does_not_slip_under_the_limit_of_another(self):
        """ORD-08: who has terms or debts of his own is moved by the accountant."""
        rich = self._create_customer("Rich", 1e6, is_company=True)
        debtor = self._create_customer("Debtor")
        self._create_invoice_for(debtor, 100)
        stranger = self._create_customer("Stranger")

        for customer in (self.customer, debtor):
            with self._assert_refused(AccessError, "unit accountant"):
                customer.with_user(self.outsider).parent_id = rich
        stranger.with_user(self.outsider).parent_id = rich
        self.customer.with_user(self.certifier).parent_id = rich

        self.assertEqual(self._get(self.customer)["limit"], 1e6)
        self.assertEqual(self._get(stranger)["limit"], 1e6)

    def test_merge_brings_no_limit_past_the_accountant(self):
        """ORD-08: neither does a customer inherit a limit by a merge."""
        receiver = self.env["res.partner"].create({"name": "Receiver"})
        wizard = self.env["base.partner.merge.automatic.wizard"]

        with self._assert_refused(AccessError, "unit accountant"):
            wizard.with_user(self.outsider).sudo()._merge(
                (self.customer + receiver).ids, receiver, extra_checks=False
            )

    def test_merged_customers_keep_hold_and_exposure(self):
        """A hold survives the merge of contacts, the limit is recorded."""
        duplicate = self._create_customer("Harbor Hotel", 700)
        self._get_account(duplicate).write({"hold": True, "hold_reason": "Bounced"})
        self._create_invoice_for(duplicate, 300)
        self._create_invoice_for(self.customer, 200)

        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.customer + duplicate).ids, self.customer, extra_checks=False
        )

        figures = self._get()
        self.assertEqual(figures["exposure"], 500)
        self.assertEqual(figures["limit"], 1000)
        self.assertTrue(figures["hold"])

    def test_limit_that_comes_with_a_merge_is_recorded(self):
        """A customer without a limit that receives one has a row of it."""
        receiver = self.env["res.partner"].create({"name": "Receiver"})

        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.customer + receiver).ids, receiver, extra_checks=False
        )

        self.assertEqual(self._get(receiver)["limit"], 1000)
        change = self.env["credit.limit.change"].search(
            [("partner_id", "=", receiver.id), ("origin", "=", "merge")]
        )
        self.assertEqual(change.amount, 1000)
