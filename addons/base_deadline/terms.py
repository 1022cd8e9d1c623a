"""From the start of a duty to the moment it is due, without the ORM."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from pytz import timezone, utc


class Terms(NamedTuple):
    """The figures of a time limit.

    Both plans return ``(due, reminder)`` as naive UTC; the reminder may be None.
    """

    code: str
    company_id: int | bool
    value: float
    unit: str
    basis: str
    remind_before: float

    def plan_by_work(self, timeline, start, schedule):
        """Count working time; due is None where the timeline is too short."""
        if self.unit == "day":
            due = timeline.add_days(start, self.value)
        elif self.unit == "same_day":
            due = timeline.get_closing(start)
        elif self.unit == "days_before":
            due = timeline.get_closing_before(start, int(self.value))
        else:
            due = timeline.add_hours(start, self._count_hours(schedule))
        if not due or not self.remind_before:
            return due, None
        return due, timeline.add_hours(due, -self.remind_before)

    def plan_by_clock(self, start, schedule):
        """Count the time on the clock, which also runs at night."""
        if self.unit == "same_day":
            tzinfo = timezone(schedule.tz)
            day = utc.localize(start).astimezone(tzinfo).date()
            midnight = tzinfo.localize(datetime.combine(day, time(23, 59, 59)))
            due = midnight.astimezone(utc).replace(tzinfo=None)
        elif self.unit == "days_before":
            due = start - timedelta(days=self.value)
        elif self.unit == "day":
            due = start + timedelta(days=self.value)
        else:
            due = start + timedelta(hours=self._count_hours(schedule))
        reminder = due - timedelta(hours=self.remind_before)
        return due, reminder if self.remind_before else None

    def _count_hours(self, schedule):
        """Return how many hours the limit lasts."""
        hours = {"minute": 1 / 60, "half_day": schedule.hours_per_day / 2}
        return self.value * hours.get(self.unit, 1.0)
