from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged, warmup
from odoo.tools import mute_logger

from .common import DocumentCommon, china

FRIDAY_FOUR = china(2026, 11, 20, 16)


@tagged("post_install", "-at_install")
class TestDeadlineClock(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._create_limit()
        cls.document = cls._create_document()

    def _start(self, **values):
        spec = {"limit": self.limit, "record": self.document, "start": FRIDAY_FOUR}
        return self.Clock._start([{**spec, **values}])

    def test_a_clock_knows_who_is_responsible(self):
        department = self.env["hr.department"].create(
            {"name": "Media", "company_id": self.company.id}
        )
        self._create_employee(self.clerk, department_id=department.id)

        clock = self._start(user=self.clerk)

        self.assertRecordValues(
            clock,
            [
                {
                    "user_id": self.clerk.id,
                    "department_id": department.id,
                    "company_id": self.company.id,
                    "started_at": FRIDAY_FOUR,
                    "due_at": china(2026, 11, 23, 11),
                    "state": "running",
                }
            ],
        )

    def test_the_schedule_of_the_responsible_person_counts(self):
        early = self._create_calendar(name="Early Shift")
        early.attendance_ids.filtered(
            lambda attendance: attendance.day_period == "morning"
        ).hour_from = 6
        self._create_employee(self.clerk, resource_calendar_id=early.id)

        clock = self._start(user=self.clerk)

        self.assertEqual(clock.calendar_id, early)
        self.assertEqual(clock.due_at, china(2026, 11, 23, 9))

    def test_the_limit_names_the_responsible_group(self):
        self.limit.responsible_group_id = self.env.ref("base.group_user")

        clock = self._start()

        self.assertFalse(clock.user_id)
        self.assertEqual(clock.group_id, self.limit.responsible_group_id)
        self.assertTrue(clock.with_user(self.clerk).is_mine)
        mine = self.Clock.with_user(self.clerk).search([("is_mine", "=", True)])
        self.assertIn(clock, mine)

    def test_a_second_start_returns_the_running_clock(self):
        clock = self._start()

        again = self._start(start=china(2026, 11, 23, 9))

        self.assertEqual(again, clock)
        self.assertEqual(clock.started_at, FRIDAY_FOUR)

    def test_a_double_start_in_one_batch_makes_one_clock(self):
        spec = {"limit": self.limit, "record": self.document}
        self.assertEqual(len(self.Clock._start([spec, dict(spec)])._origin), 2)
        self.assertEqual(len(set(self.Clock._start([spec, dict(spec)]).ids)), 1)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_running_clock(self):
        clock = self._start()

        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.Clock.create(clock.copy_data()[0])

        clock._stop()
        self.assertNotEqual(self._start(), clock)

    def test_a_stop_in_time_meets_the_limit(self):
        clock = self._start()
        with freeze_time(china(2026, 11, 23, 11)):
            clock._stop()

        self.assertRecordValues(
            clock,
            [{"state": "met", "late_hours": 0, "stopped_at": clock.due_at}],
        )

    def test_late_hours_are_working_hours(self):
        clock = self._start()

        with freeze_time(china(2026, 11, 23, 14)):
            self.assertTrue(clock.is_late)
            clock._stop()

        self.assertRecordValues(clock, [{"state": "missed", "late_hours": 2}])
        self.assertTrue(clock.is_late)

    def test_late_hours_of_clock_time_run_through_the_night(self):
        self.limit.basis = "clock"
        clock = self._start()

        clock._stop(at=china(2026, 11, 21, 8))

        self.assertAlmostEqual(clock.late_hours, 12)

    def test_a_cancelled_clock_is_neither_met_nor_missed(self):
        clock = self._start()

        clock._stop(cancelled=True, at=china(2027, 1, 1))

        self.assertRecordValues(clock, [{"state": "cancelled", "late_hours": 0}])

    def test_late_clocks_are_found(self):
        clock = self._start()
        late = [("is_late", "=", True)]
        with freeze_time(china(2026, 11, 23, 10)):
            self.assertNotIn(clock, self.Clock.search(late))
        with freeze_time(china(2026, 11, 23, 12)):
            self.assertIn(clock, self.Clock.search(late))
            self.assertNotIn(clock, self.Clock.search([("is_late", "=", False)]))

    def test_clocks_are_evidence(self):
        clock = self._start()
        with self.assertRaisesRegex(UserError, "evidence"):
            clock.due_at = china(2027, 1, 1)
        with self.assertRaisesRegex(UserError, "evidence"):
            clock.unlink()

        clock._stop()
        stopped_at = clock.stopped_at

        clock._stop(cancelled=True)
        self.assertEqual(clock.stopped_at, stopped_at)
        with self.assertRaisesRegex(UserError, "evidence"):
            clock.state = "running"

    def test_a_limit_with_clocks_cannot_be_deleted(self):
        self._start()

        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.limit.unlink()

    @warmup
    def test_starting_and_stopping_is_batched(self):
        self._create_employee(self.clerk)
        documents = self.Document.create(
            [
                {"name": str(number), "company_id": self.company.id}
                for number in range(50)
            ]
        )
        specs = [
            {"limit": self.limit, "record": document, "user": self.clerk}
            for document in documents
        ]
        self.env.flush_all()
        with self.assertQueryCount(4):
            clocks = self.Clock._start(specs)
            self.env.flush_all()
        with self.assertQueryCount(1):
            clocks._stop()
            self.env.flush_all()

    def _create_employee(self, user, **values):
        return self.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                "resource_calendar_id": self.calendar.id,
                **values,
            }
        )
