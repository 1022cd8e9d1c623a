from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain


class DeadlineClock(models.Model):
    """What a clock knows at its start: people, working schedule and moments."""

    _inherit = "deadline.clock"

    def _prepare_clocks(self, specs):
        """Return the values of the clocks to create, planned in batches."""
        people = [self._get_people(spec) for spec in specs]
        employees = self._get_employees(people)
        vals_list, batches = [], defaultdict(list)
        for spec, (user, group, company) in zip(specs, people, strict=True):
            employee = employees.get((user, company), self.env["hr.employee"])
            calendar = spec.get("calendar") or employee.resource_calendar_id
            calendar = calendar or company.resource_calendar_id
            vals = {
                "limit_id": spec["limit"].id,
                "res_model": spec["record"]._name,
                "res_id": spec["record"].id,
                "company_id": company.id,
                "user_id": user.id,
                "group_id": group.id,
                "department_id": employee.department_id.id,
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
        """Return the employees of the responsible users, by user and company."""
        user_ids = {user.id for user, _group, _company in people if user}
        if not user_ids:
            return {}
        employees = self.env["hr.employee"].search(
            Domain("user_id", "in", list(user_ids))
            & Domain("company_id", "in", list({people[2].id for people in people}))
        )
        return {
            (employee.user_id, employee.company_id): employee for employee in employees
        }

    def _get_start(self, spec):
        start = spec.get("start") or fields.Datetime.now()
        return fields.Datetime.to_datetime(start).replace(microsecond=0)
