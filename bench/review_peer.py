"""OCA's base_tier_validation on sale orders: the same people, shares and questions."""

from multiply import multiply, reserve_ids
from review_people import People, split

from odoo import Command

LIST_COLUMNS = {
    **{name: {} for name in ("name", "validation_status", "next_review", "can_review")},
    "partner_id": {"fields": {"display_name": {}}},
}


class Suite:
    """The three definitions and the orders under validation."""

    SIZES = {"S": 1_000, "M": 10_000, "L": 100_000}

    def __init__(self, env):
        self.env = env
        module = env["ir.module.module"].search([("name", "=", "base_tier_validation")])
        self.name = f"OCA base_tier_validation {module.latest_version}"
        self.people = People(env, ["sales_team.group_sale_salesman_all_leads"])
        self.product = env["product.product"].search([("default_code", "=", "BENCH")])
        if not self.product:
            self._create_definitions()
            self.product = self.product.create(
                {"name": "Bench", "default_code": "BENCH", "type": "service"}
            )

    # === DATA === #

    def _create_definitions(self):
        field = self.env["ir.model.fields"]._get("sale.order", "user_id")
        people = self.people
        groups = (people.director_group, people.finance_group)
        definitions = [
            {"review_type": "field", "reviewer_field_id": field.id},
            *({"review_type": "group", "reviewer_group_id": g.id} for g in groups),
        ]
        self.env["tier.definition"].create(
            [
                {
                    "name": f"Step {number}",
                    "sequence": 40 - number * 10,
                    "model_id": self.env["ir.model"]._get_id("sale.order"),
                    "approve_sequence": True,
                    **definition,
                }
                for number, definition in enumerate(definitions, 1)
            ]
        )

    def create_order(self):
        """Create an order as its author does; its salesperson is the supervisor."""
        line = Command.create(
            {"product_id": self.product.id, "price_unit": 100, "tax_ids": False}
        )
        orders = self.env["sale.order"].with_user(self.people.author)
        return orders.create(
            {
                "partner_id": self.env.company.partner_id.id,
                "user_id": self.people.supervisors[0].id,
                "order_line": [line] * 3,
            }
        )

    def create_requested(self, decided=0):
        """Create an order of which the first tiers are validated."""
        order = self.create_order()
        order.request_validation()
        people = self.people
        for user in (people.supervisors[0], people.directors[0])[:decided]:
            order.invalidate_recordset()
            order.with_user(user).validate_tier()
        return order

    def fill(self, count):
        """Let ``count`` orders be under validation."""
        pending = [("validation_status", "in", ("waiting", "pending"))]
        count -= self.env["sale.order"].search_count(pending)
        if count <= 0:
            return
        for decided, share in enumerate(split(count)):
            order = self.create_requested(decided)
            self.env.cr.flush()
            self._copy(order.sudo(), share - 1)
        self.env.invalidate_all()

    def _copy(self, order, count):
        """Copy an order with its lines, its reviews and their reviewers."""
        cr = self.env.cr
        orders = f"{reserve_ids(cr, 'sale_order', count)} + i.n"
        first = self.people.supervisors[0].id
        supervisor = f"(ARRAY{self.people.supervisors.ids})[1 + i.n % 42]"
        items = f"SELECT generate_series(1, {count}) AS n"
        where = f"s.id = {order.id}"
        multiply(cr, "sale_order", where, items, id=orders, user_id=supervisor)
        for line in order.order_line:
            ids = f"{reserve_ids(cr, 'sale_order_line', count)} + i.n"
            where = f"s.id = {line.id}"
            multiply(cr, "sale_order_line", where, items, id=ids, order_id=orders)
        for review in order.review_ids:
            ids = f"{reserve_ids(cr, 'tier_review', count)} + i.n"
            where = f"s.id = {review.id}"
            multiply(cr, "tier_review", where, items, id=ids, res_id=orders)
            field = review._fields["reviewer_ids"]
            name, users = field.column1, field.column2
            multiply(
                cr,
                field.relation,
                f"s.{name} = {review.id}",
                items,
                **{
                    name: ids,
                    users: f"CASE WHEN s.{users} = {first} THEN {supervisor}"
                    f" ELSE s.{users} END",
                },
            )

    # === CASES === #

    def cases(self):
        """Yield (case, name of the peer, call)."""
        waiting, draft = self.create_requested(), self.create_order()
        self.env.cr.flush()
        people = self.people
        mine = [("can_review", "=", True)]
        users = (("_person", people.supervisors[1]), ("", people.directors[1]))
        orders = self.env["sale.order"].with_user(people.supervisors[1])
        yield (
            "review.list_page",
            self.name,
            lambda: orders.web_search_read([], LIST_COLUMNS, limit=80),
        )
        approving = waiting.with_user(people.supervisors[0])
        yield "review.approve", self.name, approving.validate_tier
        yield "review.submit", self.name, draft.request_validation
        for suffix, user in users:
            counting = self.env["res.users"].with_user(user)
            yield f"review.counter{suffix}", self.name, counting.review_user_count
            searching = orders.with_user(user)
            yield (
                f"review.inbox_page{suffix}",
                self.name,
                lambda o=searching: o.web_search_read(mine, LIST_COLUMNS, limit=80),
            )
