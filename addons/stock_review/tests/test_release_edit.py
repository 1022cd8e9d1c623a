from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseEdit(DeliveryCommon):
    """OCM-65: what leaves is what was signed, never more."""

    def test_larger_demand_needs_another_signature(self):
        picking = self._create_signed(5)
        self._call(picking.move_ids, "write", {"product_uom_qty": 6})
        self.assertEqual(picking.review_state, "none")
        with self.assertRefused():
            self._call(picking, "button_validate")

    def test_more_than_signed_is_refused(self):
        """OCM-65: no over-shipment."""
        picking = self._create_signed(5)
        self._call(picking.move_ids, "write", {"quantity": 6, "picked": True})
        with self.assertRefused("6.* would leave, 5"):
            self._call(picking, "button_validate")
        self._assert_kept(picking)

    def test_other_goods_are_refused(self):
        """OCM-65: no wrong shipment."""
        picking = self._create_signed(5)
        self.env["stock.move.line"].with_user(self.keeper).create(
            {
                "picking_id": picking.id,
                "product_id": self.paint.id,
                "location_id": self.stock.id,
                "location_dest_id": self.outside.id,
                "quantity": 1,
                "picked": True,
            }
        )
        with self.assertRefused():
            self._call(picking, "button_validate")

    def test_other_address_needs_another_signature(self):
        picking = self._create_signed(5)
        other = self.env["res.partner"].create({"name": "Somebody else"})
        self._call(picking, "write", {"partner_id": other.id})
        self.assertEqual(picking.review_state, "none")

    def test_new_date_keeps_the_signature(self):
        picking = self._create_signed(5)
        self._call(picking, "write", {"scheduled_date": "2030-01-02 08:00:00"})
        self.assertEqual(picking.review_state, "approved")

    def test_backorder_needs_its_own_signature(self):
        """TRD-12: a part leaves under the signature, the rest asks again."""
        picking = self._create_signed(5)
        self._ship(picking, 2)
        self.assertEqual((picking.state, self._get_stock()), ("done", 8))
        self.assertEqual(picking.review_state, "approved")
        rest = self.env["stock.picking"].search([("backorder_id", "=", picking.id)])
        self.assertEqual((rest.review_state, rest.release_needed), ("none", True))
        with self.assertRefused():
            self._call(rest, "button_validate")
        self._sign(rest)
        self._ship(rest)
        self.assertEqual(self._get_stock(), 5)

    def test_backorder_keeps_its_date(self):
        """What stays behind is planned for its own day, as without the release."""
        soon, later = "2030-01-05 00:00:00", "2030-01-10 00:00:00"
        picking = self._create_delivery(
            1,
            move_ids=[
                Command.create(self._prepare_move(1, date=soon)),
                Command.create(self._prepare_move(1, self.paint, date=later)),
            ],
        )
        self._sign(picking)
        picking.move_ids[0].date, picking.move_ids[1].date = soon, later
        picking.move_ids[0].quantity, picking.move_ids[1].quantity = 1, 0
        self._ship(picking)
        rest = self.env["stock.picking"].search([("backorder_id", "=", picking.id)])
        dates = [str(picking.scheduled_date), str(rest.scheduled_date)]
        self.assertEqual(dates, [soon, later])

    def test_part_without_backorder(self):
        picking = self._create_signed(5)
        self._ship(picking, 2, backorder=False)
        self.assertEqual((picking.state, self._get_stock()), ("done", 8))

    def test_done_quantity_stays_within_the_signature(self):
        """OCM-65: a correction after the shipment takes out no more than signed."""
        picking = self._create_signed(5)
        self._ship(picking)
        line = picking.move_ids.move_line_ids
        self._call(line, "write", {"quantity": 3})
        self.assertEqual(self._get_stock(), 7)
        self._call(line, "write", {"quantity": 5})
        with self.assertRefused("6.* would leave, 5"):
            self._call(line, "write", {"quantity": 6})
        with self.assertRefused("6.* would leave, 5"):
            self._call(picking.move_ids, "write", {"quantity": 6})
        with self.assertRefused("cannot change"):
            self._call(picking.move_ids, "write", {"product_uom_qty": 6})
        self.assertEqual(self._get_stock(), 5)

    def test_line_added_to_a_closed_delivery(self):
        picking = self._create_signed(5)
        self._ship(picking)
        for product in (self.sprayer, self.paint):
            with self.assertRefused(".", UserError):
                self.env["stock.move.line"].with_user(self.keeper).create(
                    {
                        "picking_id": picking.id,
                        "product_id": product.id,
                        "location_id": self.stock.id,
                        "location_dest_id": self.outside.id,
                        "quantity": 1,
                    }
                )

    def test_move_smuggled_into_a_signed_delivery(self):
        signed, other = self._create_signed(1), self._create_delivery(5)
        self._call(other.move_ids, "write", {"picking_id": signed.id})
        self.assertEqual(signed.review_state, "none")

    def test_split_withdraws_the_signature(self):
        picking = self._create_signed(5)
        picking.move_ids.quantity = 2
        picking.action_split_transfer()
        self.assertEqual(picking.review_state, "none")

    def test_cancelled_delivery_loses_its_review(self):
        picking = self._create_delivery(5)
        picking.with_user(self.desk).review_submit()
        picking.action_cancel()
        self.assertEqual(picking.review_state, "none")

    def test_old_deliveries_are_not_enlarged(self):
        """A delivery from before the release keeps what it took, and no more."""
        self.company.delivery_release = False
        picking = self._create_delivery(5)
        self._ship(picking)
        self.company.delivery_release = True
        line = picking.move_ids.move_line_ids
        self._call(line, "write", {"quantity": 4})
        with self.assertRefused("without a signature"):
            self._call(line, "write", {"quantity": 6})

    def test_draft_with_command_lines(self):
        picking = self._create_signed(5)
        move = Command.create(self._prepare_move(1, self.paint))
        self._call(picking, "write", {"move_ids": [move]})
        self.assertEqual(picking.review_state, "none")
