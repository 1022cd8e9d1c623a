from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestTotals(GateCommon):
    def _check_all(self):
        """Let a check rely on the totals of every order, as modules with a rule do."""
        self.patch(
            type(self.env["sale.order"]), "_confirm_is_checked", lambda _order: True
        )

    def test_totals_are_not_written(self):
        """ORD-13: no check is fooled by a total that its lines do not give."""
        self._check_all()
        total = self.order.amount_total

        for vals in ({"amount_total": 1.0}, {"currency_rate": 1e9}):
            with self.assertRaises(AccessError):
                self.order.write(vals)
        for vals in (
            {"price_subtotal": 1.0},
            {"price_total": 1.0},
            {"invoice_lines": [Command.clear()]},
        ):
            with self.assertRaises(AccessError):
                self.order.order_line.write(vals)

        self.assertEqual(self.order.amount_total, total)

    def test_totals_are_not_given_at_creation(self):
        self._check_all()
        values = {"partner_id": self.partner.id}
        line = Command.create({"product_id": self.product.id, "price_subtotal": 1.0})

        for vals in ({"amount_total": 1.0}, {"order_line": [line]}):
            with self.assertRaises(AccessError):
                self.env["sale.order"].with_user(self.salesperson).create(
                    {**values, **vals}
                )

    def test_lines_still_change_the_totals(self):
        self._check_all()
        self.order.order_line[:1].price_unit += 10.0
        self.assertEqual(
            self.order.amount_total, sum(self.order.order_line.mapped("price_total"))
        )

    def test_another_company_checks_a_confirmed_order_again(self):
        """ORD-13: an order confirmed where nothing is checked brings no pass along."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.env["sale.order"].create({"partner_id": self.partner.id})
        order.action_confirm()
        self._block(order)
        # What else of the order belongs to the company is not the point.
        self.patch(type(order), "_check_company", lambda *_args, **_kwargs: None)

        with self.assertRaisesRegex(UserError, "release"):
            order.write({"company_id": other.id})

    def test_readers_do_not_ask_for_the_confirmation(self):
        """ORD-13: whoever may only read an order cannot have the system confirm it."""
        self._block(self.order)
        portal = new_test_user(self.env, "gate_reader", groups="base.group_portal")
        self.order.sudo().partner_id = portal.partner_id
        order = self.order.with_user(portal)
        self.assertTrue(order.name)

        with self.assertRaises(AccessError):
            order.action_confirm()

        self.assertFalse(self.order.confirm_requested)
        self.assertNotIn("confirm_hold_reason", order.fields_get())
