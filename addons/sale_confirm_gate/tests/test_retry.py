from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestRetry(GateCommon, CronMixinCase):
    def _run_cron(self):
        self.env.flush_all()
        cron = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_cron_confirms_what_nothing_blocks_any_more(self):
        """ORD-13: the final approval leads to confirmation without another click."""
        self._block(self.order)
        self.order.action_confirm()
        self.blocked.clear()

        self._run_cron()

        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.confirm_requested)

    def test_still_blocked_orders_stay_held(self):
        self._block(self.order)
        self.order.action_confirm()
        activity = self._get_activities(self.order)

        self._run_cron()

        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self._get_activities(self.order), activity)

    def test_orders_nobody_asked_to_confirm_are_left_alone(self):
        self.order._confirm_retry()

        self.assertEqual(self.order.state, "draft")

    def test_oldest_hold_goes_first_and_runs_as_the_requester(self):
        orders = self.order + self._create_order() + self._create_order()
        self._block(orders)
        for day, order in zip((3, 1, 2), orders, strict=True):
            with patch.object(
                fields.Datetime,
                "now",
                staticmethod(
                    lambda day=day: fields.Datetime.to_datetime(f"2026-01-0{day}")
                ),
            ):
                order.with_user(self.colleague).action_confirm()
        self.blocked.clear()
        seen = []

        def _action_confirm(order):
            seen.append((order.id, order.env.user))

        self.patch(type(self.env["sale.order"]), "_action_confirm", _action_confirm)

        confirmed = orders.with_user(SUPERUSER_ID)._confirm_retry()

        expected = [orders[1].id, orders[2].id, orders[0].id]
        self.assertEqual(seen, [(order, self.colleague) for order in expected])
        self.assertEqual(confirmed.ids, expected)

    def test_customers_request_runs_as_the_system(self):
        portal = self._create_new_portal_user(login="gate_portal")
        self._block(self.order)
        self.order.with_user(portal).sudo()._validate_order()
        self.blocked.clear()
        users = []

        def _send(order):
            users.append((order.env.user.id, order.ids))

        self.patch(type(self.env["sale.order"]), "_send_order_confirmation_mail", _send)
        self.assertEqual(self.order.confirm_requested_by, portal)

        self.order._confirm_retry()

        self.assertEqual(self.order.state, "sale")
        self.assertEqual(users, [(SUPERUSER_ID, self.order.ids)])

    def test_one_refused_order_does_not_stop_the_others(self):
        other = self._create_order()
        self._block(self.order + other)
        (self.order + other).action_confirm()
        self.blocked.clear()
        refused = self.order

        def _action_confirm(order):
            if order == refused:
                raise AccessError("No right to the warehouse.")

        self.patch(type(self.env["sale.order"]), "_action_confirm", _action_confirm)

        confirmed = (self.order + other)._confirm_retry()

        self.assertEqual(confirmed, other)
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.confirm_hold_codes, "refused")
        self.assertIn("warehouse", self.order.confirm_hold_reason)
        self.assertIn("warehouse", self._get_activities(self.order).note)

    def test_concurrent_change_is_tried_again_later(self):
        """A serialization failure costs the customer a turn, not the whole queue."""
        customer = self.env["res.partner"].create({"name": "Another Customer"})
        other = self._create_order(
            partner_id=customer.id, partner_invoice_id=customer.id
        )
        self._block(self.order + other)
        (self.order + other).action_confirm()
        self.blocked.clear()
        model_class = type(self.env["sale.order"])
        origin = model_class._confirm_retry
        busy = self.order

        def _confirm_retry(orders):
            if busy in orders:
                raise SerializationFailure
            return origin(orders)

        self.patch(model_class, "_confirm_retry", _confirm_retry)
        cron = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")

        with self.capture_triggers(cron.id) as triggers:
            self._run_cron()

        self.assertEqual(self.order.state, "draft")
        self.assertEqual(other.state, "sale")
        self.assertTrue(triggers.records)

    def test_requester_who_left_is_replaced_by_the_system(self):
        self._block(self.order)
        self.order.with_user(self.colleague).action_confirm()
        self.colleague.active = False
        self.blocked.clear()

        self.order._confirm_retry()

        self.assertEqual(self.order.state, "sale")

    def test_trigger_can_be_pulled_by_a_salesperson(self):
        cron = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")

        with self.capture_triggers(cron.id) as triggers:
            self.order._confirm_trigger()

        self.assertEqual(len(triggers.records), 1)
