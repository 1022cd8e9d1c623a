from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class OrderReviewCommon(BaseCommon):
    """A unit under a higher unit, its people, and goods with ten pieces in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.salesperson = cls._create_user("salesperson", "group_sale_salesman")
        cls.supervisor = cls._create_user("supervisor", "group_sale_salesman_all_leads")
        cls.higher = cls._create_user("higher", "group_sale_salesman_all_leads")
        cls.fallback = cls._create_user("fallback", "group_sale_salesman_all_leads")
        cls.finance = new_test_user(
            cls.env,
            "review_finance",
            groups="sale_order_review.group_order_finance",
        )
        cls.region = cls.env["crm.team"].create(
            {"name": "Region", "user_id": cls.higher.id}
        )
        cls.unit = cls.env["crm.team"].create(
            {
                "name": "Unit",
                "user_id": cls.supervisor.id,
                "parent_id": cls.region.id,
                "member_ids": [Command.link(cls.salesperson.id)],
            }
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Qingyun Machinery", "is_company": True}
        )
        cls.sprayer = cls._create_goods("Sprayer", stock=10)
        cls._switch_on()

    @classmethod
    def _create_user(cls, name, group):
        return new_test_user(cls.env, f"review_{name}", groups=f"sales_team.{group}")

    @classmethod
    def _create_goods(cls, name, stock=0, **values):
        """Create storable goods at 100 a piece, without a make or buy route."""
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                "route_ids": [Command.clear()],
                **values,
            }
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        if stock:
            cls.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, stock
            )
        return product

    @classmethod
    def _switch_on(cls):
        """Switch the review on with a fresh flow and the rule of this module alone."""
        cls.env["sale.price.authority"].search([]).active = False
        cls.company.order_review = False
        cls.company.order_review_fallback_id = cls.fallback
        shipped = cls.env.ref("sale_order_review.review_flow_sale_order")
        shipped._copy_to_company(cls.company, cls.fallback)
        cls.company.order_review = True
        cls.flow = cls.env["review.flow"]._get_flow("sale.order", cls.company)
        others = cls.flow.rule_ids.filtered(lambda rule: rule.code != "price_authority")
        others.active = False
        cls.step_supervisor, cls.step_higher = cls.flow.step_ids.filtered(
            lambda step: not step.is_final
        ).sorted()

    @classmethod
    def _allow(cls, step, percent_min, percent_max=0.0, **values):
        """Give a step the authority over a range of prices."""
        return cls.env["sale.price.authority"].create(
            {
                "step_id": step.id,
                "percent_min": percent_min,
                "percent_max": percent_max,
                **values,
            }
        )

    @classmethod
    def _create_order(cls, price=100.0, quantity=1, product=None, **values):
        """Create a quotation as the salesperson."""
        return (
            cls.env["sale.order"]
            .with_user(cls.salesperson)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "team_id": cls.unit.id,
                    "order_channel": "telephone",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": (product or cls.sprayer).id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _create_submitted(cls, **values):
        order = cls._create_order(**values)
        order.review_submit()
        return order

    def _approve(self, order, user, reason=None):
        revision = order.sudo().review_revision
        return order.with_user(user).review_approve(revision, reason)

    def _run_confirmation(self, order):
        """Do what the cron does for the order after its approval."""
        self.env["sale.order"].browse(order.id)._confirm_retry()
