from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PurchaseReviewCommon


@tagged("post_install", "-at_install")
class TestOrderReview(PurchaseReviewCommon):
    def test_head_approves_plan_and_supplier_first(self):
        """PUR-02, PUR-05: the head of purchasing decides before anybody else."""
        order = self._create_order()
        order.review_submit()

        self.assertEqual(order.review_state, "open")
        self.assertEqual(
            order.review_step_id.group_id,
            self.env.ref("purchase_review.group_purchase_head"),
        )
        with self.assertRaises(AccessError):
            self._approve(order, self.checker)
        with self.assertRaises(AccessError):
            self._approve(order, self.buyer)

    def test_plan_is_complete_before_it_is_submitted(self):
        """PUR-02, PUR-08: purpose, date, terms and departments, all told at once."""
        order = self._create_order(
            plan_reason="  ",
            plan_needed_by=False,
            payment_term_id=False,
            request_department_ids=[Command.clear()],
        )
        order.order_line.unlink()

        with self.assertRaises(UserError) as caught:
            order.review_submit()

        self.assertEqual(len(str(caught.exception).splitlines()), 5)

    def test_departments_and_finance_check_in_parallel(self):
        """PUR-09: every related department and finance check before it is placed."""
        second = self._create_user("second_department", "base.group_user")
        departments = self.department | self._create_department("Site", second)
        order = self._create_order(
            request_department_ids=[Command.set(departments.ids)]
        )
        order.review_submit()
        self._approve(order, self.head)

        for user in (second, self.checker, self.department_manager):
            self.assertEqual(order.review_state, "open")
            with self.assertRaises(UserError):
                order.button_confirm()
            self._approve(order, user)

        self.assertEqual(order.review_state, "approved")
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_department_without_manager_is_told(self):
        """PUR-09: a department that nobody speaks for is not passed over."""
        empty = self._create_department("Empty", None)
        order = self._create_order(
            request_department_ids=[Command.set((self.department | empty).ids)]
        )
        with self.assertRaisesRegex(UserError, "Empty"):
            order.review_submit()

    def test_buyer_does_not_review_his_order(self):
        """PUR-02: whoever buys or wrote it does not decide, whatever his group."""
        group = self.env.ref("purchase_review.group_purchase_head")
        self.buyer.group_ids += group
        order = self._create_order()
        order.review_submit()
        other = self._create_order(user_id=self.head.id)
        with self.assertRaises(AccessError):
            self._approve(order, self.buyer)
        other.review_submit()
        with self.assertRaises(AccessError):
            self._approve(other, self.head)

    def test_rejection_tells_why(self):
        """PUR-05: a rejected supplier comes back with the reason."""
        order = self._create_order()
        order.review_submit()
        order.with_user(self.head).review_reject(1, "Ask a third supplier")

        self.assertEqual(order.review_state, "rejected")
        with self.assertRaisesRegex(UserError, "Ask a third supplier"):
            order.button_confirm()

    def test_department_sees_what_it_checks(self):
        """PUR-09: a manager without purchase rights reads the frozen content."""
        order = self._create_order()
        order.review_submit()
        self._approve(order, self.head)
        self.env.invalidate_all()

        task = (
            self.env["review.task"]
            .with_user(self.department_manager)
            .search([("res_model", "=", "purchase.order"), ("mine", "=", True)])
        )
        self.assertEqual(task.res_id, order.id)
        self.assertIn("Steel frame", str(task.request_id.snapshot))

    def test_change_of_what_was_reviewed_withdraws_it(self):
        """PUR-09: supplier, quantity, price, date, reason: each asks anew."""
        later = fields.Datetime.add(fields.Datetime.now(), days=60)
        changes = [
            ({}, {"partner_id": self.other_vendor.id}),
            ({}, {"choice_reason": "Cheaper"}),
            ({}, {"plan_needed_by": "2027-01-01"}),
            ({"product_qty": 6}, {}),
            ({"price_unit": 101.0}, {}),
            ({"discount": 1.0}, {}),
            ({"date_planned": later}, {}),
        ]
        for line_vals, vals in changes:
            with self.subTest(line=line_vals, order=vals):
                order = self._create_approved_order()
                if line_vals:
                    order.order_line.write(line_vals)
                if vals:
                    order.write(vals)
                self.assertEqual(order.review_state, "none")
                with self.assertRaises(UserError):
                    order.button_confirm()
