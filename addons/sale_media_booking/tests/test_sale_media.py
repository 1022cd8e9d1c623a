from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.media_booking.tests.common import MediaCommon


@tagged("post_install", "-at_install")
class TestSaleMedia(MediaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "media_booking.group_media_{},sales_team.group_sale_salesman_all_leads"
        cls.seller, cls.other_seller = (
            new_test_user(
                cls.env,
                f"sale_media_{name}",
                groups=groups.format("user"),
                tz="Asia/Shanghai",
            )
            for name in ("seller", "other")
        )
        cls.salesperson = cls.seller
        cls.product = cls.env["product.product"].create(
            {
                "name": "Column, four weeks",
                "type": "service",
                "list_price": 9000,
                "invoice_policy": "order",
            }
        )
        cls.format.product_id = cls.product
        cls._switch_reviews_off()

    @classmethod
    def _switch_reviews_off(cls):
        """Let orders be confirmed whether reviews are installed or not."""
        if "review.flow" in cls.env:
            flows = cls.env["review.flow"].search([("model", "=", "sale.order")])
            flows.active = False

    def _order(self, *faces, user=None, **values):
        lines = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "media_face_id": face.id,
                    "media_date_from": self.start,
                    "media_date_to": self.end,
                    **values,
                }
            )
            for face in faces or (self.face,)
        ]
        orders = self.env["sale.order"].with_user(user or self.seller)
        return orders.create({"partner_id": self.customer.id, "order_line": lines})

    # === CONFIRMING === #

    def test_confirming_books(self):
        """ADV-05: what is held for the customer is booked on confirming."""
        hold = self._hold()
        order = self._order()
        order.action_confirm()

        self.assertEqual(order.state, "sale")
        self.assertEqual(hold.state, "booked")
        self.assertEqual(hold.sale_line_id, order.order_line)
        self.assertEqual(hold.amount, order.order_line.price_subtotal)
        self.assertEqual(order.order_line.media_state, "booked")
        self.assertIn("T-1-A", order.order_line.name)

    def test_unconfirmed_dates_hold_the_order(self):
        """ADV-05: a face that process control has not confirmed keeps the order."""
        order = self._order()
        order.action_confirm()

        self.assertEqual(order.state, "draft")
        self.assertEqual(order.confirm_hold_codes, "booking")
        self.assertIn("has not confirmed T-1-A", order.confirm_hold_reason)

    def test_taken_face_holds_the_order(self):
        """ADV-06: somebody else's hold keeps the order, named as far as it may be."""
        self._hold(user_id=self.colleague.id, partner_id=self.rival.id)
        order = self._order()
        order.action_confirm()

        self.assertEqual(order.state, "draft")
        self.assertIn("T-1-A is not free", order.confirm_hold_reason)
        self.assertNotIn("Lanshan", order.confirm_hold_reason)

    def test_dates_stay_in_the_window(self):
        """ADV-05: publication is not brought forward on the order."""
        self._hold()
        order = self._order(media_date_from=self.start - timedelta(days=3))
        order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.confirm_hold_codes, "booking")
        order.order_line.media_date_from = self.start + timedelta(days=3)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        booking = order.order_line.sudo().media_booking_ids
        self.assertEqual(booking.date_from, self.start + timedelta(days=3))

    def test_writing_the_state_books_too(self):
        """ADV-05: no way into the state of a sale goes past the booking."""
        hold = self._hold()
        order = self._order()
        order.write({"state": "sale"})
        self.assertEqual(hold.state, "booked")
        unheld = self._order(self.faces[1])
        with self.assertRaises(UserError):
            unheld.write({"state": "sale"})
        with self.assertRaises(UserError):
            self.env["sale.order"].with_user(self.seller).create(
                {
                    "partner_id": self.customer.id,
                    "state": "sale",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "media_face_id": self.faces[1].id,
                                "media_date_from": self.start,
                                "media_date_to": self.end,
                            }
                        )
                    ],
                }
            )

    def test_lapsed_hold_holds_the_order(self):
        """ADV-05: a hold that lapsed does not confirm anything."""
        hold = self._hold()
        order = self._order()
        order.order_line._media_hold()
        self._lapse(hold)
        order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertIn("lapsed", order.confirm_hold_reason)

    def test_all_faces_or_none(self):
        """ADV-06: an order of several faces is booked as a whole."""
        holds = self._hold(self.faces[0]) | self._hold(self.faces[1])
        order = self._order(*self.faces[:3])
        order.action_confirm()
        self.assertEqual(set(holds.mapped("state")), {"hold"})
        holds |= self._hold(self.faces[2])
        order.action_confirm()
        self.assertEqual(set(holds.mapped("state")), {"booked"})

    def test_one_hold_serves_one_line(self):
        """ADV-06: two lines cannot share the hold of one face."""
        self._hold()
        order = self._order(self.face, self.face)
        order.action_confirm()
        self.assertEqual(order.state, "draft")

    # === AFTERWARDS === #

    def test_amending_moves_or_is_refused(self):
        """ADV-05: the booking follows the line inside the window, nowhere else."""
        hold = self._hold()
        order = self._order()
        order.action_confirm()
        order.order_line.media_date_to = self.end - timedelta(days=5)
        self.assertEqual(hold.date_to, self.end - timedelta(days=5))
        with self.assertRaisesRegex(UserError, "confirmed"):
            order.order_line.media_date_to = self.end + timedelta(days=5)
        with self.assertRaises(UserError):
            order.order_line.media_face_id = self.faces[1]
        with self.assertRaises(UserError):
            order.order_line.media_face_id = False
        with self.assertRaises(UserError):
            order.order_line.media_slot_qty = 2

    def test_line_added_to_a_sale(self):
        """ADV-05: a face added to a confirmed order needs its hold like any other."""
        self._hold()
        order = self._order()
        order.action_confirm()
        values = {
            "order_id": order.id,
            "product_id": self.product.id,
            "media_face_id": self.faces[1].id,
            "media_date_from": self.start,
            "media_date_to": self.end,
        }
        lines = self.env["sale.order.line"].with_user(self.seller)
        with self.assertRaisesRegex(UserError, "has not confirmed"):
            lines.create(values)
        second = self._hold(self.faces[1])
        lines.create(values)
        self.assertEqual(second.state, "booked")

    def test_cancelling_gives_back(self):
        """ADV-05: cancelling an order frees its faces and promotes who waits."""
        hold = self._hold()
        option = self._option()
        order = self._order()
        order.action_confirm()
        order._action_cancel()
        self.assertEqual((hold.state, option.state), ("cancelled", "hold"))

    def test_posted_faces_are_taken_down_first(self):
        """ADV-05: an order whose pictures hang is not cancelled."""
        hold = self._hold(date_from=self.start - timedelta(days=40))
        order = self._order(media_date_from=hold.date_from)
        order.action_confirm()
        hold.with_user(self.control).action_post()
        with self.assertRaisesRegex(UserError, "take it down"):
            order._action_cancel()

    # === QUOTATIONS === #

    def test_quotation_holds(self):
        """ADV-03: a quotation takes the customer's holds, others are asked for."""
        hold = self._hold()
        order = self._order()
        order.action_media_hold()
        self.assertEqual(hold.sale_line_id, order.order_line)
        self.assertEqual(order.media_hold_until, hold.hold_until)
        other = self._order(self.faces[1])
        with self.assertRaises(AccessError):
            other.action_media_hold()
        other.with_user(self.control).sudo().order_line._media_hold()
        self.assertEqual(other.order_line.media_state, "hold")
        order.sudo().unlink()
        self.assertEqual(hold.state, "released")

    def test_picker(self):
        """ADV-06: free faces are found by the board's search and put on the order."""
        hold = self._hold(self.faces[1])
        self._book(self.faces[0])
        order = self._order(self.faces[3])
        picker = self.env["sale.media.picker"].with_user(self.seller)
        with Form(picker.with_context(default_order_id=order.id)) as form:
            form.date_from, form.date_to = self.start, self.end
            form.format_ids.add(self.format)
            free = self.env["media.face"].browse(form.free_face_ids.ids)
            self.assertEqual(free & self.faces, self.faces[2:])
            form.face_ids.add(self.faces[2])
        form.record.action_apply()
        line = order.order_line[-1]
        self.assertEqual(line.media_face_id, self.faces[2])
        self.assertEqual(hold.state, "hold")

    def test_rate_card_prices_the_line(self):
        """ADV-05: the rate card gives the price of the period."""
        self.env["media.rate"].create(
            {"face_id": self.face.id, "unit": "day", "price": 100, "min_days": 1}
        )
        line = self._order().order_line
        self.assertEqual(line.price_unit, 3000)

    def test_order_without_media_is_untouched(self):
        """ADV-05: orders of other goods pass as before."""
        order = (
            self.env["sale.order"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
        )
        self.assertNotIn(
            "booking",
            [code for code, _text in order._confirm_blockers().get(order.id, [])],
        )
