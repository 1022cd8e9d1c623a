from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestUntouched(PaymentRequestCommon):
    """Off means untouched: without the switches core behaves as without us."""

    @classmethod
    def _switch_on(cls):
        """Leave both reviews off."""

    def test_order_and_payment_need_nobody(self):
        """PUR-02, PUR-15: an order is placed, billed and paid as in Odoo."""
        order = self._create_order(plan_reason=False)
        self.assertFalse(order.purchase_review)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        order.order_line.price_unit = 120.0
        bill = self._create_bill(order, file=False)
        wizard = self.env["account.payment.register"].with_user(self.accountant)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        payment = wizard.create({})._create_payments()
        self.assertIn(payment.state, ("in_process", "paid"))
        self.assertFalse(payment.payment_request_id)

    def test_no_clock_starts(self):
        """TRD-08: neither orders nor bills start a clock."""
        clocks = self.env["deadline.clock"]
        before = clocks.search_count([])
        order = self._create_order()
        order.button_confirm()
        order.order_line.date_planned = "2027-05-05 08:00:00"
        self._create_bill(order)
        self.assertEqual(clocks.search_count([]), before)
        self.assertFalse(order.delay_to_report)
