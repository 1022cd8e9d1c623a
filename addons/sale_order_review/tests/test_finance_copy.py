from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestFinanceCopy(OrderReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow(cls.step_supervisor, 95)

    def test_copy_is_opened_at_approval_and_ticked_by_finance(self):
        """ORD-05: the delivery of the finance copy is tracked."""
        order = self._create_submitted()
        self.assertEqual(order.finance_copy_state, "none")
        self._approve(order, self.supervisor)
        self.assertEqual(order.finance_copy_state, "sent")

        order.with_user(self.finance).action_file_finance_copy()

        self.assertRecordValues(
            order,
            [
                {
                    "finance_copy_state": "filed",
                    "finance_copy_filed_by_id": self.finance.id,
                }
            ],
        )
        self.assertTrue(order.finance_copy_filed_on)

    def test_only_finance_files_and_only_once(self):
        """ORD-05: neither the salesperson nor a caller with sudo files the copy."""
        order = self._create_submitted()
        self._approve(order, self.supervisor)

        for user in (self.salesperson, self.supervisor):
            with self.assertRaises(AccessError):
                order.with_user(user).sudo().action_file_finance_copy()
        with self.assertRaises(AccessError):
            order.write({"finance_copy_state": "filed"})
        order.with_user(self.finance).action_file_finance_copy()
        with self.assertRaisesRegex(UserError, "no finance copy"):
            order.with_user(self.finance).action_file_finance_copy()

    def test_missing_copy_does_not_block_the_order(self):
        """ORD-05: the order is confirmed while finance has not filed its copy."""
        order = self._create_submitted()
        self._approve(order, self.supervisor)

        self._run_confirmation(order)

        self.assertEqual((order.state, order.finance_copy_state), ("sale", "sent"))

    def test_finance_lists_by_period_customer_status_and_reason(self):
        """ORD-16: applications by period, customer, status and escalation reason."""
        plain = self._create_submitted()
        cheap = self._create_submitted(price=80.0)
        self._approve(plain, self.supervisor)
        orders = self.env["sale.order"].with_user(self.finance)
        scope = [("id", "in", (plain + cheap).ids)]

        def find(*domain):
            return orders.search([*scope, *domain]).sudo()

        self.assertEqual(find(("escalation_codes", "=", "price_authority")), cheap)
        self.assertEqual(find(("escalation_codes", "!=", "price_authority")), plain)
        self.assertEqual(find(("review_state", "=", "approved")), plain)
        self.assertEqual(find(("finance_copy_state", "=", "sent")), plain)
        self.assertEqual(find(("finance_copy_sent_on", ">=", "today")), plain)
        self.assertEqual(find(("partner_id", "=", self.customer.id)), plain + cheap)
        rows = orders.search(scope).read(["review_exception_text", "escalation_codes"])
        self.assertIn("price_authority", [row["escalation_codes"] for row in rows])

    def test_finance_reads_orders_and_changes_none(self):
        order = self._create_order()

        self.assertTrue(order.with_user(self.finance).read(["name", "amount_total"]))
        with self.assertRaises(AccessError):
            order.with_user(self.finance).order_channel = "online"

    def test_changed_application_sends_a_fresh_copy(self):
        order = self._create_submitted()
        self._approve(order, self.supervisor)
        order.with_user(self.finance).action_file_finance_copy()
        order.order_line.product_uom_qty = 2

        order.review_submit()
        self._approve(order, self.supervisor)

        self.assertEqual(order.finance_copy_state, "sent")
        self.assertFalse(order.finance_copy_filed_on)
