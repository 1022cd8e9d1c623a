from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DocumentCommon, china


@tagged("post_install", "-at_install")
class TestDeadlineNotification(DocumentCommon):
    """A limit of four hours with a reminder one hour before; it ends at 12:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._create_limit(remind_before=1, escalate_user_id=cls.boss.id)
        cls.document = cls._create_document()
        with freeze_time(china(2026, 11, 19, 8)):
            cls.clock = cls.document._deadline_start("test_answer", user=cls.clerk)

    def _run_cron_at(self, *moment):
        with freeze_time(china(*moment)):
            self._run_cron()

    def test_the_scheduled_action_wakes_up_at_the_next_moment(self):
        self.assertEqual(self.clock.next_at, china(2026, 11, 19, 11))
        self.assertIn(china(2026, 11, 19, 11), self._get_check_moments())

        self._run_cron_at(2026, 11, 19, 11)

        self.assertEqual(self.clock.next_at, self.clock.due_at)
        self.assertIn(self.clock.due_at, self._get_check_moments())

    def test_nothing_is_said_before_the_reminder(self):
        self._run_cron_at(2026, 11, 19, 10)

        self.assertFalse(self.document.activity_ids)
        self.assertFalse(self.clock.reminded_at)

    def test_the_reminder_is_an_activity_and_a_message(self):
        self._run_cron_at(2026, 11, 19, 11)

        self.assertRecordValues(
            self.document.activity_ids,
            [{"user_id": self.clerk.id, "deadline_clock_id": self.clock.id}],
        )
        message = self.document.message_ids[0]
        self.assertEqual(message.partner_ids, self.clerk.partner_id)
        self.assertIn("Answer is due on", message.body)
        self.assertEqual(self.clock.reminded_at, china(2026, 11, 19, 11))

    def test_each_clock_reminds_once(self):
        self._run_cron_at(2026, 11, 19, 11)
        messages = self.document.message_ids

        self._run_cron_at(2026, 11, 19, 11, 30)

        self.assertEqual(self.document.message_ids, messages)

    def test_escalation_adds_people_and_replaces_nobody(self):
        self._run_cron_at(2026, 11, 19, 11)

        self._run_cron_at(2026, 11, 19, 12)

        self.assertEqual(self.document.activity_ids.user_id, self.clerk | self.boss)
        self.assertEqual(len(self.document.activity_ids), 2)
        self.assertIn(self.boss.partner_id, self.document.message_partner_ids)
        self.assertIn("is late", self.document.message_ids[0].body)
        self.assertRecordValues(
            self.clock,
            [
                {
                    "state": "running",
                    "user_id": self.clerk.id,
                    "escalated_at": china(2026, 11, 19, 12),
                    "next_at": False,
                }
            ],
        )

    def test_a_soft_limit_warns_and_escalates_to_nobody(self):
        """OCM-15: a soft limit warns and reports, it never blocks."""
        self.limit.soft = True

        self._run_cron_at(2026, 11, 19, 12)

        self.assertEqual(self.document.activity_ids.user_id, self.clerk)

    def test_the_manager_of_the_responsible_person_is_told(self):
        employees = self.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": self.company.id}
                for user in (self.boss, self.clerk)
            ]
        )
        employees[1].parent_id = employees[0]
        self.limit.write({"escalate_user_id": False, "escalate_to_manager": True})

        self.assertEqual(self.clock._get_escalation_users(), self.boss)

    def test_a_stop_removes_the_reminders(self):
        self._run_cron_at(2026, 11, 19, 11)

        self.document.with_user(self.boss)._deadline_stop("test_answer")

        self.assertFalse(self.document.activity_ids)

    def test_a_stopped_clock_says_nothing(self):
        self.clock._stop(at=china(2026, 11, 19, 9))

        self._run_cron_at(2026, 11, 19, 13)

        self.assertFalse(self.document.activity_ids)
        self.assertFalse(self.clock.escalated_at)

    def test_people_who_cannot_read_the_document_are_not_told(self):
        self.env["ir.rule"].create(
            {
                "name": "nobody's documents",
                "model_id": self.env["ir.model"]._get_id(self.Document._name),
                "domain_force": f"[('create_uid', '=', {self.boss.id})]",
            }
        )

        self._run_cron_at(2026, 11, 19, 12)

        self.assertFalse(self.document.activity_ids)
        self.assertTrue(self.clock.escalated_at)

    def _get_spoken_languages(self):
        """Return the languages in which the reminder of the clock is written."""
        spoken = set()

        def note(document, clock):
            spoken.update((document.env.lang, clock.env.lang))

        with patch.object(type(self.Document), "_deadline_on_reminder", note):
            self._run_cron_at(2026, 11, 19, 11)
        return spoken

    def test_the_responsible_person_reads_his_own_language(self):
        """The scheduled action has a language of its own: nobody's."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.clerk.lang = "zh_CN"

        self.assertEqual(self._get_spoken_languages(), {"zh_CN"})

    def test_without_a_person_the_company_reads_its_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        self.clock.sudo()._stop(cancelled=True)
        self.limit.responsible_group_id = self.env.ref("base.group_system")
        with freeze_time(china(2026, 11, 19, 8)):
            clock = self.document._deadline_start("test_answer")

        self.assertFalse(clock.user_id)
        self.assertEqual(self._get_spoken_languages(), {"zh_CN"})

    @mute_logger("odoo.addons.base_deadline.models.deadline_clock_notification")
    def test_a_refusal_does_not_hold_up_the_other_clocks(self):
        other = self._create_document(name="D2")
        with freeze_time(china(2026, 11, 19, 8)):
            clock = other._deadline_start("test_answer", user=self.clerk)
        model = type(self.Document)
        original = model._deadline_on_reminder

        def refuse(document, clock):
            if document == self.document:
                raise UserError("Not now.")
            return original(document, clock)

        with patch.object(model, "_deadline_on_reminder", refuse):
            self._run_cron_at(2026, 11, 19, 11)

        self.assertTrue(clock.reminded_at)
        self.assertTrue(other.activity_ids)
        self.assertFalse(self.document.activity_ids)

    def test_the_clock_of_a_vanished_document_is_cancelled(self):
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM deadline_test_document WHERE id = %s", [self.document.id]
        )
        self.env.invalidate_all()

        self._run_cron_at(2026, 11, 19, 12)

        self.assertEqual(self.clock.state, "cancelled")
