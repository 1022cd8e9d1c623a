from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, PROMISED, ExecutionCommon, china


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTracking(ExecutionCommon):
    def _notify(self, *moment):
        with freeze_time(china(*moment)), self.enter_registry_test_mode():
            self.env.ref("base_deadline.ir_cron_notify").method_direct_trigger()
        self.env.invalidate_all()

    def _get_reminders(self, instruction):
        found = self._get_activities(instruction, self.clerk)
        return found.filtered("deadline_clock_id")

    def test_reminder_comes_three_days_before_and_is_due_two_days_before(self):
        """OCM-34: Friday the 19th is told on Tuesday, and due on Wednesday."""
        instruction = self._create_issued()
        clock = self._get_clock(instruction, "delivery_tracking")
        self.assertEqual(clock.next_at, china(2026, 6, 16, 8))
        self.assertEqual(clock.due_at, china(2026, 6, 17, 17))
        self._notify(2026, 6, 16, 7)
        self.assertFalse(self._get_reminders(instruction))
        self._notify(2026, 6, 16, 9)
        self.assertEqual(len(self._get_reminders(instruction)), 1)
        self._notify(2026, 6, 16, 10)
        self.assertEqual(len(self._get_reminders(instruction)), 1)

    def test_moved_date_moves_the_reminder(self):
        """OCM-34: one reminder per order and date, renewed when the date moves."""
        instruction = self._create_issued()
        first = self._get_clock(instruction, "delivery_tracking")
        self._notify(2026, 6, 16, 9)
        order = instruction.sudo().order_id
        order.commitment_date = PROMISED + timedelta(days=7)
        self._follow()
        self.env.invalidate_all()
        self.assertEqual(first.state, "cancelled")
        self.assertFalse(self._get_reminders(instruction))
        clock = self._get_clock(instruction, "delivery_tracking")
        self.assertEqual(clock.due_at, china(2026, 6, 24, 17))
        order._instruction_follow()
        self.assertEqual(self._get_clock(instruction, "delivery_tracking"), clock)

    def test_order_promised_for_tomorrow_is_told_at_once(self):
        """OCM-34: no clock that is late from its start."""
        order = self._create_order(date=NOW + timedelta(days=1))
        instruction = self._get_instruction(order)
        self.assertFalse(self._get_clock(instruction, "delivery_tracking"))
        summaries = self._get_activities(instruction, self.clerk).mapped("summary")
        self.assertIn("Follow up before the delivery", summaries)

    def test_merchandiser_is_told_alone(self):
        """OCM-34: who follows the orders of the company, not everybody."""
        merchant = self._create_user("merchant", self._clerk_group())
        self.company.execution_user_id = merchant
        instruction = self._create_issued()
        clock = self._get_clock(instruction, "delivery_tracking")
        self.assertEqual(clock.user_id, merchant)
        self.assertFalse(self._get_activities(instruction, self.clerk))

    def _clerk_group(self):
        return "sale_order_execution.group_execution_clerk"

    def test_on_plan_stops_the_clock(self):
        """OCM-34: looked at in time."""
        instruction = self._create_issued()
        self._notify(2026, 6, 16, 9)
        with freeze_time(china(2026, 6, 16, 11)):
            instruction.track("on_plan")
        clock = self._get_clock(instruction, "delivery_tracking")
        self.assertEqual(clock.state, "met")
        self.assertFalse(self._get_reminders(instruction))
        self.assertEqual(instruction.tracking_ids.result, "on_plan")

    def test_behind_plan_asks_production_and_reports_to_the_manager(self):
        """OCM-35: remedy from production, when necessary the general manager."""
        instruction = self._create_acknowledged()
        with self.assertRaisesRegex(UserError, "Note"):
            instruction.track("behind")
        instruction.track("behind", "Half is missing")
        self.assertTrue(self._get_activities(instruction, self.maker))
        tracking = instruction.tracking_ids
        with self.assertRaises(AccessError):
            tracking.answer_remedy("I am not production")
        tracking.with_user(self.maker).answer_remedy("Overtime on Saturday")
        self.assertEqual(tracking.remedy_by_id, self.maker)
        with self.assertRaises(UserError):
            tracking.with_user(self.maker).answer_remedy("Again")
        tracking.report_behind("Saturday will not do")
        self.assertTrue(self._get_activities(instruction, self.boss))
        self.assertEqual(tracking.reported_by_id, self.clerk)
        with self.assertRaises(UserError):
            tracking.report_behind("Again")

    def test_tracking_is_evidence(self):
        """OCM-35: what was found is not edited."""
        instruction = self._create_issued()
        instruction.track("behind", "Late")
        row = instruction.tracking_ids.sudo()
        for vals in ({"remedy": "x"}, {"result": "on_plan"}):
            with self.assertRaises(AccessError):
                row.write(vals)
        with self.assertRaises(AccessError):
            row.unlink()

    def test_overdue_delivery_is_flagged(self):
        """PPL-08: late flags in the list of orders in execution."""
        instruction = self._create_issued()
        instructions = self.env["production.instruction"].with_user(self.clerk)
        domain = [("delivery_late", "=", True)]
        self.assertNotIn(instruction, instructions.search(domain))
        with freeze_time(PROMISED + timedelta(hours=1)):
            instruction.invalidate_recordset()
            self.assertTrue(instruction.delivery_late)
            self.assertIn(instruction, instructions.search(domain))
