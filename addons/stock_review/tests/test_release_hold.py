from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestReleaseHold(DeliveryCommon):
    """Held deliveries, their reasons and their clocks."""

    def _block(self, picking, reasons):
        """Have something stand against the release."""
        model = type(self.env["stock.picking"])
        answer = {picking.id: reasons} if reasons else {}
        return patch.object(model, "_release_blockers", lambda _pickings: answer)

    def _recheck(self, picking):
        """Look at the delivery again, as the system does."""
        self.env["stock.picking"].browse(picking.id)._release_recheck()
        self.env.invalidate_all()

    def _clocks(self, picking, code):
        return self.env["deadline.clock"].search(
            [
                ("res_model", "=", "stock.picking"),
                ("res_id", "=", picking.id),
                ("limit_id.code", "=", code),
            ]
        )

    def test_goods_not_in_stock_are_not_requested(self):
        """OCM-64: the actual stock is checked before the notice."""
        picking = self._create_delivery(12)
        with self.assertRefused("2.*not in stock"):
            self._call(picking, "review_submit", user=self.desk)

        answer = self._call(picking, "action_release_request", user=self.desk)

        self.assertIn("not in stock", answer["params"]["message"])
        self.assertEqual(picking.release_hold_codes, "stock")
        self.assertEqual(picking.release_requested_by, self.desk)

    def test_held_with_reason_and_clock_until_free(self):
        """OCM-68: what cannot leave is reported on the same day."""
        picking = self._create_delivery()
        with self._block(picking, [("money", "No money."), ("contract", "None.")]):
            with self.assertRefused(r"(?s)No money\..*None\."):
                self._call(picking, "review_submit", user=self.desk)
            self._call(picking, "action_release_request", user=self.desk)
        self.assertEqual(picking.release_hold_reason, "No money.\nNone.")
        self.assertTrue(picking.release_held_on)
        self.assertEqual(self._clocks(picking, "shipment_report").state, "running")
        self.assertTrue(picking.deadline_at)

        picking.scheduled_date = fields.Datetime.now() + timedelta(days=9)
        self._recheck(picking)

        self.assertFalse(picking.release_held)
        self.assertEqual(self._clocks(picking, "shipment_report").state, "met")
        message = self.env["mail.message"].search(
            [("res_id", "=", picking.id), ("body", "ilike", "can be requested")],
            limit=1,
        )
        self.assertIn(self.desk.partner_id, message.partner_ids)

    def test_a_signed_delivery_is_refused_with_the_reason(self):
        """OCM-64: what stands against it counts after the signature as well."""
        picking = self._create_signed()
        with self._block(picking, [("money", "Pay first.")]):
            with self.assertRefused("Pay first"):
                self._call(picking, "button_validate")
            self._recheck(picking)
        self.assertEqual(picking.release_hold_codes, "money")
        self._recheck(picking)
        message = self.env["mail.message"].search(
            [("res_id", "=", picking.id), ("body", "ilike", "it may leave")], limit=1
        )
        self.assertIn(self.keeper.partner_id, message.partner_ids)

    def test_unsigned_delivery_past_its_day_is_held(self):
        picking = self._create_delivery()
        picking.scheduled_date = fields.Datetime.now() - timedelta(hours=1)
        self._recheck(picking)
        self.assertEqual(picking.release_hold_codes, "signature")
        held = self.env["stock.picking"].search([("release_held", "=", True)])
        self.assertIn(picking.sudo(), held)
        self._sign(picking)
        self.assertFalse(picking.release_held)

    def test_reasons_are_written_for_who_reads_them(self):
        """OCM-64: the system keeps its reasons in the language of the company."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        picking = self._create_delivery()
        languages = []

        def answer(pickings):
            languages.append(pickings.env.lang)
            return {}

        with patch.object(type(picking), "_release_blockers", answer):
            self._recheck(picking)
        self.assertEqual(set(languages), {"zh_CN"})

    def test_cron_looks_at_what_should_have_left(self):
        picking = self._create_delivery()
        picking.scheduled_date = fields.Datetime.now() - timedelta(hours=1)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("stock_review.ir_cron_release").method_direct_trigger()
        self.assertTrue(picking.release_held)

    def test_notice_is_due_a_day_before(self):
        """OCM-63: the clock of the shipping notice follows the planned date."""
        picking = self._create_delivery(confirm=False)
        picking.scheduled_date = fields.Datetime.now() + timedelta(days=20)
        picking.action_confirm()
        clock = self._clocks(picking, "shipping_notice")
        self.assertEqual(clock.state, "running")
        self.assertLess(clock.due_at, picking.scheduled_date)
        picking.scheduled_date = fields.Datetime.now() + timedelta(days=30)
        later = self._clocks(picking, "shipping_notice") - clock
        self.assertEqual((clock.state, later.state), ("cancelled", "running"))
        self.assertGreater(later.due_at, clock.due_at)
        picking.action_assign()
        self._sign(picking)
        self.assertEqual(later.state, "met")

    def test_short_notice_runs_no_clock(self):
        """A delivery planned for today is not late with its notice from the start."""
        picking = self._create_delivery()
        self.assertFalse(self._clocks(picking, "shipping_notice"))

    def test_the_column_of_what_is_to_request_is_open(self):
        picking = self._create_delivery()
        groups = self.env["stock.picking"].web_read_group(
            [("id", "=", picking.id)],
            ["review_step_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification={"name": {}},
        )["groups"]
        unset = [group for group in groups if not group["review_step_id"]]
        self.assertEqual(len(unset[0]["__records"]), 1)

    def test_cancelled_delivery_stops_its_clocks(self):
        picking = self._create_delivery(12)
        self._call(picking, "action_release_request", user=self.desk)
        picking.action_cancel()
        self.assertFalse(picking.release_held)
        self.assertFalse(picking.deadline_at)

    def test_delay_is_reported_with_dates(self):
        """OCM-68: reason, possible date and arrival go to who asked."""
        picking = self._create_delivery(12)
        self._call(picking, "action_release_request", user=self.desk)
        day = fields.Datetime.now() + timedelta(days=3)
        wizard = (
            self.env["stock.delay.report"]
            .with_user(self.keeper)
            .create(
                {
                    "picking_id": picking.id,
                    "reason": "No lorry",
                    "date_possible": day,
                    "date_arrival": day.date(),
                }
            )
        )
        wizard.action_report()
        self.assertEqual(self._clocks(picking, "shipment_report").state, "met")
        message = self.env["mail.message"].search(
            [("res_id", "=", picking.id), ("body", "ilike", "No lorry")], limit=1
        )
        self.assertIn(self.desk.partner_id, message.partner_ids)
        wizard.date_possible = fields.Datetime.now() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "future"):
            wizard.action_report()
