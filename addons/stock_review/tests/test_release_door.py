from odoo.fields import Command
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseDoor(DeliveryCommon):
    """TRD-12: every way that takes goods out meets the gate."""

    def test_every_reason_at_once(self):
        """OCM-64: a refusal names every delivery and every reason."""
        first, second = self._create_delivery(2), self._create_delivery(3)
        second.move_ids.quantity = 4
        with self.assertRefused(f"(?s){first.name}.*{second.name}.*4.* 3"):
            self._call(first | second, "button_validate")

    def test_methods_of_the_server(self):
        """TRD-12: code that skips the button meets the same gate."""
        picking = self._create_delivery()
        picking.move_ids.picked = True
        for act in (
            picking._action_done,
            picking.move_ids._action_done,
            picking.move_ids.move_line_ids._action_done,
            picking.sudo().move_ids._action_done,
        ):
            with self.assertRefused():
                act()
        self._assert_kept(picking)

    def test_backorder_wizard(self):
        """TRD-12: the backorder dialog is no way around."""
        picking = self._create_delivery()
        picking.move_ids.write({"quantity": 2, "picked": True})
        wizard = (
            self.env["stock.backorder.confirmation"]
            .with_user(self.keeper)
            .create(
                {
                    "pick_ids": [Command.set(picking.ids)],
                    "backorder_confirmation_line_ids": [
                        Command.create({"picking_id": picking.id, "to_backorder": True})
                    ],
                }
            )
            .with_context(button_validate_picking_ids=picking.ids)
        )
        for act in (wizard.process, wizard.process_cancel_backorder):
            with self.assertRefused():
                act()

    def test_context_keys(self):
        picking = self._create_delivery()
        keys = {
            "skip_sanity_check": True,
            "skip_backorder": True,
            "cancel_backorder": True,
            "is_scrap": True,
            "review_revision": 1,
        }
        with self.assertRefused():
            picking.with_context(**keys).button_validate()

    def test_state_written(self):
        """TRD-12: no state written over RPC takes goods out."""
        picking = self._create_delivery()
        with self.assertRefused():
            self._call(picking, "write", {"state": "done"})
        with self.assertRefused("without a signature"):
            self._call(picking.move_ids, "write", {"state": "done", "picked": True})

    def test_move_created_done(self):
        values = self._prepare_move(state="done", picked=True)
        picking = self._create_delivery()
        line = {
            "product_id": self.sprayer.id,
            "location_id": self.stock.id,
            "location_dest_id": self.outside.id,
            "quantity": 5,
        }
        for extra in ({"picking_id": picking.id}, {}):
            with self.assertRefused("."):
                self.env["stock.move"].with_user(self.keeper).create(
                    {**values, **extra, "move_line_ids": [Command.create(line)]}
                )
        self._assert_kept(picking)

    def test_line_created_done(self):
        """TRD-12: a line that claims to be done moves nothing."""
        picking = self._create_delivery(5)
        line = (
            self.env["stock.move.line"]
            .with_user(self.keeper)
            .create(
                {
                    "move_id": picking.move_ids.id,
                    "picking_id": picking.id,
                    "product_id": self.sprayer.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.outside.id,
                    "quantity": 3,
                    "state": "done",
                }
            )
        )
        self._assert_kept(picking)
        with self.assertRefused():
            self._call(line, "write", {"state": "done", "quantity": 4})
            line.invalidate_recordset()
            self._assert_kept(picking)
            self._call(picking, "button_validate")

    def test_internal_transfer_turned_outwards(self):
        """TRD-12: goods moved elsewhere and sent out afterwards meet the gate."""
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.view_location_id.id}
        )
        picking = self._create_delivery(
            picking_type_id=self.warehouse.int_type_id.id,
            location_dest_id=shelf.id,
            move_ids=[Command.create(self._prepare_move(location_dest_id=shelf.id))],
        )
        self._ship(picking)
        self.assertEqual(picking.state, "done")
        outwards = {"location_dest_id": self.outside.id}
        with self.assertRefused("without a signature"):
            self._call(picking.move_ids.move_line_ids, "write", outwards)
        with self.assertRefused("without a signature"):
            self._call(picking.move_ids, "write", outwards)

    def test_another_type_is_no_way_around(self):
        picking = self._create_delivery(picking_type_id=self.warehouse.int_type_id.id)
        with self.assertRefused():
            self._call(picking, "button_validate")

    def test_move_without_delivery(self):
        move = self.env["stock.move"].create(self._prepare_move(quantity=1))
        move._action_confirm()
        move.write({"quantity": 1, "picked": True})
        with self.assertRefused("Create a delivery"):
            move._action_done()

    def test_returns_receipts_and_scrap_are_free(self):
        """Off this way: what comes back, what arrives, what is thrown away."""
        picking = self._create_signed(5)
        self._ship(picking)
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.keeper)
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        self._ship(back)
        self.assertEqual(back.state, "done")
        self.assertEqual(self._get_stock(), 7)
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.sprayer.id,
                "scrap_qty": 1,
                "location_id": self.stock.id,
                "company_id": self.company.id,
            }
        )
        scrap.action_validate()
        self.assertEqual(self._get_stock(), 6)
