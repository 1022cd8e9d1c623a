from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, warmup

from .common import DeadlineCommon, china


@tagged("post_install", "-at_install")
class TestDeadlineLimit(DeadlineCommon):
    """Moments in November 2026: Friday is the 20th, Monday the 23rd."""

    def test_hours_skip_lunch_night_and_weekend(self):
        limit = self._create_limit(value=4)

        self.assertEqual(
            self._due(limit, (2026, 11, 19, 10), (2026, 11, 20, 16), (2026, 11, 21, 3)),
            ["Thu 11-19 15:00", "Mon 11-23 11:00", "Mon 11-23 12:00"],
        )

    def test_minutes_run_over_into_the_next_day_of_work(self):
        limit = self._create_limit(value=30, unit="minute")

        self.assertEqual(
            self._due(limit, (2026, 11, 20, 16, 50), (2026, 11, 19, 11, 45)),
            ["Mon 11-23 08:20", "Thu 11-19 13:15"],
        )

    def test_half_a_working_day_is_half_the_hours_of_the_schedule(self):
        """ADV-02: half a working day of an 8-hour day is 4 working hours."""
        limit = self._create_limit(value=1, unit="half_day")
        self.assertEqual(self._due(limit, (2026, 11, 19, 9)), ["Thu 11-19 14:00"])

        self.calendar.attendance_ids.filtered(
            lambda attendance: attendance.day_period == "afternoon"
        ).hour_to = 15
        self.assertEqual(self.calendar.hours_per_day, 6)

        self.assertEqual(self._due(limit, (2026, 11, 19, 9)), ["Thu 11-19 12:00"])

    def test_working_days_end_at_the_same_hour(self):
        limit = self._create_limit(value=2, unit="day")

        self.assertEqual(self._due(limit, (2026, 11, 19, 10)), ["Mon 11-23 10:00"])

    def test_the_same_day_ends_with_work(self):
        limit = self._create_limit(unit="same_day")

        self.assertEqual(
            self._due(limit, (2026, 11, 19, 9), (2026, 11, 19, 19), (2026, 11, 21, 9)),
            ["Thu 11-19 17:00", "Fri 11-20 17:00", "Mon 11-23 17:00"],
        )

    def test_days_before_a_date_are_working_days(self):
        """OCM-52: five working days before the planned arrival."""
        limit = self._create_limit(value=5, unit="days_before")

        self.assertEqual(
            self._due(limit, (2026, 11, 20, 10), (2026, 11, 22, 10)),
            ["Fri 11-13 17:00", "Mon 11-16 17:00"],
        )

    def test_public_holidays_do_not_count(self):
        self._create_holiday(china(2026, 11, 23), china(2026, 11, 23, 23, 59, 59))
        limit = self._create_limit(value=4)

        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Tue 11-24 11:00"])

    def test_holidays_of_other_companies_do_not_count(self):
        other = self.env["res.company"].create({"name": "Another Company"})
        self._create_holiday(
            china(2026, 11, 23), china(2026, 11, 23, 23, 59, 59), company=other
        )
        limit = self._create_limit(value=4)

        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Mon 11-23 11:00"])

    def test_make_up_workdays_count(self):
        workdays = self.env["deadline.workday"]
        workday = workdays.create({"date": "2026-11-21"})
        limit = self._create_limit(value=4)
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Sat 11-21 11:00"])

        workday.hours = 2

        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Mon 11-23 09:00"])

    def test_a_make_up_workday_wins_over_a_holiday_week(self):
        self._create_holiday(china(2026, 11, 21), china(2026, 11, 29, 23, 59, 59))
        self.env["deadline.workday"].create({"date": date(2026, 11, 28)})
        limit = self._create_limit(value=4)

        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Sat 11-28 11:00"])

    def test_make_up_workdays_of_another_schedule_do_not_count(self):
        other = self._create_calendar(name="Another Schedule")
        self.env["deadline.workday"].create(
            {"date": "2026-11-21", "calendar_id": other.id}
        )
        limit = self._create_limit(value=4)

        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Mon 11-23 11:00"])

    def test_clock_time_runs_through_the_weekend(self):
        limit = self._create_limit(value=24, basis="clock")
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Sat 11-21 16:00"])

        limit.write({"unit": "same_day"})
        self.assertEqual(self._due(limit, (2026, 11, 20, 1)), ["Fri 11-20 23:59"])

        limit.write({"unit": "days_before", "value": 3})
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Tue 11-17 16:00"])

    def test_work_is_counted_in_the_timezone_of_the_schedule(self):
        limit = self._create_limit(value=1)
        self.calendar.tz = "Europe/Berlin"

        # 16:00 in Shanghai is 09:00 in Berlin.
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Fri 11-20 17:00"])
        self.assertEqual(self._due(limit, (2026, 11, 20, 9)), ["Fri 11-20 16:00"])

    def test_long_limits_look_far_enough_ahead(self):
        limit = self._create_limit(value=60, unit="day")
        self.assertEqual(self._due(limit, (2026, 11, 20, 8)), ["Thu 02-11 17:00"])

        limit = self._create_limit(value=300, unit="days_before", code="test_long")
        self.assertEqual(self._due(limit, (2026, 11, 20, 8)), ["Fri 09-26 17:00"])

    def test_a_schedule_without_work_is_named(self):
        limit = self._create_limit(value=4)
        self.calendar.attendance_ids.unlink()

        with self.assertRaisesRegex(UserError, "Deadline Test Schedule"):
            self._due(limit, (2026, 11, 20, 16))

    @warmup
    def test_planning_is_batched_and_remembered(self):
        limit = self._create_limit(value=4)
        starts = [china(2026, 11, 2 + day % 20, 8 + day % 9) for day in range(200)]
        self.assertTrue(limit.name and self.calendar.name)
        self.env.flush_all()

        self.env.registry.clear_cache()
        with self.assertQueryCount(4):
            limit._plan_due(starts, self.calendar)
        with self.assertQueryCount(0):
            limit._plan_due(starts, self.calendar)

    def test_the_company_limit_wins_over_the_default(self):
        default = self._create_limit()
        limits = self.env["deadline.limit"]
        self.assertEqual(limits._get_limit("test_answer", self.company), default)

        own = self._create_limit(company_id=self.company.id)
        self.assertEqual(limits._get_limit("test_answer", self.company), own)

        own.active = False
        self.assertEqual(limits._get_limit("test_answer", self.company), default)
        self.assertFalse(limits._get_limit("test_unknown", self.company))

    def test_impossible_figures_are_refused_in_words(self):
        for values in (
            {"value": float("nan")},
            {"value": float("inf")},
            {"value": -1},
            {"remind_before": float("nan")},
            {"remind_before": -1},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, "limit Answer needs figures"),
                self.cr.savepoint(),
            ):
                self._create_limit(**values)

    def test_days_before_are_whole(self):
        with self.assertRaisesRegex(ValidationError, "whole number"):
            self._create_limit(unit="days_before", value=1.5)

    def test_impossible_hours_of_a_workday_are_refused_in_words(self):
        for hours in (-1, 25, float("nan")):
            with (
                self.subTest(hours),
                self.assertRaisesRegex(ValidationError, "between 0 and 24 hours"),
                self.cr.savepoint(),
            ):
                self.env["deadline.workday"].create(
                    {"date": "2026-11-21", "hours": hours}
                )

    def test_a_responsible_field_must_exist(self):
        with self.assertRaisesRegex(ValidationError, "nobody_id is not a relation"):
            self._create_limit(model="res.partner", responsible_path="nobody_id")

        limit = self._create_limit(
            code="test_call", model="res.partner", responsible_path="user_id"
        )

        partner = self.env["res.partner"].create(
            {"name": "Customer", "user_id": self.clerk.id}
        )
        self.assertEqual(limit._get_responsible(partner)[0], self.clerk)
