from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseSteps(DeliveryCommon):
    """TRD-12: in several steps the first one that draws the goods is signed."""

    def _run(self, steps, quantity=5):
        """Have the warehouse deliver in steps and return the first transfer."""
        self.warehouse.delivery_steps = steps
        reference = self.env["stock.reference"].create({"name": "Order"})
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    self.sprayer,
                    quantity,
                    self.sprayer.uom_id,
                    self.outside,
                    "Order",
                    "Order",
                    self.company,
                    {
                        "warehouse_id": self.warehouse,
                        "reference_ids": reference,
                        "location_final_id": self.outside,
                        "partner_id": self.customer.id,
                    },
                )
            ]
        )
        moves = self.env["stock.move"].search([("reference_ids", "in", reference.ids)])
        moves.picking_id.action_assign()
        return moves.picking_id

    def _get_next(self, picking):
        return picking.move_ids.move_dest_ids.picking_id

    def test_pick_waits_and_ship_follows(self):
        pick = self._run("pick_ship")
        self.assertEqual(pick.picking_type_id, self.warehouse.pick_type_id)
        self.assertTrue(pick.release_needed)
        with self.assertRefused():
            self._call(pick, "button_validate")
        self._sign(pick)
        self._ship(pick)
        ship = self._get_next(pick)
        self.assertFalse(ship.release_needed)
        self._ship(ship)
        self.assertEqual((ship.state, self._get_stock()), ("done", 5))

    def test_three_steps_one_signature(self):
        pick = self._run("pick_pack_ship")
        self._sign(pick)
        for _step in range(3):
            self._ship(pick)
            self.assertEqual(pick.state, "done")
            pick = self._get_next(pick)

    def test_ship_takes_no_more_than_was_picked(self):
        """OCM-65: nothing is added between the steps."""
        pick = self._run("pick_ship")
        self._sign(pick)
        self._ship(pick, 3)
        ship = self._get_next(pick)
        output = self.warehouse.wh_output_stock_loc_id
        self.env["stock.quant"]._update_available_quantity(self.sprayer, output, 9)
        self._call(ship.move_ids, "write", {"quantity": 4, "picked": True})
        with self.assertRefused("4.* would leave, 3"):
            self._call(ship, "button_validate")

    def test_unsigned_pick_makes_the_ship_sign(self):
        """A pick from before the release is no signature."""
        self.company.delivery_release = False
        pick = self._run("pick_ship")
        self._ship(pick)
        self.company.delivery_release = True
        ship = self._get_next(pick)
        self.assertTrue(ship.release_needed)
        with self.assertRefused():
            self._call(ship, "button_validate")
        self._sign(ship)
        self._ship(ship)
        self.assertEqual(ship.state, "done")

    def test_forged_origin_is_no_signature(self):
        """A delivery that claims to follow a signed one gets nothing more."""
        signed = self._create_signed(5)
        self._ship(signed)
        other = self._create_delivery(2)
        self._call(
            other.move_ids, "write", {"move_orig_ids": [(6, 0, signed.move_ids.ids)]}
        )
        other.move_ids.write({"quantity": 2, "picked": True})
        with self.assertRefused("."):
            self._call(other, "button_validate")
        self.assertEqual(self._get_stock(), 5)

    def test_signed_for_one_customer_is_not_for_another(self):
        """TRD-12: what was drawn for one customer does not leave for another."""
        pick = self._run("pick_ship")
        self._sign(pick)
        self._ship(pick)
        ship = self._get_next(pick)
        other = self.env["res.partner"].create({"name": "Somebody Else"})
        self._call(ship, "write", {"partner_id": other.id})
        self.assertTrue(ship.release_needed)
        with self.assertRefused():
            self._call(ship, "button_validate")
