from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import DOCUMENT, ReviewCommon

moment = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestReviewClock(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "Asia/Shanghai", "company_id": cls.env.company.id}
        )
        cls.env.company.resource_calendar_id = calendar
        cls.limit = cls.env["deadline.limit"].create(
            {
                "name": "Half an hour",
                "code": "review_test",
                "value": 30,
                "unit": "minute",
                "escalate_user_id": cls.director.id,
            }
        )
        (cls.first_step | cls.second_step).limit_id = cls.limit

    def test_step_runs_on_a_clock(self):
        document = self._submit()

        self.assertEqual(document.review_deadline, moment("2026-03-02 02:30:00"))
        self.assertEqual(self._tasks(document).deadline, document.review_deadline)
        self.assertFalse(document.review_late)
        with freeze_time("2026-03-02 02:31:00"):
            document.invalidate_recordset()
            self.assertTrue(document.review_late)
            found = self.env[DOCUMENT].search([("review_late", "=", True)])
            self.assertIn(document, found)
            tasks = self.env["review.task"].search([("late", "=", True)])
            self.assertEqual(tasks, self._tasks(document))

    def test_decision_stops_the_clock(self):
        document = self._submit(amount=5000.0)
        with freeze_time("2026-03-02 02:10:00"):
            self._approve(document, self.supervisor)

        clocks = self.env["deadline.clock"].search(
            [
                ("res_model", "=", "review.task"),
                ("res_id", "in", self._tasks(document).ids),
            ]
        )
        self.assertEqual(sorted(clocks.mapped("state")), ["met", "running"])
        self.assertEqual(document.review_deadline, moment("2026-03-02 02:40:00"))

    def test_recall_cancels_the_clock(self):
        document = self._submit()
        task = self._tasks(document)
        document.review_recall(1)

        clock = self.env["deadline.clock"].search([("res_id", "=", task.id)])
        self.assertEqual(clock.state, "cancelled")
        self.assertFalse(document.review_deadline)

    def test_lateness_tells_people_and_decides_nothing(self):
        """A late step is reported to reviewer, fallback and superior."""
        document = self._submit()
        with freeze_time("2026-03-02 03:00:00"):
            self.env["deadline.clock"]._lock_due()._notify()

        message = self._get_notification(document)
        self.assertEqual(
            set(message.partner_ids),
            set((self.supervisor | self.fallback | self.director).partner_id),
        )
        self.assertEqual(document.review_state, "open")

    def test_company_has_its_own_value(self):
        self.limit.copy({"company_id": self.env.company.id, "value": 60})
        document = self._submit()

        self.assertEqual(document.review_deadline, moment("2026-03-02 03:00:00"))

    def test_a_clock_on_every_step_costs_six_queries(self):
        """The engine's own queries are pinned elsewhere; clocks add at most six."""
        timed = self._count_queries()
        (self.first_step | self.second_step).limit_id = False
        untimed = self._count_queries()

        for action, queries in timed.items():
            with self.subTest(action):
                self.assertLessEqual(queries - untimed[action], 6)

    def _count_queries(self):
        """Return how many queries a submission and an approval take, caches warm."""
        self._approve(self._submit(amount=5000.0), self.supervisor)
        document = self._create_document(amount=5000.0)
        counts = {}
        for action, call in (
            ("submit", document.review_submit),
            ("approve", lambda: self._approve(document, self.supervisor)),
        ):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            call()
            self.env.flush_all()
            counts[action] = self.cr.sql_log_count - before
        return counts
