from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSalesOnly(SettlementCommon):
    """A salesperson without stock rights sells as before."""

    def test_confirm_amend_and_cancel(self):
        """SOM-05: the order reaches the store whoever confirms it."""
        order = self._create_sale("monthly")
        self.env.invalidate_all()
        picking = order.sudo().picking_ids
        self.assertTrue(picking.release_needed)
        self._call(
            order.order_line, "write", {"product_uom_qty": 6}, user=order.env.user
        )
        self.assertEqual(picking.move_ids.product_uom_qty, 6)

        self._call(order, "action_cancel", user=order.env.user)

        self.assertEqual((order.state, picking.state), ("cancel", "cancel"))

    def test_larger_order_withdraws_the_signature(self):
        """OCM-65: what was added to the order was not signed."""
        order = self._create_sale("monthly")
        picking = self._get_delivery(order)
        self._sign(picking)
        self._call(
            order.order_line, "write", {"product_uom_qty": 6}, user=order.env.user
        )
        self.assertEqual(picking.review_state, "none")

    def test_cancel_under_review(self):
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        self._hold(picking)
        self._call(order, "action_cancel", user=order.env.user)
        self.assertEqual(picking.state, "cancel")
        self.assertFalse(picking.release_held)

    def test_reasons_reach_who_may_not_read_orders(self):
        order = self._create_sale("prepayment")
        picking = self._get_delivery(order)
        self.assertFalse(order.with_user(self.desk).has_access("read"))
        with self.assertRefused("is prepaid"):
            self._call(picking, "review_submit", user=self.desk)
        self.env.invalidate_all()
        picking.with_user(self.desk).read(["release_needed", "cash_is_due"])
