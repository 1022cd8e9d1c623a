from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

#: The department and the schedule of a user who is no employee.
NOBODY = (None, None)


class DeadlineClock(models.Model):
    """What a clock knows at its start: people, working schedule and moments."""

    _inherit = "deadline.clock"

    def _prepare_clocks(self, specs):
        """Return the values of the clocks to create, planned in batches."""
        people = [self._get_people(spec) for spec in specs]
        employees = self._get_employees(people)
        calendars = self.env["resource.calendar"]
        vals_list, batches = [], defaultdict(list)
        for spec, (user, group, company) in zip(specs, people, strict=True):
            department_id, calendar_id = employees.get((user.id, company.id), NOBODY)
            calendar = spec.get("calendar") or calendars.browse(calendar_id)
            calendar = calendar or company.resource_calendar_id
            vals = {
                "limit_id": spec["limit"].id,
                "res_model": spec["record"]._name,
                "res_id": spec["record"].id,
                "company_id": company.id,
                "user_id": user.id,
                "group_id": group.id,
                "department_id": department_id,
                "calendar_id": calendar.id,
                "started_at": self._get_start(spec),
            }
            vals_list.append(vals)
            batches[spec["limit"], calendar, company].append(vals)
        for (limit, calendar, company), batch in batches.items():
            self._plan_clocks(limit.with_company(company), calendar, batch)
        return vals_list

    def _plan_clocks(self, limit, calendar, vals_list):
        """Complete the values of clocks of one limit in one schedule."""
        now = fields.Datetime.now()
        plans = limit._plan([vals["started_at"] for vals in vals_list], calendar)
        for vals, (due, reminder) in zip(vals_list, plans, strict=True):
            vals["due_at"] = due
            # A reminder whose moment has passed would only repeat the start.
            vals["next_at"] = reminder if reminder and reminder > now else due

    def _get_people(self, spec):
        """Return the responsible user, the responsible group and the company."""
        record, limit = spec["record"].sudo(), spec["limit"].sudo()
        company = "company_id" in record._fields and record.company_id
        company = company or limit.company_id or self.env.company
        user = spec.get("user")
        if user:
            return user.sudo(), self.env["res.groups"].sudo(), company
        user, group = limit._get_responsible(record)
        return user.sudo(), group.sudo(), company

    def _get_employees(self, people):
        """Return department and schedule of the responsible users' employees.

        :return: ``{(user id, company id): (department id, calendar id)}``
        """
        user_ids = tuple({user.id for user, _group, _company in people if user})
        if not user_ids:
            return {}
        self.env["hr.employee"].flush_model()
        self.env["hr.version"].flush_model(["department_id", "resource_calendar_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT employee.user_id, employee.company_id,
                       version.department_id, version.resource_calendar_id
                  FROM hr_employee employee
                  JOIN hr_version version ON version.id = employee.current_version_id
                 WHERE employee.active AND employee.user_id IN %s
                   AND employee.company_id IN %s""",
                user_ids,
                tuple({company.id for _user, _group, company in people}),
            )
        )
        return {(user, company): facts for user, company, *facts in rows}

    def _get_start(self, spec):
        start = spec.get("start") or fields.Datetime.now()
        return fields.Datetime.to_datetime(start).replace(microsecond=0)
