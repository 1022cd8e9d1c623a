from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestForgery(OrderReviewCommon):
    """What a salesperson may try to keep a price from the next level."""

    def _is_escalated(self, order):
        return order.id in order.sudo()._review_check_price_authority()

    def test_negative_quantity_is_a_discount(self):
        """ORD-07: goods taken back at list price make the others cheaper."""
        self._allow(self.step_supervisor, 95, 110)
        order = self._create_order(quantity=5)
        self.assertFalse(self._is_escalated(order))
        other = self._create_goods("Hose")
        order.order_line = [
            Command.create({"product_id": other.id, "product_uom_qty": -2})
        ]
        self.assertTrue(self._is_escalated(order))

    def test_goods_are_no_down_payment_and_no_expense(self):
        """ORD-07: a tick on the line does not take its price out of the review."""
        self._allow(self.step_supervisor, 95, 110)
        for name in ("is_downpayment", "is_expense"):
            order = self._create_order(price=10.0)
            order.order_line.write({name: True})
            self.assertTrue(self._is_escalated(order), name)

    def test_confirmed_line_does_not_become_exempt(self):
        """ORD-13: what was reviewed cannot leave the review afterwards."""
        self.sprayer.expense_policy = "sales_price"
        order = self._create_submitted()
        self._approve(order, self.supervisor)
        self._run_confirmation(order)
        self.assertEqual(order.state, "sale", order.confirm_hold_reason)

        with self.assertRaises(UserError):
            order.order_line.write({"is_expense": True})

    def test_written_subtotal_is_refused(self):
        """ORD-07: the price is judged by what will be invoiced."""
        order = self._create_order(price=10.0)
        with self.assertRaises(AccessError):
            order.order_line.write({"price_subtotal": 100.0})

    def test_portal_users_do_not_read_prices_of_the_review(self):
        portal = new_test_user(self.env, "price_reader", groups="base.group_portal")
        shown = self.env["sale.order.line"].with_user(portal).fields_get()
        for name in ("price_percent", "price_list_unit", "price_authority_text"):
            self.assertNotIn(name, shown)

    def test_another_unit_starts_the_review_again(self):
        """ORD-13: nobody picks the next reviewer by moving an order under review."""
        order = self._create_submitted()
        friends = self.env["crm.team"].create(
            {"name": "Friends", "user_id": self.fallback.id}
        )

        order.team_id = friends

        self.assertEqual(order.review_state, "none")
        self.assertFalse(order.sudo().review_request_id.state == "open")

    def test_portal_users_do_not_print_the_application(self):
        """ORD-06: the credit figures on it are not for the customer."""
        portal = new_test_user(self.env, "print_reader", groups="base.group_portal")
        portal.partner_id.parent_id = self.customer
        order = self._create_submitted()
        reports = self.env["ir.actions.report"].with_user(portal)

        for render in (reports._render_qweb_pdf, reports._render_qweb_html):
            with self.assertRaises(AccessError):
                render("sale_order_review.report_sales_application", order.ids)
