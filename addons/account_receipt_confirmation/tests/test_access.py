from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestAccess(ReceiptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payment = cls._create_payment(1000)
        cls.row = cls.payment.with_user(cls.cashier)._confirm_receipt(
            400, cls.payment.date
        )

    def test_evidence_is_append_only_for_everybody(self):
        users = (
            self.cashier,
            self.accountant,
            self.env.ref("base.user_admin"),
            self.env["res.users"].browse(SUPERUSER_ID),
        )
        values = self.row.copy_data()[0]
        for user in users:
            row = self.row.with_user(user).sudo()
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    row.write({"amount": 1})
                with self.assertRaises(AccessError):
                    row.unlink()
                with self.assertRaises(AccessError):
                    row.create(values)
                imported = row.load(
                    [".id", "note"], [[str(self.row.id), "changed afterwards"]]
                )
                self.assertFalse(imported["ids"])

        self.assertFalse(self.row.note)

    def test_only_the_cashier_confirms(self):
        salesperson = self._create_user("receipt_sales", "base.group_user")
        for user in (self.accountant, salesperson, self.env.ref("base.user_admin")):
            if user.has_group("account_receipt_confirmation.group_receipt_cashier"):
                continue
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.payment.with_user(user).action_confirm_receipt()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._confirm(self.payment, 10, user=user)
        with self.assertRaises(AccessError):
            self.env["receipt.reverse"].with_user(self.accountant).create(
                {"confirmation_id": self.row.id, "reason": "mine"}
            )

        self.assertEqual(self.payment.receipt_confirmed_amount, 400)

    def test_superuser_rights_do_not_make_a_cashier(self):
        with self.assertRaises(AccessError):
            self.payment.with_user(self.accountant).sudo()._confirm_receipt(
                10, self.payment.date
            )

    def test_derived_figures_cannot_be_written(self):
        for values in (
            {"receipt_state": "confirmed"},
            {"receipt_confirmed_amount": 1000},
            {"receipt_confirmed_company": 1000},
            {"receipt_version": 7},
        ):
            with self.assertRaises(AccessError):
                self.payment.write(values)
            with self.assertRaises(AccessError):
                self._create_payment(**values)
        created = (
            self.env["account.payment"]
            .with_context(default_receipt_state="confirmed")
            .create({"amount": 1, "partner_id": self.partner_a.id})
        )
        self.assertEqual(created.receipt_state, "none")

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other Unit"})
        cashier = new_test_user(
            self.env,
            "receipt_cashier_other",
            groups="account_receipt_confirmation.group_receipt_cashier",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )

        found = self.env["receipt.confirmation"].with_user(cashier).search([])

        self.assertNotIn(self.row, found)
        with self.assertRaises(AccessError):
            self.row.with_user(cashier).read(["amount"])
        with self.assertRaises(AccessError):
            self._confirm(self.payment, 1, user=cashier)

    def test_roles_read_evidence(self):
        auditor = self._create_user("receipt_auditor", "account.group_account_readonly")
        outsider = self._create_user("receipt_outsider", "base.group_user")
        for user in (self.cashier, self.accountant, auditor):
            self.assertTrue(self.row.with_user(user).has_access("read"))
        self.assertFalse(self.row.with_user(outsider).has_access("read"))
