from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestPrepaidDelivery(SettlementCommon):
    """SOM-10: delivery is blocked for prepayment customers without payment."""

    def test_waits_for_the_confirmed_money(self):
        """OCM-64: no shipping notice before the money is in place."""
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        self._assert_blocked(picking, f"{order.name} is prepaid.*500.* is missing")
        self._pay(order, 499.99)
        self._assert_blocked(picking, "0.01.* is missing")

        self._pay(order, 0.01)
        self._sign(picking)
        self._ship(picking)

        self.assertEqual((picking.state, self._get_stock()), ("done", 45))

    def test_held_until_the_money_arrives(self):
        """OCM-64: held with the reason; who asked hears when the money is there."""
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        picking.scheduled_date = fields.Datetime.now() + timedelta(days=9)
        self.assertEqual(self._hold(picking), "prepayment")
        self.assertIn(order.name, picking.release_hold_reason)
        cron = self.env.ref("stock_review.ir_cron_release")
        triggers = self.env["ir.cron.trigger"]
        known = triggers.search([("cron_id", "=", cron.id)])

        self._pay(order, 500)

        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]) - known)
        self._recheck(picking)
        self.assertFalse(picking.release_held)
        message = self.env["mail.message"].search(
            [("res_id", "=", picking.id), ("body", "ilike", "can be requested")],
            limit=1,
        )
        self.assertIn(self.desk.partner_id, message.partner_ids)

    def test_money_taken_back_after_the_signature(self):
        """SOM-10: a receipt that turned out wrong holds the signed delivery."""
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        receipt = self._pay(order, 500)
        self._sign(picking)
        receipt._reverse(note="Bounced")
        with self.assertRefused("500.* is missing"):
            self._call(picking, "button_validate")
        self._recheck(picking)
        self.assertEqual(picking.release_hold_codes, "prepayment")

    def test_share_in_advance_covers_its_share_of_goods(self):
        """SOM-09: with half in advance half the goods leave, not all of them."""
        self.env.user.group_ids += self.env.ref("sales_team.group_sale_manager")
        order = self._create_sale("prepayment", (10,))
        order.sudo().write({"require_payment": True, "prepayment_percent": 0.5})
        self._pay(order, 500)
        first, second = self._split_off(self._get_delivery(order), 5)
        self._sign(first, second)
        with self.assertRefused(f"{second.name}(?s:.*)1,000.*500"):
            self._call(first | second, "button_validate")
        self._ship(first)
        with self.assertRefused("500.* is missing"):
            self._call(second, "button_validate")
        self._pay(order, 500)
        self._ship(second)
        self.assertEqual(self._get_stock(), 40)

    def test_lines_added_later_are_paid_first(self):
        order = self._create_sale("prepayment")
        self._pay(order, 500)
        picking = self._get_delivery(order)
        order.sudo().order_line.product_uom_qty = 7
        picking.action_assign()
        self._assert_blocked(picking, "200.* is missing")

    def test_pick_step_waits_for_the_money(self):
        """SOM-10: in two steps the goods are not even drawn."""
        self.warehouse.delivery_steps = "pick_ship"
        order = self._create_sale("prepayment")
        pick = self._get_delivery(order)
        self._assert_blocked(pick, "is prepaid")
        self._pay(order, 500)
        self._sign(pick)
        self._ship(pick)
        ship = pick.move_ids.move_dest_ids.picking_id
        self._ship(ship)
        self.assertEqual(ship.state, "done")

    def test_link_to_the_order_is_signed_for(self):
        """SOM-10: goods cannot be cut off from their order."""
        order = self._create_sale("prepayment")
        self._pay(order, 500)
        picking = self._get_delivery(order)
        self._sign(picking)
        self._call(picking.move_ids, "write", {"sale_line_id": False})
        self.assertEqual(picking.review_state, "none")
        with self.assertRefused():
            self._call(picking, "button_validate")

    def test_returned_goods_make_room(self):
        self.env.user.group_ids += self.env.ref("sales_team.group_sale_manager")
        order = self._create_sale("prepayment", (5,))
        self._pay(order, 500)
        picking = self._get_delivery(order)
        self._sign(picking)
        self._ship(picking)
        self.assertEqual(order.sudo()._get_moved_value(), 500)
        back = picking.sudo().copy(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.outside.id,
                "location_dest_id": self.stock.id,
            }
        )
        back.move_ids.write(
            {
                "location_id": self.outside.id,
                "location_dest_id": self.stock.id,
                "product_uom_qty": 2,
                "sale_line_id": order.order_line.id,
            }
        )
        back.action_confirm()
        self._ship(back)
        self.assertEqual(order.sudo()._get_moved_value(), 300)

    def test_off_is_off(self):
        """Without the release, prepayment holds no delivery."""
        self.company.delivery_release = False
        picking = self._get_delivery(self._create_sale("prepayment"))
        self._ship(picking)
        self.assertEqual(picking.state, "done")
