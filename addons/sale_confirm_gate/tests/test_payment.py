from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.addons.sale.tests.common import SaleCommon

from .common import GateMixin


@tagged("post_install", "-at_install")
class TestPayment(GateMixin, AccountPaymentCommon, SaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_gate()
        cls.currency = cls.sale_order.currency_id
        cls.partner = cls.sale_order.partner_invoice_id
        cls.provider.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == cls.provider
        ).payment_account_id = cls.inbound_payment_method_line.payment_account_id
        cls.sale_order.require_payment = True
        cls.amount = cls.sale_order.amount_total

    def _pay(self, state="done"):
        transaction = self._create_transaction(
            flow="redirect", sale_order_ids=[self.sale_order.id], state=state
        )
        with mute_logger("odoo.addons.sale.models.payment_transaction"):
            transaction._post_process()
        return transaction

    def test_payment_of_a_free_order_confirms_it(self):
        self._pay()

        self.assertEqual(self.sale_order.state, "sale")

    def test_payment_is_kept_and_the_order_held(self):
        """ORD-13: paying does not lead around the review."""
        self._block(self.sale_order)

        transaction = self._pay()

        self.assertEqual(transaction.state, "done")
        self.assertTrue(transaction.payment_id)
        self.assertTrue(transaction.is_post_processed)
        self.assertEqual(self.sale_order.state, "draft")
        self.assertTrue(self.sale_order.confirm_held)
        self.assertTrue(self.sale_order.confirm_mail_requested)
        self.assertFalse(transaction._check_amount_and_confirm_order())

    def test_authorized_payment_holds_too(self):
        self.provider.support_manual_capture = "full_only"
        self._block(self.sale_order)

        self._pay(state="authorized")

        self.assertTrue(self.sale_order.confirm_held)

    def test_late_confirmation_invoices_what_was_paid(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        self._block(self.sale_order)
        transaction = self._pay()
        self.assertFalse(transaction.invoice_ids)
        self.blocked.clear()

        self.sale_order._confirm_retry()

        self.assertEqual(self.sale_order.state, "sale")
        self.assertEqual(transaction.invoice_ids.state, "posted")
        self.assertEqual(transaction.invoice_ids.amount_residual, 0)
