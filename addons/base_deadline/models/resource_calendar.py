from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from pytz import timezone, utc

from odoo import models
from odoo.tools import ormcache
from odoo.tools.date_utils import float_to_time

from ..cache import forget
from ..timeline import Schedule, Timeline, merge_spans

#: Hours of a working day where the working schedule does not tell.
DEFAULT_HOURS_PER_DAY = 8.0
#: No timezone is further from UTC.
ONE_DAY = timedelta(days=1)


class ResourceCalendar(models.Model):
    """Working time as time limits count it, remembered by whole months."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result

    def _get_deadline_timeline(self, start, stop, company):
        """Return the working time of the calendar, holidays off, make-up days on.

        Personal time off is left out on purpose: whoever is away hands over.

        :param datetime start: naive UTC, widened to whole months
        :param datetime stop: naive UTC, widened to whole months
        :param company: whose public holidays and make-up workdays count
        """
        self.ensure_one()
        first = (start - ONE_DAY).date().replace(day=1)
        last = (stop + ONE_DAY).date() + relativedelta(day=31)
        return self._get_deadline_months(first, last, company.id)

    @ormcache("self.id")
    def _get_deadline_schedule(self):
        """Return what a plan needs to know about the calendar, if there is one."""
        calendar = self.sudo()  # portal users start clocks too, and see no calendars
        return Schedule(
            tz=calendar.tz or "UTC",
            hours_per_day=calendar.hours_per_day or DEFAULT_HOURS_PER_DAY,
            company_id=calendar.company_id.id,
        )

    @ormcache("self.id", "first", "last", "company_id")
    def _get_deadline_months(self, first, last, company_id):
        """Return the timeline between two dates; it is shared, so nobody changes it."""
        calendar = self.sudo()  # portal users start clocks too, and see no calendars
        tzinfo = timezone(calendar.tz or "UTC")
        lower = tzinfo.localize(datetime.combine(first, time.min))
        upper = tzinfo.localize(datetime.combine(last + ONE_DAY, time.min))
        holidays = [
            ("time_type", "=", "leave"),
            ("company_id", "in", [False, company_id]),
        ]
        spans = [
            (span_start, span_stop)
            for span_start, span_stop, _attendances in calendar._work_intervals_batch(
                lower, upper, domain=holidays, tz=tzinfo
            )[False]
        ]
        spans += calendar._get_makeup_spans(first, last, company_id, tzinfo)
        return Timeline([self._to_utc(*span) for span in merge_spans(spans)], tzinfo)

    def _get_makeup_spans(self, first, last, company_id, tzinfo):
        """Return the working spans of the make-up workdays between two dates."""
        return [
            (
                tzinfo.localize(
                    datetime.combine(workday.date, float_to_time(hour_from))
                ),
                tzinfo.localize(datetime.combine(workday.date, float_to_time(hour_to))),
            )
            for workday in self.env["deadline.workday"]._find_for(
                self, first, last, company_id
            )
            for hour_from, hour_to in workday._get_working_hours(self)
        ]

    def _to_utc(self, start, stop):
        """Return both moments as naive UTC, midnight not a microsecond short."""
        return tuple(
            (moment.astimezone(utc) + timedelta(microseconds=1)).replace(
                microsecond=0, tzinfo=None
            )
            for moment in (start, stop)
        )
