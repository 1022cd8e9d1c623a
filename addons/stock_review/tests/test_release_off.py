from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseOff(DeliveryCommon):
    """Off means untouched."""

    def test_without_the_switch(self):
        self.company.delivery_release = False
        picking = self._create_delivery()
        self.assertFalse(picking.release_needed)
        self._ship(picking)
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.deadline_at)

    def test_type_without_the_tick(self):
        """The company ticks the types that need a signature."""
        self.warehouse.out_type_id.release_required = False
        picking = self._create_delivery()
        self._ship(picking)
        self.assertEqual(picking.state, "done")
        self.assertFalse(self.warehouse.in_type_id.release_required)

    def test_other_companies_are_free(self):
        other = self.env["res.company"].create({"name": "Another House"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        self.assertFalse(other.delivery_release)
        self.env["stock.quant"]._update_available_quantity(
            self.sprayer, warehouse.lot_stock_id, 5
        )
        values = self._prepare_move(
            location_id=warehouse.lot_stock_id.id, company_id=other.id
        )
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.outside.id,
                "company_id": other.id,
                "move_ids": [(0, 0, values)],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_switch_keeps_the_flow(self):
        flow = self.flow
        self.company.delivery_release = False
        self.company.delivery_release = True
        self.assertTrue(flow.active)
        self.assertEqual(
            self.env["review.flow"]._get_flow("stock.picking", self.company), flow
        )
