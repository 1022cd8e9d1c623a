from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class ReceiptCommon(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.bank = cls.company_data["default_journal_bank"]
        cls.outstanding = cls.env["account.account"].create(
            {
                "name": "Outstanding Receipts",
                "code": "RECEIPT1",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        cls.bank.inbound_payment_method_line_ids.payment_account_id = cls.outstanding
        cls.cashier = cls._create_user(
            "receipt_cashier", "account_receipt_confirmation.group_receipt_cashier"
        )
        cls.accountant = cls._create_user(
            "receipt_accountant", "account.group_account_user"
        )

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_payment(cls, amount=1000.0, post=True, **values):
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": cls.partner_a.id,
                "journal_id": cls.bank.id,
                "amount": amount,
                **values,
            }
        )
        if post:
            payment.action_post()
        return payment

    @classmethod
    def _create_transaction(cls, amount, **values):
        return cls.env["account.bank.statement.line"].create(
            {
                "payment_ref": "incoming",
                "journal_id": cls.bank.id,
                "partner_id": cls.partner_a.id,
                "amount": amount,
                **values,
            }
        )

    @classmethod
    def _reconcile(cls, transaction, lines):
        """Reconcile a bank transaction with the given journal items."""
        _liquidity, suspense, _other = transaction._seek_for_lines()
        suspense.account_id = lines.account_id
        (suspense + lines).with_user(cls.accountant).reconcile()

    @classmethod
    def _reconcile_payment(cls, transaction, payment):
        cls._reconcile(transaction, payment._seek_for_lines()[0])

    def _confirm(self, payment, amount=None, date=None, user=None):
        """Confirm through the wizard, as the cashier does."""
        wizard = (
            self.env["receipt.confirm"]
            .with_user(user or self.cashier)
            .create(
                {
                    "payment_id": payment.id,
                    "date": date or fields.Date.today(),
                    **({} if amount is None else {"amount": amount}),
                }
            )
        )
        wizard.action_confirm()
        return payment.receipt_ids.sorted("id")[-1]

    def _get_unconfirmed(self, partner=None):
        sql = self.env["receipt.confirmation"]._get_unconfirmed_sql(self.company)
        partner = (partner or self.partner_a).commercial_partner_id
        return sum(
            amount
            for payer, amount in self.env.execute_query(sql)
            if partner.browse(payer).commercial_partner_id == partner
        )
