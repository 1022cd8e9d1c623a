from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestHardDoor(GateCommon):
    def test_write_names_order_reason_and_remedy(self):
        """ORD-13: the state cannot be written while something blocks the order."""
        self._block(self.order)

        with self.assertRaisesRegex(UserError, f"(?s){self.order.name}.*release"):
            self.order.write({"state": "sale"})

        self.assertEqual(self.order.state, "draft")

    def test_every_blocked_order_of_a_batch_is_named(self):
        other = self._create_order()
        self._block(self.order)
        self._block(other, message="Not paid yet: ask the cashier.")

        with self.assertRaises(UserError) as refusal:
            (self.order + other).write({"state": "sale"})

        for text in (self.order.name, other.name, "release", "cashier"):
            self.assertIn(text, str(refusal.exception))

    def test_neither_superuser_nor_context_opens_it(self):
        self._block(self.order)
        orders = (
            self.order.sudo(),
            self.order.with_user(SUPERUSER_ID),
            self.order.with_user(self.env.ref("base.user_admin")),
            self.order.sudo().with_context(
                bypass_risk=True, bypass_confirm_gate=True, install_mode=True
            ),
        )

        for order in orders:
            with self.assertRaises(UserError):
                order.write({"state": "sale"})
            with self.assertRaises(UserError):
                order.state = "sale"

    def test_other_states_do_not_lead_around_it(self):
        self._block(self.order)
        self.order.action_cancel()

        with self.assertRaises(UserError):
            self.order.write({"state": "sale"})

    def test_values_written_together_with_the_state_count(self):
        """A change that blocks the order cannot ride along with its confirmation."""
        dear = self.env["res.partner"].create({"name": "Over the Limit"})

        def block_dear(orders):
            return {
                order.id: [("credit", "Over the limit.")]
                for order in orders
                if order.partner_id == dear and order.state != "sale"
            }

        self.patch(type(self.env["sale.order"]), "_confirm_blockers", block_dear)

        with self.assertRaises(UserError):
            self.order.write({"state": "sale", "partner_id": dear.id})
        with self.assertRaises(UserError):
            self.env["sale.order"].create({"partner_id": dear.id, "state": "sale"})
        with self.assertRaises(UserError):
            self.env["sale.order"].with_context(default_state="sale").create(
                {"partner_id": dear.id}
            )
        imported = self.env["sale.order"].load(
            ["partner_id/.id", "state"], [[str(dear.id), "sale"]]
        )
        self.assertFalse(imported["ids"])
        self.assertIn("Over the limit", imported["messages"][0]["message"])

    def test_orders_nothing_blocks_are_created_and_written_as_sales(self):
        created = self.env["sale.order"].create(
            {"partner_id": self.partner.id, "state": "sale"}
        )
        self.order.write({"state": "sale", "client_order_ref": "PO 7"})

        self.assertEqual(created.state, "sale")
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.order.client_order_ref, "PO 7")

    def test_hold_cannot_be_written_by_anyone(self):
        self._block(self.order)
        self.order.action_confirm()

        for user in (self.salesperson, self.env.ref("base.user_admin")):
            order = self.order.with_user(user)
            for values in (
                {"confirm_held": False},
                {"confirm_requested": True},
                {"confirm_hold_codes": ""},
                {"confirm_held_on": "2020-01-01"},
                {"confirm_requested_by": user.id},
            ):
                with self.assertRaises(AccessError):
                    order.write(values)
        with self.assertRaises(AccessError):
            self.env["sale.order"].create(
                {"partner_id": self.partner.id, "confirm_requested": True}
            )

    def test_hold_cannot_come_from_defaults_or_copies(self):
        self._block(self.order)
        self.order.action_confirm()

        created = (
            self.env["sale.order"]
            .with_context(default_confirm_held=True, default_confirm_requested=True)
            .create({"partner_id": self.partner.id})
        )

        self.assertFalse(created.confirm_held or created.confirm_requested)
        self.assertFalse(self.order.copy().confirm_held)

    def test_form_of_a_held_order_can_be_saved(self):
        self._block(self.order)
        self.order.action_confirm()

        with Form(self.order) as form:
            form.client_order_ref = "PO 8"

        self.assertTrue(self.order.confirm_held)
