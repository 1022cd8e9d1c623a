from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestSoftDoor(GateCommon):
    def test_nothing_blocked_returns_what_core_returns(self):
        self.assertIs(self.order.action_confirm(), True)

        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.confirm_held)

    def test_blocked_order_is_held_with_its_reason(self):
        """ORD-13: an order that is not approved waits and says why."""
        self._block(self.order)

        action = self.order.action_confirm()

        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(self.order.name, action["params"]["message"])
        self.assertIn("release", action["params"]["message"])
        self.assertRecordValues(
            self.order,
            [
                {
                    "state": "draft",
                    "confirm_held": True,
                    "confirm_hold_codes": "credit",
                    "confirm_hold_reason": "Over the limit: ask for a release.",
                    "confirm_requested": True,
                    "confirm_requested_by": self.salesperson.id,
                }
            ],
        )
        self.assertTrue(self.order.confirm_held_on)

    def test_innocent_orders_of_a_batch_are_confirmed(self):
        """Each order of a batch gets its own verdict."""
        other = self._create_order()
        self._block(self.order)

        action = (self.order + other).action_confirm()

        self.assertEqual(self.order.state, "draft")
        self.assertEqual(other.state, "sale")
        self.assertNotIn(other.name, action["params"]["message"])

    def test_core_errors_pass(self):
        self.order.action_cancel()
        self._block(self.order)

        with self.assertRaises(UserError):
            self.order.action_confirm()

        self.assertFalse(self.order.confirm_held)

    def test_held_order_does_not_reach_other_modules(self):
        """Nothing an override does before or after the confirmation may happen."""
        reached = []

        def _action_confirm(orders):
            reached.extend(orders.ids)

        self.patch(type(self.env["sale.order"]), "_action_confirm", _action_confirm)
        other = self._create_order()
        self._block(self.order)

        (self.order + other).action_confirm()

        self.assertEqual(reached, other.ids)

    def test_quotation_template_mail_is_not_sent_for_a_held_order(self):
        """``sale_management`` mails after confirming: not for orders that wait."""
        if "sale_order_template_id" not in self.order._fields:
            self.skipTest("sale_management is not installed")
        template = self.env["sale.order.template"].create(
            {
                "name": "With mail",
                "mail_template_id": self.env.ref(
                    "sale.mail_template_sale_confirmation"
                ).id,
            }
        )
        self.order.sale_order_template_id = template
        self._block(self.order)

        self.order.action_confirm()

        self.assertNotIn("comment", self.order.message_ids.mapped("message_type"))
        self.assertNotIn(
            self.env.ref("mail.mt_comment"), self.order.message_ids.subtype_id
        )

    def test_responsible_is_told_once_per_change_of_reason(self):
        self._block(self.order)
        order = self.order.with_user(self.colleague)
        order.action_confirm()
        first = self._get_activities(self.order)
        self.assertEqual(first.user_id, self.salesperson)
        messages = len(self.order.message_ids)

        self._block(self.order, message="Over the limit by one more yuan.")
        order.action_confirm()
        self.assertEqual(self._get_activities(self.order), first)
        self._block(self.order, code="review", message="Waits for the supervisor.")
        order.action_confirm()
        changed = self._get_activities(self.order)

        self.assertEqual(self.order.confirm_hold_codes, "review")
        self.assertEqual(len(changed), 1)
        self.assertIn("supervisor", changed.note)
        self.assertEqual(len(self.order.message_ids), messages + 1)
        notified = self.order.message_ids[0]
        self.assertIn(self.salesperson.partner_id, notified.notified_partner_ids)
        self.assertTrue(notified.subtype_id.internal)

    def test_nobody_is_left_without_a_person_responsible(self):
        order = self._create_order(user_id=False, team_id=False)
        order = order.with_user(self.colleague)
        self._block(order)

        order.action_confirm()

        self.assertEqual(self._get_activities(order).user_id, self.colleague)

    def test_customers_order_without_salesperson_goes_to_a_manager(self):
        portal = self._create_new_portal_user(login="gate_portal_nobody")
        order = self._create_order(user_id=False, team_id=False).with_user(portal)
        order.sudo().team_id.user_id = False
        self._block(order)

        order.sudo()._validate_order()

        manager = self._get_activities(order).user_id
        self.assertTrue(manager.has_group("sales_team.group_sale_manager"))

    def test_place_in_the_queue_and_requester_are_kept(self):
        self._block(self.order)
        self.order.action_confirm()
        since = self.order.confirm_held_on

        self.order.with_user(SUPERUSER_ID).action_confirm()

        self.assertEqual(self.order.confirm_held_on, since)
        self.assertEqual(self.order.confirm_requested_by, self.salesperson)

    def test_system_gets_no_dialog(self):
        self._block(self.order)

        self.assertIs(self.order.with_user(SUPERUSER_ID).action_confirm(), True)

        self.assertTrue(self.order.confirm_held)

    def test_validate_order_holds_silently(self):
        self._block(self.order)

        self.assertIsNone(self.order.sudo()._validate_order())

        self.assertTrue(self.order.confirm_held)
        self.assertTrue(self.order.confirm_mail_requested)

    def test_cancelling_resetting_and_withdrawing_clear_the_hold(self):
        def cancel(order):
            order.action_cancel()

        def reset(order):
            order.action_quotation_sent()
            order.action_draft()

        def withdraw(order):
            order.action_confirm_withdraw()

        for leave in (cancel, reset, withdraw):
            with self.subTest(leave.__name__):
                order = self._create_order()
                self._block(order)
                order.action_confirm()
                leave(order)

                self.assertFalse(order.confirm_held or order.confirm_requested)
                self.assertFalse(order.confirm_hold_reason)
                self.assertFalse(self._get_activities(order))

    def test_confirming_clears_the_hold(self):
        self._block(self.order)
        self.order.action_confirm()
        self.blocked.clear()

        self.order.action_confirm()

        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.confirm_held or self.order.confirm_requested)
        self.assertFalse(self._get_activities(self.order))

    def test_held_orders_can_be_found(self):
        self._block(self.order)
        self.order.action_confirm()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale_confirm_gate.sale_order_action_held"
        )

        self.assertEqual(action["res_model"], "sale.order")
        self.assertIn(
            self.order,
            self.order.search([("confirm_held", "=", True)]),
        )
