from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestReviewKanban(OrderReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow(cls.step_supervisor, 95)

    def test_columns_are_the_steps_with_their_sums(self):
        """ORD-06: the supervisor sees the orders by step with their amounts."""
        waiting = self._create_order(price=100)
        signing = self._create_submitted(price=200)
        orders = (waiting + signing).with_user(self.supervisor)

        groups = orders.with_context(read_group_expand=True).web_read_group(
            [("id", "in", orders.ids)],
            ["review_step_id"],
            ["amount_total:sum"],
        )["groups"]

        columns = {
            (group["review_step_id"] or [False])[0]: group["amount_total:sum"]
            for group in groups
        }
        self.assertEqual(columns[False], 100)
        self.assertEqual(columns[self.step_supervisor.id], 200)
        self.assertIn(self.step_higher.id, columns)
        self.assertIn(self.flow._get_final_step().id, columns)

    def test_inbox_names_customer_and_amount(self):
        """ORD-06: a row of the inbox says for whom the order is and for how much."""
        order = self._create_submitted(price=200)

        title = order.review_request_id.res_name
        self.assertIn(order.name, title)
        self.assertIn(order.partner_id.name, title)
        self.assertIn("200.00", title)

    def test_column_to_submit_is_open(self):
        order = self._create_order()

        groups = (
            order.with_user(self.supervisor)
            .with_context(read_group_expand=True)
            .web_read_group(
                [("id", "=", order.id)],
                ["review_step_id"],
                auto_unfold=True,
                unfold_read_specification={"name": {}},
            )["groups"]
        )

        first = next(group for group in groups if not group["review_step_id"])
        self.assertEqual([row["id"] for row in first["__records"]], order.ids)

    def test_colours_follow_the_limit(self):
        order = self._create_submitted()
        deadline = order.review_deadline
        orders = self.env["sale.order"].with_user(self.supervisor)
        scope = [("id", "=", order.id)]
        progress = {
            "field": "review_urgency",
            "colors": {"on_time": "success", "soon": "warning", "late": "danger"},
        }

        for moment, urgency in (
            (deadline - timedelta(hours=3), "on_time"),
            (deadline - timedelta(minutes=30), "soon"),
            (deadline + timedelta(minutes=30), "late"),
        ):
            with freeze_time(moment):
                orders.invalidate_model()
                self.assertEqual(order.review_urgency, urgency)
                found = orders.search([*scope, ("review_urgency", "=", urgency)])
                self.assertEqual(found.ids, order.ids)
                bar = orders.read_progress_bar(scope, "review_step_id", progress)
                self.assertEqual(bar[str(self.step_supervisor.id)][urgency], 1, urgency)
        self.assertFalse(
            orders.search([*scope, ("review_urgency", "not in", ["on_time", "late"])])
            - orders.browse(order.ids)
        )

    def test_only_the_reviewer_finds_it_in_my_approvals(self):
        order = self._create_submitted()
        action = self.env.ref("sale_order_review.sale_order_action_my_approvals")
        domain = [("review_mine", "=", True), ("id", "=", order.id)]

        self.assertIn("review_mine", action.domain)
        for user, count in ((self.supervisor, 1), (self.higher, 0), (self.fallback, 0)):
            self.assertEqual(
                self.env["sale.order"].with_user(user).search_count(domain), count
            )

    def test_card_cannot_be_dragged(self):
        arch = self.env["sale.order"].get_view(
            self.env.ref("sale_order_review.sale_order_view_kanban_review").id, "kanban"
        )["arch"]

        self.assertIn('records_draggable="0"', arch)

    def test_stale_card_is_refused(self):
        order = self._create_submitted()
        revision = order.review_revision
        order.order_line.product_uom_qty = 2
        order.review_submit()

        action = (
            order.with_user(self.supervisor)
            .with_context(review_revision=revision)
            .action_review_approve()
        )
        dialog = (
            self.env["review.decision"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
            .create({})
        )
        with self.assertRaisesRegex(Exception, "reload"):
            dialog.action_confirm()

    def test_views_serve_each_role(self):
        order = self._create_submitted(price=80)
        for user in (self.salesperson, self.supervisor, self.finance):
            orders = self.env["sale.order"].with_user(user)
            for xmlid, kind in (
                ("sale_order_view_kanban_review", "kanban"),
                ("sale_order_view_list_application", "list"),
            ):
                view = self.env.ref(f"sale_order_review.{xmlid}")
                names = orders.get_view(view.id, kind)["models"]["sale.order"]
                orders.browse(order.ids).web_read({name: {} for name in names})
        self.assertLess(fields.Datetime.now(), order.review_deadline)
