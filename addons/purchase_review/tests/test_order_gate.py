from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PurchaseReviewCommon


@tagged("post_install", "-at_install")
class TestOrderGate(PurchaseReviewCommon):
    """Ways around the review of an order."""

    def test_message_names_order_and_what_is_missing(self):
        """PUR-02: the buyer reads which order, and what to do."""
        order = self._create_order(plan_reason=False)
        with self.assertRaises(UserError) as caught:
            order.button_confirm()
        self.assertIn(order.name, str(caught.exception))
        self.assertGreater(len(str(caught.exception).splitlines()), 1)

    def test_no_write_and_no_create_opens_the_gate(self):
        """PUR-02: neither state nor review columns can be written."""
        order = self._create_order()
        for document in (order, order.sudo()):
            with self.assertRaises(UserError):
                document.write({"state": "purchase"})
            with self.assertRaises(AccessError):
                document.write({"review_state": "approved"})
        with self.assertRaises(UserError):
            self._create_order(state="purchase")
        with self.assertRaises(UserError):
            order.with_context(default_state="purchase").button_approve()

    def test_double_validation_of_core_still_works(self):
        """PUR-05: core's amount for managers comes on top, after the review."""
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 100.0
        order = self._create_order()
        with self.assertRaises(UserError):
            order.button_confirm()
        order.review_submit()
        for user in (self.head, self.department_manager, self.checker):
            self._approve(order, user)
        order.button_confirm()
        self.assertEqual((order.state, order.review_state), ("to approve", "approved"))

        admin = self._create_user("admin", "purchase.group_purchase_manager")
        order.with_user(admin).button_approve()
        self.assertEqual(order.state, "purchase")

    def test_to_approve_is_no_way_around(self):
        """PUR-02: an unreviewed order does not pass by core's second step."""
        order = self._create_order()
        order.write({"state": "to approve"})
        admin = self._create_user("admin", "purchase.group_purchase_manager")
        with self.assertRaises(UserError):
            order.with_user(admin).button_approve()

    def test_merging_withdraws_the_review(self):
        """PUR-09: goods merged into an approved order were not approved."""
        order = self._create_approved_order()
        other = self._create_order(quantity=7)
        (order | other).action_merge()
        self.assertEqual(order.review_state, "none")

    def test_lines_of_a_placed_order_are_fixed(self):
        """PUR-09: price and quantity stay; the arrival follows the supplier."""
        order = self._create_confirmed_order()
        line = order.order_line
        with self.assertRaises(UserError):
            line.price_unit = 120.0
        with self.assertRaises(UserError):
            order.order_line = [
                Command.create({"product_id": self.goods.id, "product_qty": 1})
            ]
        line.date_planned = "2027-05-05 08:00:00"
        self.assertEqual(order.review_state, "approved")

    def test_needs_do_not_fall_into_a_reviewed_order(self):
        """PUR-02: replenishment opens a new request for quotation instead."""
        self.goods.seller_ids = [
            Command.create({"partner_id": self.vendor.id, "price": 100.0})
        ]
        order = self._create_order(user_id=False)
        order.review_submit()
        rule = self.env["stock.rule"].search(
            [("action", "=", "buy"), ("company_id", "=", self.company.id)], limit=1
        )
        domain = rule._make_po_get_domain(
            self.company, {"date_planned": "2027-01-01 00:00:00"}, self.vendor
        )
        self.assertIn(("review_state", "not in", ("open", "approved")), domain)

    def test_downpayment_tick_takes_no_line_out_of_the_review(self):
        """PUR-09: goods ticked as a down payment are reviewed all the same."""
        order = self._create_approved_order()
        order.order_line.is_downpayment = True
        order.order_line.price_unit = 999.0
        self.assertEqual(order.review_state, "none")
