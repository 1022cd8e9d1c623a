from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import models
from odoo.exceptions import UserError

#: Hours of a working day where the working schedule does not tell.
DEFAULT_HOURS_PER_DAY = 8.0
#: How far ahead, in days, a moment of work is looked for before giving up.
HORIZONS = (30, 400, 4000)


class DeadlineLimit(models.Model):
    """From the start of a duty to the moment it is due."""

    _inherit = "deadline.limit"

    def _plan_due(self, starts, calendar):
        """Return until when a duty is due that starts at each of these moments.

        :param list starts: naive UTC; for days before, the planned date
        :param calendar: working schedule; empty stands for the company's
        :return: list of naive UTC datetimes, in the same order
        """
        return [due for due, _reminder in self._plan(starts, calendar)]

    def _plan(self, starts, calendar):
        """Return ``(due, reminder)`` for each start; the reminder may be None."""
        self.ensure_one()
        if not starts:
            return []
        limit = self.sudo()  # whoever starts a clock need not read limits
        calendar = limit._get_calendar(calendar)
        if limit.basis == "clock" or not calendar:
            return [limit._plan_by_clock(start, calendar) for start in starts]
        company = limit.company_id or calendar.company_id or self.env.company
        lookback = (
            timedelta(days=14 + 3 * limit.value)
            if limit.unit == "days_before"
            else timedelta()
        )
        for horizon in HORIZONS:
            timeline = calendar._get_deadline_timeline(
                min(starts) - lookback * (horizon / HORIZONS[0]),
                max(starts) + timedelta(days=horizon),
                company,
            )
            plans = [limit._plan_by_work(timeline, start, calendar) for start in starts]
            if all(due for due, _reminder in plans):
                return plans
        raise UserError(limit._get_no_work_message(calendar))

    def _get_no_work_message(self, calendar):
        return self.env._(
            "The time limit %(limit)s finds no working time in the schedule "
            "%(calendar)s: add working hours to the schedule.",
            limit=self.name,
            calendar=calendar.name,
        )

    def _plan_by_work(self, timeline, start, calendar):
        hours_per_day = calendar.hours_per_day or DEFAULT_HOURS_PER_DAY
        if self.unit == "day":
            due = timeline.add_days(start, self.value)
        elif self.unit == "same_day":
            due = timeline.get_closing(start)
        elif self.unit == "days_before":
            due = timeline.get_closing_before(start, int(self.value))
        else:
            due = timeline.add_hours(start, self.value * self._get_hours(hours_per_day))
        if not due or not self.remind_before:
            return due, None
        return due, timeline.add_hours(due, -self.remind_before)

    def _plan_by_clock(self, start, calendar):
        hours_per_day = calendar.hours_per_day or DEFAULT_HOURS_PER_DAY
        if self.unit == "same_day":
            tzinfo = timezone(calendar.tz or "UTC")
            day = utc.localize(start).astimezone(tzinfo).date()
            midnight = tzinfo.localize(datetime.combine(day, time(23, 59, 59)))
            due = midnight.astimezone(utc).replace(tzinfo=None)
        elif self.unit == "days_before":
            due = start - timedelta(days=self.value)
        elif self.unit == "day":
            due = start + timedelta(days=self.value)
        else:
            due = start + timedelta(hours=self.value * self._get_hours(hours_per_day))
        reminder = due - timedelta(hours=self.remind_before)
        return due, reminder if self.remind_before else None

    def _get_hours(self, hours_per_day):
        """Return how many hours one unit of the limit lasts."""
        return {"minute": 1 / 60, "half_day": hours_per_day / 2}.get(self.unit, 1.0)

    def _get_calendar(self, calendar):
        """Return the schedule to count in: the given one, else the company's."""
        company = self.company_id or self.env.company
        # Working schedules are closed to customers, whose clicks start clocks too.
        return calendar.sudo() or company.sudo().resource_calendar_id
