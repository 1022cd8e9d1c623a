from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import models
from odoo.tools.date_utils import float_to_time

from ..timeline import Timeline, merge_spans


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def _get_deadline_timeline(self, start, stop, company):
        """Return the working time of the calendar, holidays off, make-up days on.

        Personal time off is left out on purpose: whoever is away hands over.

        :param datetime start: naive UTC, widened to midnight
        :param datetime stop: naive UTC, widened to midnight
        :param company: whose public holidays and make-up workdays count
        """
        self.ensure_one()
        # Portal users start clocks too, and never see calendars.
        calendar = self.sudo()
        tzinfo = timezone(calendar.tz or "UTC")
        first = utc.localize(start).astimezone(tzinfo).date()
        last = utc.localize(stop).astimezone(tzinfo).date()
        lower = tzinfo.localize(datetime.combine(first, time.min))
        upper = tzinfo.localize(datetime.combine(last + timedelta(days=1), time.min))
        holidays = [
            ("time_type", "=", "leave"),
            ("company_id", "in", [False, company.id]),
        ]
        spans = [
            (span_start, span_stop)
            for span_start, span_stop, _attendances in calendar._work_intervals_batch(
                lower, upper, domain=holidays, tz=tzinfo
            )[False]
        ]
        spans += calendar._get_makeup_spans(first, last, company, tzinfo)
        return Timeline([self._to_utc(*span) for span in merge_spans(spans)], tzinfo)

    def _get_makeup_spans(self, first, last, company, tzinfo):
        """Return the working spans of the make-up workdays between two dates."""
        return [
            (
                tzinfo.localize(
                    datetime.combine(workday.date, float_to_time(hour_from))
                ),
                tzinfo.localize(datetime.combine(workday.date, float_to_time(hour_to))),
            )
            for workday in self.env["deadline.workday"]._find_for(
                self, first, last, company
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
