from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseSignature(DeliveryCommon):
    """Who requests, who signs, and what the store is told."""

    def test_goods_leave_after_the_signature_only(self):
        """TRD-12: the supervisor's signature comes before the goods are drawn."""
        picking = self._create_delivery()
        self.assertTrue(picking.release_needed)
        with self.assertRefused("needs a review"):
            self._call(picking, "button_validate")
        self._assert_kept(picking)

        self._sign(picking)
        self._ship(picking)

        self.assertEqual(picking.state, "done")
        self.assertEqual(self._get_stock(), 5)

    def test_the_release_is_the_shipping_notice(self):
        """OCM-63: who released when; the store is told, the slip shows it."""
        picking = self._create_delivery()
        self._sign(picking)

        self.assertEqual(picking.released_by, self.supervisor)
        self.assertTrue(picking.released_on)
        told = self.env["mail.message"].search(
            [("model", "=", "stock.picking"), ("res_id", "=", picking.id)]
        )
        notice = told.filtered(lambda message: "Shipping notice" in message.body)
        self.assertIn(self.keeper.partner_id, notice.partner_ids)
        html = self.env["ir.qweb"]._render(
            "stock.report_deliveryslip", {"docs": picking.sudo()}
        )
        self.assertIn(self.supervisor.name, str(html))

    def test_an_unsigned_slip_says_so(self):
        picking = self._create_delivery()
        html = self.env["ir.qweb"]._render(
            "stock.report_deliveryslip", {"docs": picking.sudo()}
        )
        self.assertIn('name="release_missing"', str(html))

    def test_the_storekeeper_signs_nothing(self):
        picking = self._create_delivery()
        picking.with_user(self.desk).review_submit()
        with self.assertRefused(".", AccessError):
            self._call(picking, "review_approve", 1)
        with self.assertRefused(".", AccessError):
            self._call(picking, "review_approve", 1, user=self.desk)
        self._call(picking, "review_approve", 1, user=self.supervisor)
        self.assertEqual(picking.review_state, "approved")

    def test_who_draws_or_requests_does_not_sign(self):
        """TRD-12: the signature is another person's."""
        self.keeper.group_ids += self.env.ref("stock_review.group_delivery_supervisor")
        picking = self._create_delivery(user_id=self.keeper.id)
        picking.with_user(self.desk).review_submit()
        with self.assertRefused(".", AccessError):
            self._call(picking, "review_approve", 1)

    def test_a_rejected_delivery_stays(self):
        picking = self._create_delivery()
        picking.with_user(self.desk).review_submit()
        picking.with_user(self.supervisor).review_reject(1, "Wrong address")
        with self.assertRefused("Wrong address"):
            self._call(picking, "button_validate")

    def test_marks_of_the_release_cannot_be_forged(self):
        picking = self._create_delivery()
        for values in (
            {"review_state": "approved"},
            {"release_held": True},
            {"release_hold_codes": "x"},
            {"release_requested_by": self.keeper.id},
        ):
            with self.assertRefused(".", AccessError):
                self._call(picking, "write", values)

    def test_receipts_cannot_be_submitted(self):
        receipt = self._create_delivery(
            picking_type_id=self.warehouse.in_type_id.id,
            location_id=self.env.ref("stock.stock_location_suppliers").id,
            location_dest_id=self.stock.id,
            move_ids=[],
            confirm=False,
        )
        self.assertFalse(receipt.release_needed)
        with self.assertRefused("needs no signature"):
            self._call(receipt, "review_submit")

    def test_lists_show_what_needs_a_signature(self):
        picking, signed = self._create_delivery(1), self._create_signed(1)
        found = self.env["stock.picking"].search(
            [("release_needed", "=", True), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(found, picking.sudo() | signed.sudo())
        self.assertTrue(picking.with_user(self.supervisor).read(["name"]))
