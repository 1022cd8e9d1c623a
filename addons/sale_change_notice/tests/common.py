from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


class ChangeCommon(TransactionCase):
    """A company with change notices, its people, and a confirmed order of two lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(lang="en_US").env
        cls.company = cls.env.company
        cls._switch_others_off()
        cls.salesperson = cls._create_user("sales", "sales_team.group_sale_salesman")
        cls.head = cls._create_user("head", "sales_team.group_sale_salesman_all_leads")
        cls.fallback = cls._create_user(
            "fallback", "sales_team.group_sale_salesman_all_leads"
        )
        cls.production = cls._create_member("production")
        cls.material = cls._create_member("material")
        cls.designer = cls._create_member("technical")
        cls.desk = cls._create_member("desk")
        cls.foreman = cls._create_user("foreman", "base.group_user")
        cls.workshop = cls._create_department("Workshop", cls.foreman)
        cls.unit = cls.env["crm.team"].create(
            {"name": "Unit", "user_id": cls.head.id, "company_id": cls.company.id}
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Qingyun Machinery", "is_company": True}
        )
        cls.sprayer = cls._create_goods("Sprayer")
        cls.pump = cls._create_goods("Pump")
        cls.hose = cls._create_goods("Hose")
        cls._switch_on()
        cls.order = cls._create_order()
        cls.line, cls.other_line = cls.order.order_line

    @classmethod
    def _switch_others_off(cls):
        """Judge this module alone, whatever else is installed and switched on."""
        for name in ("order_review", "order_intake", "credit_control"):
            if name in cls.company._fields and cls.company[name]:
                cls.company[name] = False
        for name in ("delivery_release",):
            if name in cls.company._fields:
                cls.company[name] = False

    @classmethod
    def _switch_on(cls):
        cls.company.order_change_fallback_id = cls.fallback
        cls.company.order_change_department_ids = cls.workshop
        cls.company.order_changes = False
        shipped = cls.env.ref("sale_change_notice.review_flow_change_notice")
        shipped._copy_to_company(cls.company, cls.fallback)
        cls.company.order_changes = True

    @classmethod
    def _create_user(cls, name, groups):
        return new_test_user(
            cls.env,
            f"change_{name}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_member(cls, name):
        """Create the one member of a group that reviews changes."""
        group = f"sale_change_notice.group_change_{name}"
        cls.env.ref(group).user_ids = [Command.clear()]
        return cls._create_user(name, group)

    @classmethod
    def _create_department(cls, name, manager):
        employee = cls.env["hr.employee"].create(
            {"name": name, "user_id": manager.id, "company_id": cls.company.id}
        )
        return cls.env["hr.department"].create(
            {"name": name, "company_id": cls.company.id, "manager_id": employee.id}
        )

    @classmethod
    def _create_goods(cls, name, **values):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
                "route_ids": [Command.clear()],
                **values,
            }
        )
        if product.is_storable:
            cls.env["stock.quant"]._update_available_quantity(
                product, cls._get_warehouse().lot_stock_id, 100
            )
        return product

    @classmethod
    def _get_warehouse(cls):
        return cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )

    @classmethod
    def _create_order(cls, confirm=True, **values):
        """Create an order of 5 sprayers and 2 pumps as the salesperson."""
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "price_unit": 100,
                }
            )
            for product, quantity in ((cls.sprayer, 5), (cls.pump, 2))
        ]
        order = (
            cls.env["sale.order"]
            .with_user(cls.salesperson)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "user_id": cls.salesperson.id,
                    "team_id": cls.unit.id,
                    "company_id": cls.company.id,
                    "order_line": lines,
                    **values,
                }
            )
        )
        if confirm:
            order.action_confirm()
            assert order.state == "sale", order.confirm_hold_reason
        return order

    @classmethod
    def _create_paper(cls, user, name="letter.pdf"):
        return (
            cls.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "raw": b"%PDF-1.4 please change"})
        )

    @classmethod
    def _create_notice(cls, *lines, order=None, paper=True, user=None, **values):
        """Draft a notice as the salesperson; each line is a dict of values."""
        user = user or cls.salesperson
        papers = [Command.link(cls._create_paper(user).id)] if paper else []
        return (
            cls.env["sale.change.notice"]
            .with_user(user)
            .create(
                {
                    "order_id": (order or cls.order).id,
                    "reason": "The customer asked for it",
                    "paper_ids": papers,
                    "line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    @classmethod
    def _change(cls, line=None, **values):
        return {"order_line_id": (line or cls.line).id, **values}

    @classmethod
    def _submit(cls, notice):
        notice.with_user(cls.salesperson).review_submit()
        return notice

    @classmethod
    def _approve(cls, notice, *users):
        for user in users:
            revision = notice.sudo().review_revision
            notice.with_user(user).review_approve(revision)
        return notice

    @classmethod
    def _create_approved(cls, *lines, **values):
        """Return a minor notice that the production manager approved."""
        notice = cls._submit(cls._create_notice(*lines, **values))
        return cls._approve(notice, cls.production)

    @classmethod
    def _apply(cls, notice):
        notice.with_user(cls.salesperson).action_apply()
        return notice

    @classmethod
    def _in_days(cls, days):
        now = fields.Datetime.now().replace(microsecond=0)
        return now + timedelta(days=days)

    @classmethod
    def _deliver(cls, line, quantity):
        move = line.sudo().move_ids.filtered(
            lambda m: m.state not in ("done", "cancel")
        )
        move.quantity = quantity
        move.picked = True
        move._action_done()

    def _assert_applied(self, notice):
        self.assertEqual(notice.state, "applied", notice.apply_error)

    def _assert_not_applied(self, notice, words):
        self.assertEqual(notice.state, "approved")
        self.assertIn(words, notice.apply_error)

    def _get_demand(self, line):
        moves = line.sudo().move_ids.filtered(lambda move: move.state != "cancel")
        return sum(moves.mapped("product_uom_qty"))
