from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestSalesApplication(OrderReviewCommon):
    def test_order_channel_is_recorded_and_needed(self):
        """ORD-01: by telephone or in person is recorded, and compulsory."""
        order = self._create_order(order_channel=False)

        with self.assertRaisesRegex(UserError, order.name):
            order.review_submit()
        for channel in ("telephone", "in_person"):
            order.order_channel = channel
        order.review_submit()

        self.assertEqual(order.review_state, "open")

    def test_submission_stores_the_stock_it_saw(self):
        """ORD-02: the checked quantity and time are stored on the application."""
        order = self._create_order(quantity=4)

        order.review_submit()

        line = order.order_line
        self.assertEqual(line.stock_checked_qty, 10)
        self.assertTrue(line.stock_checked_on)
        self.assertEqual(order.stock_checked_on, line.stock_checked_on)

    def test_stock_check_is_no_claim_of_the_user(self):
        """ORD-02: nobody writes the outcome of a stock check by hand."""
        order = self._create_order()

        with self.assertRaises(AccessError):
            order.order_line.stock_checked_qty = 99
        with self.assertRaises(AccessError):
            order.sudo().stock_checked_on = "2026-01-01 00:00:00"
        with self.assertRaises(AccessError):
            self._create_order(finance_copy_state="filed")
        copy = order.with_context(default_finance_copy_state="filed").copy()
        self.assertEqual(copy.finance_copy_state, "none")

    def test_shortage_is_refused_with_the_way_out(self):
        """ORD-03: without stock no submission; purchase or production is named."""
        order = self._create_order(quantity=12)

        with self.assertRaisesRegex(UserError, r"Sprayer.*12.*10.*2.*purchase"):
            order.review_submit()

        self.assertEqual(order.review_state, "none")

    def test_lines_of_one_order_share_the_stock(self):
        """ORD-03: six and five of ten pieces are one piece short."""
        order = self._create_order(quantity=6)
        order.order_line = [
            Command.create({"product_id": self.sprayer.id, "product_uom_qty": 5})
        ]

        with self.assertRaisesRegex(UserError, r"5.*4 free.*1 missing"):
            order.review_submit()

    def test_stock_counts_in_the_unit_of_the_line(self):
        """ORD-03: one dozen is more than ten pieces."""
        order = self._create_order()
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")

        with self.assertRaisesRegex(UserError, "missing"):
            order.review_submit()

    def test_goods_made_to_order_and_services_need_no_stock(self):
        """ORD-03: what a route procures for the order, and services, pass."""
        warehouse = self._create_order().warehouse_id
        route = warehouse.sudo().mto_pull_id.route_id
        route.active = True
        goods = self._create_goods("Made to order", route_ids=[Command.link(route.id)])
        service = self.env["product.product"].create(
            {"name": "Training", "type": "service", "list_price": 50.0}
        )
        order = self._create_order(product=goods, quantity=3)
        order.order_line = [Command.create({"product_id": service.id})]

        order.review_submit()

        self.assertFalse(any(order.order_line.mapped("stock_checked_on")))

    def test_check_button_keeps_what_it_found_without_submitting(self):
        order = self._create_order(quantity=12)

        order.action_check_stock()

        self.assertEqual(order.order_line.stock_checked_qty, 10)
        self.assertEqual(order.review_state, "none")
        order.order_line.product_uom_qty = 1
        order.review_submit()
        with self.assertRaisesRegex(UserError, "Recall"):
            order.action_check_stock()

    def test_cash_and_cheque_show_the_remark_by_themselves(self):
        """ORD-11: paid in cash or by cheque, the remark shows and cannot be removed."""
        order = self._create_order()

        for mode, remark in (
            ("cash", "cash"),
            ("cheque", "cash"),
            ("transfer", False),
            ("bill", False),
        ):
            order.payment_mode = mode
            self.assertEqual(order.cash_remark, remark, mode)
        order.payment_mode = "cash"
        order.invalidate_recordset()
        order.with_context(default_cash_remark=False).write({"cash_remark": False})
        order.invalidate_recordset()
        self.assertEqual(order.cash_remark, "cash")

    def test_remark_and_prices_are_part_of_what_is_submitted(self):
        """ORD-06, ORD-11: the reviewer sees price, list price, total and remark."""
        order = self._create_submitted(price=92.0, payment_mode="cash")

        snapshot = str(order.sudo().review_request_id.snapshot)

        for text in ("Cash transaction", "92", "100", "10 free"):
            self.assertIn(text, snapshot)

    def test_off_means_untouched(self):
        """Without the review, orders need neither channel nor stock."""
        self.company.order_review = False
        order = self._create_order(order_channel=False, quantity=50)

        order.action_confirm()

        self.assertEqual(order.state, "sale")
        self.assertFalse(order.order_review)
