from odoo.tests import tagged

from .common import DeadlineCommon, china


@tagged("post_install", "-at_install")
class TestDeadlineCache(DeadlineCommon):
    """What changes the working time changes what is planned afterwards.

    On Friday at 16:00 four hours of work are due on Monday at 11:00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._create_limit()

    def setUp(self):
        super().setUp()
        self.assertEqual(self._plan(), "Mon 11-23 11:00")

    def _plan(self):
        return self._due(self.limit, (2026, 11, 20, 16))[0]

    def test_a_public_holiday_comes_and_goes(self):
        holiday = self._create_holiday(
            china(2026, 11, 23), china(2026, 11, 23, 23, 59, 59)
        )
        self.assertEqual(self._plan(), "Tue 11-24 11:00")

        holiday.date_to = china(2026, 11, 24, 23, 59, 59)
        self.assertEqual(self._plan(), "Wed 11-25 11:00")

        holiday.unlink()
        self.assertEqual(self._plan(), "Mon 11-23 11:00")

    def test_a_make_up_workday_comes_and_goes(self):
        workday = self.env["deadline.workday"].create({"date": "2026-11-22"})
        self.assertEqual(self._plan(), "Sun 11-22 11:00")

        workday.date = "2026-11-21"
        self.assertEqual(self._plan(), "Sat 11-21 11:00")

        workday.unlink()
        self.assertEqual(self._plan(), "Mon 11-23 11:00")

    def test_the_hours_of_the_schedule_change(self):
        morning = self.calendar.attendance_ids.filtered(
            lambda attendance: (
                (attendance.dayofweek, attendance.day_period) == ("0", "morning")
            )
        )
        morning.hour_from = 9
        self.assertEqual(self._plan(), "Mon 11-23 12:00")

        morning.unlink()
        self.assertEqual(self._plan(), "Mon 11-23 16:00")

        self.calendar.attendance_ids = [
            (0, 0, {"name": "Sat", "dayofweek": "5", "hour_from": 8, "hour_to": 12})
        ]
        self.assertEqual(self._plan(), "Sat 11-21 11:00")

    def test_the_schedule_moves_to_another_timezone(self):
        self.calendar.tz = "Asia/Tokyo"

        # 16:00 in Shanghai is the end of work in Tokyo.
        self.assertEqual(self._plan(), "Mon 11-23 11:00")
        self.assertEqual(self._due(self.limit, (2026, 11, 20, 15)), ["Mon 11-23 10:00"])

    def test_half_a_working_day_follows_the_hours_of_the_schedule(self):
        half_day = self._create_limit(code="test_half", value=1, unit="half_day")
        self.assertEqual(self._due(half_day, (2026, 11, 19, 8)), ["Thu 11-19 12:00"])

        self.calendar.hours_per_day = 6

        self.assertEqual(self._due(half_day, (2026, 11, 19, 8)), ["Thu 11-19 11:00"])

    def test_personal_time_off_forgets_nothing(self):
        """Approved leave is frequent: it must not empty the caches of all workers."""
        self.env.registry.cache_invalidated.clear()
        resource = self.env["resource.resource"].create(
            {"name": "Clerk", "company_id": self.company.id}
        )
        leaves = self.env["resource.calendar.leaves"]
        values = {
            "date_from": china(2026, 11, 23),
            "date_to": china(2026, 11, 24),
            "resource_id": resource.id,
        }
        leaves.create(values).unlink()
        self.assertFalse(self.env.registry.cache_invalidated)

        leaves.create({**values, "resource_id": False})
        self.assertIn("default", self.env.registry.cache_invalidated)

    def test_others_are_told_once_the_change_is_theirs_to_see(self):
        """A thread may remember the old hours until the transaction commits."""
        registry = self.env.registry
        self.env.cr.postcommit.clear()

        self.env["deadline.workday"].create({"date": "2026-11-21"})
        registry.cache_invalidated.clear()
        self.calendar._get_deadline_schedule()
        self.env.cr.postcommit.run()

        self.assertIn("default", registry.cache_invalidated)
        with self.assertQueryCount(1):
            self.env.invalidate_all()
            self.calendar._get_deadline_schedule()
