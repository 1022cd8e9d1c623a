import datetime
from contextlib import contextmanager

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..demo_builder.people import DEPARTMENTS, HEADS, HOMES, PEOPLE

FRIDAY = 4


class DemoBuilder(models.AbstractModel):
    """Builds the demo company through the public methods, each call as its role.

    Nothing here is reachable over RPC.  Dates are relative to today: the clock is
    frozen at the moment at which the story puts a call, so that every state shown is
    one that people can reach.
    """

    _name = "yewu.demo.builder"
    _description = "Demo Company Builder"

    @api.model
    def _build(self):
        """Fill the current company, which must be empty, with the demo company.

        :raise UserError: when the company has sales orders already.
        """
        if self.env["sale.order"].search_count([], limit=1):
            raise UserError(
                self.env._("The demo company is built in an empty database only.")
            )
        builder = self.with_context(
            lang="zh_CN", tz="Asia/Shanghai", tracking_disable=False
        )
        builder._build_company()
        builder._build_people()
        builder._build_catalogue()
        builder._build_customers()
        builder._build_suppliers()
        builder._build_switches()
        builder._build_receivables()
        builder._build_payments()
        builder._build_surcharges()
        builder._build_orders()
        builder._build_desk()
        builder._build_purchases()
        builder._build_absence()
        builder._build_copies()

    # === TOOLS === #

    def _as(self, login):
        """Return this builder as the person with ``login``, in Chinese."""
        user = self._person(login)
        return self.with_user(user).with_context(lang="zh_CN", tz="Asia/Shanghai")

    def _person(self, login):
        return self.env["res.users"].sudo().search([("login", "=", login)], limit=1)

    @contextmanager
    def _at(self, days_ago, hour=10, minute=0):
        """Freeze the clock at this hour in Shanghai, ``days_ago`` workdays ago."""
        # Only the demo builder needs it; the library is no dependency of the add-on.
        from freezegun import freeze_time  # noqa: PLC0415

        day = self._get_workday(days_ago)
        moment = datetime.datetime.combine(day, datetime.time(hour, minute))
        with freeze_time(moment - datetime.timedelta(hours=8)):
            yield day
            self.env.flush_all()

    @api.model
    def _get_workday(self, days_ago):
        """Return the day ``days_ago`` weekdays before the last one that is over."""
        day = fields.Date.today() - datetime.timedelta(days=1)
        while day.weekday() > FRIDAY:
            day -= datetime.timedelta(days=1)
        for _number in range(days_ago):
            day -= datetime.timedelta(days=3 if day.weekday() == 0 else 1)
        return day

    # === PEOPLE === #

    def _build_people(self):
        departments = {
            name: self.env["hr.department"].create({"name": name})
            for name in DEPARTMENTS
        }
        employees = {}
        for person in PEOPLE:
            user = self._create_user(person)
            employees[person.login] = self.env["hr.employee"].create(
                {
                    "name": person.name,
                    "user_id": user.id,
                    "department_id": departments[person.department].id,
                    "parent_id": employees[person.manager].id
                    if person.manager
                    else False,
                }
            )
        for name, login in HEADS.items():
            departments[name].manager_id = employees[login]

    def _create_user(self, person):
        groups = [self.env.ref(f"yewu.role_{role}").id for role in person.roles]
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": person.name,
                    "login": person.login,
                    "password": person.login,
                    "email": f"{person.login}@example.com",
                    "lang": "zh_CN",
                    "tz": "Asia/Shanghai",
                    "action_id": self.env.ref(HOMES[person.roles[0]]).id,
                    "group_ids": [
                        Command.set([self.env.ref("base.group_user").id, *groups])
                    ],
                }
            )
        )
