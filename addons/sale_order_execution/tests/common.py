from datetime import datetime, timedelta

from pytz import timezone, utc

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

SHANGHAI = timezone("Asia/Shanghai")
MODULE = "sale_order_execution"


def china(*moment):
    """Return a moment told in Shanghai as naive UTC."""
    local = SHANGHAI.localize(datetime(*moment))  # noqa: DTZ001
    return local.astimezone(utc).replace(tzinfo=None)


#: A Monday morning, and a Friday two weeks later.
NOW = china(2026, 6, 1, 9)
PROMISED = china(2026, 6, 19, 15)


class ExecutionCommon(TransactionCase):
    """A company that follows its orders, with the people who do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        context = {"lang": "en_US", "tz": "Asia/Shanghai", "no_reset_password": True}
        cls.env = cls.env(context={**cls.env.context, **context})
        cls.company = cls.env.company
        cls.company.write(
            {
                "order_execution": True,
                "execution_user_id": False,
                "contact_permission": False,
                "resource_calendar_id": cls._create_calendar().id,
            }
        )
        cls.salesperson = cls._create_user("sales", "sales_team.group_sale_salesman")
        cls.clerk = cls._create_user("clerk", f"{MODULE}.group_execution_clerk")
        cls.maker = cls._create_user("maker", f"{MODULE}.group_execution_production")
        cls.boss = cls._create_user("boss", f"{MODULE}.group_execution_general_manager")
        cls.colleague = cls._create_user("colleague", "base.group_user")
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Qingyun Machinery",
                "email": "buyer@example.com",
                "lang": "en_US",
                "settlement_type": "monthly",
            }
        )
        cls.goods = cls._create_product("Sprayer")
        cls.other = cls._create_product("Nozzle")
        cls.service = cls._create_product("Advice", type="service", is_storable=False)

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login=f"execution_{login}",
            groups=groups,
            lang="en_US",
            tz="Asia/Shanghai",
        )

    @classmethod
    def _create_calendar(cls):
        hours = [(8, 12, "morning"), (12, 13, "lunch"), (13, 17, "afternoon")]
        attendances = [
            Command.create(
                {
                    "name": f"{day} {period}",
                    "dayofweek": str(day),
                    "hour_from": hour_from,
                    "hour_to": hour_to,
                    "day_period": period,
                }
            )
            for day in range(5)
            for hour_from, hour_to, period in hours
        ]
        return cls.env["resource.calendar"].create(
            {
                "name": "Execution Test Schedule",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                "attendance_ids": attendances,
            }
        )

    @classmethod
    def _create_product(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _create_quotation(cls, *products, quantity=10, date=PROMISED, **values):
        orders = cls.env["sale.order"].with_user(cls.salesperson)
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.salesperson.id,
                "commitment_date": date,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                    for product in products or (cls.goods,)
                ],
                **values,
            }
        )

    @classmethod
    def _create_order(cls, *products, **values):
        """Confirm an order as the salesperson."""
        order = cls._create_quotation(*products, **values)
        order.action_confirm()
        return order

    def _get_instruction(self, order, user=None):
        """Return the instruction of an order, as the clerk or somebody else."""
        found = order.sudo()._get_instructions()
        return found.with_user(user or self.clerk)

    def _create_issued(self, *products, **values):
        instruction = self._get_instruction(self._create_order(*products, **values))
        instruction.action_issue()
        return instruction

    def _create_acknowledged(self, *products, **values):
        instruction = self._create_issued(*products, **values)
        instruction.with_user(self.maker).action_acknowledge()
        return instruction

    def _get_clock(self, record, code):
        """Return the newest clock of a limit on a document."""
        return self.env["deadline.clock"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("limit_id.code", "=", code),
            ],
            order="id desc",
            limit=1,
        )

    def _get_activities(self, record, user):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("user_id", "=", user.id),
            ]
        )

    def _follow(self):
        """Do what the end of the transaction does."""
        self.env.cr.precommit.run()

    def _deliver(self, order):
        picking = order.sudo().picking_ids
        picking.move_ids.write({"quantity": 10, "picked": True})
        picking._action_done()

    @classmethod
    def _create_department(cls, name, head=None):
        department = cls.env["hr.department"].create(
            {"name": name, "company_id": cls.company.id}
        )
        if head:
            department.manager_id = cls.env["hr.employee"].create(
                {
                    "name": head.name,
                    "user_id": head.id,
                    "company_id": cls.company.id,
                    "department_id": department.id,
                }
            )
        return department

    @classmethod
    def _now(cls, **delta):
        return fields.Datetime.now() + timedelta(**delta)
