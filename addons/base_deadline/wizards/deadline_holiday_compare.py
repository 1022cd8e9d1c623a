from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import models
from odoo.fields import Domain

from ..holiday_file import HolidayError

#: A holiday that ends in the last minute of a day covers the day.
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class DeadlineHolidayImport(models.TransientModel):
    """What is already there, and the entering of what is not."""

    _inherit = "deadline.holiday.import"

    def _compare(self, entries):
        """Compare the entries with the holidays and make-up workdays that are there.

        :return: ``(entry, "new" | "there", text)`` rows, and the problems
        """
        if not entries:
            return [], []
        first = min(entry.date_from for entry in entries)
        last = max(entry.date_to for entry in entries)
        holidays, workdays = self._get_days_off(first, last), self._get_workdays()
        found, problems = [], []
        for entry in entries:
            try:
                if entry.kind == "holiday":
                    row = self._compare_holiday(entry, holidays, workdays)
                else:
                    row = self._compare_workday(entry, holidays, workdays)
                found.append((entry, *row))
            except HolidayError as problem:
                problem.line = entry.line
                problems.append(problem)
        return found, problems

    def _compare_holiday(self, entry, holidays, workdays):
        clash = next((day for day in entry.days if day in workdays), None)
        if clash:
            raise HolidayError("is_workday", day=clash)
        states = {holidays.get(day, (None, None))[0] for day in entry.days}
        if states == {None}:
            return "new", False
        if states == {"whole"}:
            return "there", False
        touched = next(day for day in entry.days if day in holidays)
        raise HolidayError("overlap", day=touched, name=holidays[touched][1])

    def _compare_workday(self, entry, holidays, workdays):
        day = entry.date_from
        if day in holidays:
            raise HolidayError("is_holiday", day=day, name=holidays[day][1])
        if day in workdays:
            if workdays[day] != (entry.hours, entry.weekday):
                raise HolidayError("other_workday", day=day)
            return "there", False
        if str(day.weekday()) in self._get_worked_weekdays():
            return "new", self.env._("This weekday is worked anyway: check the date.")
        return "new", False

    def _get_days_off(self, first, last):
        """Return which days are holidays already: ``{day: ("whole" | "part", name)}``.

        A holiday of one working schedule is no holiday of all.
        """
        domain = (
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & Domain("company_id", "in", [False, self.company_id.id])
            & Domain("calendar_id", "in", [False, self.calendar_id.id])
            & Domain("date_from", "<", self._get_moment(last + DAY))
            & Domain("date_to", ">", self._get_moment(first))
        )
        days = {}
        for leave in self.env["resource.calendar.leaves"].search(domain):
            for offset in range((last - first).days + 1):
                day = first + timedelta(days=offset)
                start, stop = self._get_moment(day), self._get_moment(day + DAY)
                if leave.date_from >= stop or leave.date_to <= start:
                    continue
                whole = leave.date_from <= start and leave.date_to >= stop - MINUTE
                if whole or day not in days:
                    days[day] = ("whole" if whole else "part", leave.name or "")
        return days

    def _get_workdays(self):
        """Return the make-up workdays that are there: ``{day: (hours, weekday)}``."""
        workdays = self.env["deadline.workday"].search(
            Domain("company_id", "in", [False, self.company_id.id])
            & Domain("calendar_id", "in", [False, self.calendar_id.id])
        )
        return {workday.date: (workday.hours, workday.weekday) for workday in workdays}

    def _get_calendar(self):
        return self.calendar_id or self.company_id.resource_calendar_id

    def _get_worked_weekdays(self):
        return set(self._get_calendar()._get_global_attendances().mapped("dayofweek"))

    def _get_moment(self, day):
        """Return when a day begins where the schedule is, as naive UTC."""
        tzinfo = timezone(self._get_calendar().tz or "UTC")
        midnight = tzinfo.localize(datetime.combine(day, time.min))
        return midnight.astimezone(utc).replace(tzinfo=None)

    def _enter(self, entries):
        """Create the holidays and the make-up workdays of the entries."""
        owner = {"company_id": self.company_id.id, "calendar_id": self.calendar_id.id}
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": entry.name,
                    "date_from": self._get_moment(entry.date_from),
                    "date_to": self._get_moment(entry.date_to + DAY)
                    - timedelta(seconds=1),
                    **owner,
                }
                for entry in entries
                if entry.kind == "holiday"
            ]
        )
        self.env["deadline.workday"].create(
            [
                {
                    "name": entry.name,
                    "date": entry.date_from,
                    "hours": entry.hours,
                    "weekday": entry.weekday,
                    **owner,
                }
                for entry in entries
                if entry.kind == "workday"
            ]
        )
