from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..terms import Terms

#: How far ahead, in days, a moment of work is looked for before giving up.
HORIZONS = (30, 400, 4000)


class DeadlineLimit(models.Model):
    """Plans a duty in the working time of a schedule."""

    _inherit = "deadline.limit"

    @ormcache("self.id")
    def _get_terms(self):
        """Return the figures of the limit, remembered until a limit changes."""
        limit = self.sudo()  # whoever starts a clock need not read limits
        return Terms(
            code=limit.code,
            company_id=limit.company_id.id,
            value=limit.value,
            unit=limit.unit,
            basis=limit.basis,
            remind_before=limit.remind_before,
        )

    def _get_current(self, company):
        """Return the company's own limit in place of this one, if it has one."""
        self.ensure_one()
        return self._get_limit(self._get_terms().code, company) or self

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
        terms = self._get_terms()
        calendar = self._get_calendar(calendar)
        schedule = calendar._get_deadline_schedule()
        if terms.basis == "clock" or not calendar:
            return [terms.plan_by_clock(start, schedule) for start in starts]
        company = self._get_company(terms, schedule)
        days = 14 + 3 * terms.value if terms.unit == "days_before" else 0
        for horizon in HORIZONS:
            timeline = calendar._get_deadline_timeline(
                min(starts) - timedelta(days=days) * (horizon / HORIZONS[0]),
                max(starts) + timedelta(days=horizon),
                company,
            )
            plans = [terms.plan_by_work(timeline, start, schedule) for start in starts]
            if all(due for due, _reminder in plans):
                return plans
        raise UserError(self._get_no_work_message(calendar))

    @api.model
    def _get_company(self, terms, schedule):
        """Return the company whose holidays and make-up workdays count."""
        companies = self.env["res.company"]
        own = companies.browse(terms.company_id or schedule.company_id)
        return own or self.env.company

    def _get_no_work_message(self, calendar):
        return self.env._(
            "The time limit %(limit)s finds no working time in the schedule "
            "%(calendar)s: add working hours to the schedule.",
            limit=self.sudo().name,  # whoever starts a clock need not read limits
            calendar=calendar.name,
        )

    def _get_calendar(self, calendar):
        """Return the schedule to count in: the given one, else the company's."""
        company_id = self._get_terms().company_id
        company = self.env["res.company"].browse(company_id) or self.env.company
        # Working schedules are closed to customers, whose clicks start clocks too.
        return calendar.sudo() or company.sudo().resource_calendar_id
