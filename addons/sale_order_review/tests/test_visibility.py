from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestVisibility(OrderReviewCommon):
    def test_salesperson_sees_own_orders(self):
        """ORG-03: a salesperson works on own orders, not on a colleague's."""
        colleague = self._create_user("salesperson2", "group_sale_salesman")
        order = self._create_order()

        self.assertTrue(order.with_user(self.salesperson).name)
        with self.assertRaises(AccessError):
            order.with_user(colleague).read(["name"])
        with self.assertRaises(AccessError):
            order.with_user(colleague).review_submit()

    def test_manager_sees_all_orders_of_the_team(self):
        """ORG-02: the manager of the unit has access to all records of the team."""
        order = self._create_order()

        self.assertIn(
            order,
            self.env["sale.order"]
            .with_user(self.supervisor)
            .search([("team_id", "=", self.unit.id)]),
        )

    def test_groups_have_one_manager_and_members(self):
        """ORG-01: one manager per unit with its members, in a tree of units."""
        self.assertEqual(self.unit.user_id, self.supervisor)
        self.assertEqual(self.unit.member_ids, self.salesperson)
        self.assertEqual(self.unit.parent_id.user_id, self.higher)
        self.assertIn(self.unit, self.region.child_ids)

    def test_customer_service_follows_all_orders(self):
        """ORG-04: customer service follows every order and customer file."""
        service = self._create_user("service", "group_sale_salesman_all_leads")
        order = self._create_submitted().with_user(service)

        self.assertTrue(order.review_waiting_on)
        self.assertTrue(order.partner_id.name)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        foreign = new_test_user(
            self.env,
            "review_foreign",
            groups="sales_team.group_sale_manager,base_review.group_review_manager",
            company_id=company.id,
            company_ids=[company.id],
        )
        order = self._create_submitted()
        authority = self._allow(self.step_supervisor, 95, company_id=self.company.id)

        with self.assertRaises(AccessError):
            order.with_user(foreign).read(["name"])
        with self.assertRaises(AccessError):
            authority.with_user(foreign).read(["percent_min"])
        with self.assertRaises(AccessError):
            self._approve(order, foreign)

    def test_a_unit_is_not_above_itself(self):
        with self.assertRaisesRegex(Exception, "above itself"):
            self.region.parent_id = self.unit
