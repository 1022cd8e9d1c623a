from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

HOURS_PER_DAY = 24


class DeadlineWorkday(models.Model):
    """A day of rest on which the company works, e.g. a Sunday before a holiday week.

    Working schedules know weekdays only, so these days are listed by date.
    """

    _name = "deadline.workday"
    _description = "Make-up Workday"
    _inherit = ["deadline.setting"]
    _order = "date desc, id"
    _check_company_auto = True
    _rec_name = "date"

    date = fields.Date(required=True, index=True)
    name = fields.Char(string="Reason", translate=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="Leave empty for a day that all companies work.",
    )
    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Schedule",
        check_company=True,
        index="btree_not_null",
        help="Leave empty for all working schedules.",
    )
    weekday = fields.Selection(
        selection=[
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Works Like",
        required=True,
        default="0",
        help="The weekday of the working schedule whose hours are worked on this day.",
    )
    hours = fields.Float(
        help="How many hours of that day are worked; 0 stands for the whole day."
    )

    _date_uniq = models.UniqueIndex(
        "(date, company_id, calendar_id) NULLS NOT DISTINCT",
        "This make-up workday is already listed for this company and schedule.",
    )

    @api.depends("calendar_id")
    def _compute_company_id(self):
        for workday in self:
            workday.company_id = workday.calendar_id.company_id or workday.company_id

    @api.constrains("hours")
    def _check_hours(self):
        for workday in self:
            if not isfinite(workday.hours) or not 0 <= workday.hours <= HOURS_PER_DAY:
                raise ValidationError(
                    self.env._(
                        "The make-up workday %s needs between 0 and 24 hours.",
                        workday.date,
                    )
                )

    @api.model
    def _find_for(self, calendar, first, last, company_id):
        """Return the make-up workdays of a calendar between two dates."""
        return self.search(
            Domain("date", ">=", first)
            & Domain("date", "<=", last)
            & Domain("company_id", "in", [False, company_id])
            & Domain("calendar_id", "in", [False, calendar.id])
        )

    def _get_working_hours(self, calendar):
        """Return the ``(hour_from, hour_to)`` worked on this day, in local hours."""
        self.ensure_one()
        week_type = str(
            self.env["resource.calendar.attendance"].get_week_type(self.date)
        )
        attendances = calendar._get_global_attendances().filtered(
            lambda attendance: (
                attendance.dayofweek == self.weekday
                and attendance.week_type in (False, week_type)
            )
        )
        hours_left = self.hours or HOURS_PER_DAY
        worked = []
        for attendance in attendances.sorted("hour_from"):
            hours = min(attendance.hour_to - attendance.hour_from, hours_left)
            if hours > 0:
                worked.append((attendance.hour_from, attendance.hour_from + hours))
                hours_left -= hours
        return worked
