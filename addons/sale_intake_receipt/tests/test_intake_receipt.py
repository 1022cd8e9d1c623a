from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.account_receipt_confirmation.tests.common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestIntakeReceipt(ReceiptCommon):
    """Prepayment orders of the desk wait for money that has arrived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"require_confirmed_prepayment": True, "order_intake": True})
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        line = {
            "product_id": cls.product_a.id,
            "price_unit": 1000,
            "tax_ids": [Command.clear()],
        }
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.partner_a.id,
                "company_id": cls.company.id,
                "settlement_type": "prepayment",
                "require_payment": False,
                "order_line": [Command.create(line)],
            }
        )

    def _pay(self, amount):
        payment = self._create_payment(amount)
        form = Form(
            self.env["receipt.confirm"]
            .with_user(self.cashier)
            .with_context(default_payment_id=payment.id)
        )
        form.amount = amount
        form.sale_order_id = self.order.with_user(self.cashier)
        form.save().action_confirm()

    def test_effective_when_money_has_arrived(self):
        """OCM-13: the sheet is effective only after the payment arrived."""
        self._create_payment(1000)
        self.assertFalse(self.order._intake_effective_parts()["payment"])
        self._pay(400)
        self.assertFalse(self.order._intake_effective_parts()["payment"])
        self._pay(600)
        self.assertTrue(self.order._intake_effective_parts()["payment"])

    def test_without_the_switch_core_counts(self):
        """OCM-13: without confirmed receipts a paid invoice is the payment."""
        self.company.require_confirmed_prepayment = False
        self._pay(1000)
        self.assertFalse(self.order._intake_effective_parts()["payment"])
