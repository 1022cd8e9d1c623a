from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestReviewRoute(CronMixinCase, OrderReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow(cls.step_supervisor, 95)

    def _create_confirmed(self, **values):
        order = self._create_submitted(**values)
        self._approve(order, self.supervisor)
        self._run_confirmation(order)
        self.assertEqual(order.state, "sale")
        return order

    def test_order_is_not_confirmed_before_its_approval(self):
        """ORD-13: no confirmation and no delivery before the full approval."""
        order = self._create_order()

        order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertIn("review", order.confirm_hold_codes)
        for door in (order, order.sudo().with_context(skip_review=True)):
            with self.assertRaisesRegex(UserError, order.name):
                door.write({"state": "sale"})
        with self.assertRaises(UserError):
            self._create_order(state="sale")
        order.review_submit()
        with self.assertRaises(UserError):
            order.write({"state": "sale"})

        self.assertFalse(order.sudo().picking_ids)

    def test_approved_order_is_confirmed_by_itself(self):
        """ORD-13: the final approval leads to the confirmation and the delivery."""
        order = self._create_submitted()
        trigger = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")
        with self.capture_triggers(trigger.id) as capture:
            self._approve(order, self.supervisor)
        self.assertTrue(capture.records)
        self.assertEqual(order.confirm_requested_by, self.salesperson)

        self._run_confirmation(order)

        self.assertEqual(order.state, "sale")
        self.assertFalse(order.confirm_requested)
        self.assertTrue(order.sudo().picking_ids)

    def test_rejection_returns_the_order_with_its_reason(self):
        """ORD-13: a rejection says why and the order stays a quotation."""
        order = self._create_submitted()

        with self.assertRaises(UserError):
            order.with_user(self.supervisor).review_reject(order.review_revision, " ")
        order.with_user(self.supervisor).review_reject(
            order.review_revision, "Price too old"
        )

        self.assertEqual(order.review_state, "rejected")
        with self.assertRaisesRegex(UserError, "Price too old"):
            order.write({"state": "sale"})
        order.review_submit()
        self.assertEqual(order.review_state, "open")

    def test_nobody_approves_the_own_application(self):
        """ORD-15: neither salesperson nor author approve; it goes to somebody else."""
        own = self._create_order()
        own.sudo().user_id = self.supervisor
        own.with_user(self.supervisor).review_submit()
        task = own.sudo().review_request_id.task_ids

        self.assertEqual(task.user_id, self.fallback)
        self.assertEqual(task.origin_user_id, self.supervisor)
        for user in (self.supervisor, self.salesperson):
            with self.assertRaises(AccessError):
                self._approve(own, user)
        self._approve(own, self.fallback)
        self.assertEqual(own.sudo().review_state, "approved")

    def test_levels_follow_the_units(self):
        """ORD-15: the unit's leader first, the leader of the parent unit next."""
        order = self._create_submitted(price=80.0)
        tasks = order.sudo().review_request_id.task_ids

        self.assertEqual(tasks.user_id, self.supervisor + self.higher)
        with self.assertRaises(AccessError):
            self._approve(order, self.higher)
        with self.assertRaises(AccessError):
            self._approve(order, self.finance)

    def test_steps_run_under_a_limit(self):
        order = self._create_submitted()

        self.assertTrue(order.review_deadline)
        self.assertEqual(order.review_urgency, "on_time")

    def test_edit_after_approval_asks_for_a_new_review(self):
        order = self._create_submitted()
        self._approve(order, self.supervisor)

        order.order_line.price_unit = 1.0

        self.assertEqual(order.review_state, "none")
        with self.assertRaises(UserError):
            order.write({"state": "sale"})

    def test_confirmed_order_refuses_commercial_edits_only(self):
        order = self._create_confirmed()
        line = order.order_line

        for change in (
            {"price_unit": 1.0},
            {"product_uom_qty": 5},
            {"discount": 10},
        ):
            with self.assertRaises(UserError):
                line.write(change)
        with self.assertRaises(UserError):
            order.order_line = [Command.create({"product_id": self.sprayer.id})]
        order.write({"client_order_ref": "PO 7", "note": "Ring first"})
        order.order_line = [
            Command.create({"display_type": "line_note", "name": "Handle with care"})
        ]
        self.assertEqual(order.client_order_ref, "PO 7")

    def test_delivery_adds_goods_without_a_new_review(self):
        """ORD-13: what a delivery adds is no change of what was reviewed."""
        order = self._create_confirmed(quantity=3)
        extra = self._create_goods("Manual", 5)
        picking = order.sudo().picking_ids
        picking.move_ids.quantity = 3
        self.env["stock.move"].create(
            {
                "product_id": extra.id,
                "product_uom_qty": 1,
                "quantity": 1,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.move_ids.picked = True

        picking.button_validate()

        self.assertEqual(picking.state, "done")
        self.assertIn(extra, order.order_line.product_id)
        self.assertEqual(order.review_state, "approved")

    def test_down_payment_needs_no_new_review(self):
        order = self._create_confirmed()
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 10})
        )

        wizard.create_invoices()

        self.assertTrue(any(order.order_line.mapped("is_downpayment")))
        self.assertEqual(order.review_state, "approved")

    def test_cancelled_order_leaves_the_review(self):
        order = self._create_submitted()

        order.action_cancel()

        self.assertEqual(order.review_state, "none")
        with self.assertRaises(UserError):
            order.with_user(self.supervisor).review_approve(1)

    def test_salesperson_cancels_a_confirmed_order(self):
        """The lookup of purchase orders behind a delivery needs no purchase rights."""
        order = self._create_confirmed()
        self.env.flush_all()
        self.env.invalidate_all()

        order.with_user(self.salesperson).action_cancel()

        self.assertEqual(order.state, "cancel")

    def test_customer_order_is_held_without_an_error(self):
        """ORD-13: an order the customer signs waits, the customer sees no error."""
        order = self._create_order().sudo()

        order._validate_order()

        self.assertEqual(order.state, "draft")
        self.assertTrue(order.confirm_held)
