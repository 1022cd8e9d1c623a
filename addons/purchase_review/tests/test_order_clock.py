from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.purchase_review.tests.common import PurchaseReviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestOrderClock(PurchaseReviewCommon):
    def _find_clock(self, order, code):
        return self.env["deadline.clock"].search(
            [
                ("res_model", "=", "purchase.order"),
                ("res_id", "=", order.id),
                ("limit_id.code", "=", code),
            ],
            order="id desc",
            limit=1,
        )

    def test_supplier_is_contacted_before_the_arrival(self):
        """OCM-52: five working days before, the buyer calls the supplier."""
        order = self._create_confirmed_order()
        clock = self._find_clock(order, "purchase_supplier_contact")
        self.assertEqual((clock.state, clock.user_id), ("running", self.buyer))
        self.assertLess(clock.due_at, order.date_planned)
        days = (order.date_planned - clock.due_at).days
        self.assertIn(days, range(5, 12))

        order.action_supplier_contacted()

        self.assertEqual(clock.state, "met")
        self.assertEqual(order.supplier_contacted_by_id, self.buyer)

    def test_no_call_where_there_is_no_time_for_it(self):
        """OCM-52: goods that arrive tomorrow start no clock that is late already."""
        order = self._create_order()
        order.order_line.date_planned = "2026-03-03 02:00:00"
        order.review_submit()
        for user in (self.head, self.department_manager, self.checker):
            self._approve(order, user)
        order.button_confirm()
        self.assertFalse(self._find_clock(order, "purchase_supplier_contact"))

    def test_cancelled_order_needs_no_call(self):
        """OCM-52: the clock ends with the order."""
        order = self._create_confirmed_order()
        order.sudo().button_cancel()
        clock = self._find_clock(order, "purchase_supplier_contact")
        self.assertEqual(clock.state, "cancelled")

    def test_delay_is_reported_to_the_head(self):
        """OCM-53: a later arrival is reported within half an hour; the call moves."""
        order = self._create_confirmed_order()
        before = self._find_clock(order, "purchase_supplier_contact")
        order.order_line.date_planned = fields.Datetime.add(order.date_planned, days=14)

        self.assertTrue(order.delay_to_report)
        clock = self._find_clock(order, "purchase_delay_report")
        self.assertEqual(clock.state, "running")
        after = self._find_clock(order, "purchase_supplier_contact")
        self.assertEqual((before.state, after.state), ("cancelled", "running"))
        self.assertGreater(after.due_at, before.due_at)

        order.action_report_delay()

        self.assertEqual(clock.state, "met")
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.head.partner_id.ids)], limit=1
        )
        self.assertIn(self.vendor.name, message.body)
        with self.assertRaises(UserError):
            order.action_report_delay()

    def test_limits_are_data(self):
        """OCM-52..54, TRD-08: the time limits of purchasing are records."""
        codes = self.env["deadline.limit"].search([]).mapped("code")
        for code in (
            "purchase_supplier_contact",
            "purchase_delay_report",
            "purchase_dispatch_call",
            "vendor_bill_due",
        ):
            self.assertIn(code, codes)
