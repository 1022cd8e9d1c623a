from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestPriceAuthority(OrderReviewCommon):
    def _get_reason(self, order):
        return order.sudo()._review_check_price_authority().get(order.id)

    def test_without_any_range_no_price_is_restricted(self):
        """ORD-14: a company that maintains no range restricts no price."""
        order = self._create_order(price=1.0)

        self.assertFalse(self._get_reason(order))
        self.assertFalse(order.order_line.price_authority_state)

    def test_price_inside_the_range_stays_with_the_supervisor(self):
        """ORD-07: inside the authorised range the supervisor decides alone."""
        self._allow(self.step_supervisor, 95, 110)
        order = self._create_submitted(price=95.0)

        self._approve(order, self.supervisor)

        self.assertEqual(order.review_state, "approved")

    def test_price_outside_the_range_needs_the_next_level(self):
        """ORD-07: below or above the range the next level is compulsory."""
        self._allow(self.step_supervisor, 95, 110)
        self._allow(self.step_higher, 50)

        for price in (94.0, 111.0):
            order = self._create_submitted(price=price)
            self._approve(order, self.supervisor)
            self.assertEqual(order.review_state, "open")
            self.assertEqual(order.review_step_id, self.step_higher)
            self._approve(order, self.higher)
            self.assertEqual(order.review_state, "approved")

    def test_line_says_how_far_outside(self):
        """ORD-06: the line compares its price with the price list."""
        self._allow(self.step_supervisor, 95, 110)
        order = self._create_order(price=87.0)
        line = order.order_line

        self.assertRecordValues(
            line,
            [
                {
                    "price_list_unit": 100.0,
                    "price_percent": 87.0,
                    "price_authority_state": "below",
                }
            ],
        )
        self.assertIn("8 %", line.price_authority_text)
        reason = self._get_reason(order)
        self.assertIn("8 %", reason.splitlines()[0])
        self.assertIn("Sprayer", reason)

    def test_discounts_of_line_and_order_count(self):
        """ORD-07: a discount on the whole order is no way around the range."""
        self._allow(self.step_supervisor, 95)
        by_line = self._create_order()
        by_line.order_line.discount = 10
        by_order = self._create_order()
        wizard = self.env["sale.order.discount"].create(
            {
                "sale_order_id": by_order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        )
        wizard.action_apply_discount()

        for order in by_line, by_order:
            line = order.order_line.filtered(lambda line: line.price_unit > 0)
            self.assertAlmostEqual(line.price_percent, 90)
            self.assertIn("5 %", self._get_reason(order))

    def test_comparison_is_untaxed(self):
        """ORD-06: a tax inside the price is no part of the comparison."""
        self._allow(self.step_supervisor, 95)
        tax = self.env["account.tax"].create(
            {
                "name": "Included 13 %",
                "amount": 13,
                "price_include_override": "tax_included",
            }
        )
        product = self._create_goods("Taxed", 5, taxes_id=[Command.set(tax.ids)])
        product.list_price = 113.0

        order = self._create_order(product=product, price=113.0)
        order.order_line.tax_ids = tax

        self.assertEqual(order.order_line.price_list_unit, 100.0)
        self.assertAlmostEqual(order.order_line.price_percent, 100.0)
        order.order_line.tax_ids = False
        self.assertAlmostEqual(order.order_line.price_percent, 113.0)

    def test_pricelist_of_the_order_is_the_measure(self):
        """ORD-14: the tolerance is a share of the customer's price list."""
        self._allow(self.step_supervisor, 95)
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Dealers",
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 80.0})
                ],
            }
        )

        order = self._create_order(price=80.0, pricelist_id=pricelist.id)

        self.assertEqual(order.order_line.price_list_unit, 80.0)
        self.assertFalse(self._get_reason(order))

    def test_closest_range_counts(self):
        """ORD-14: product before category before customer category before general."""
        category = self.env["product.category"].create({"name": "Machines"})
        child = self.env["product.category"].create(
            {"name": "Sprayers", "parent_id": category.id}
        )
        dealers = self.env["res.partner.category"].create({"name": "Dealers"})
        self._allow(self.step_supervisor, 99)
        order = self._create_order(price=90.0)
        self.assertTrue(self._get_reason(order))

        for values in (
            {"partner_category_id": dealers.id, "percent_min": 90},
            {"categ_id": category.id, "percent_min": 97},
            {"categ_id": child.id, "percent_min": 90},
            {
                "product_tmpl_id": self.sprayer.product_tmpl_id.id,
                "percent_min": 97,
            },
        ):
            self.sprayer.categ_id = child
            self.customer.category_id = dealers
            self._allow(self.step_supervisor, **values)
            order.order_line.invalidate_recordset()
            is_outside = values["percent_min"] > 90
            self.assertEqual(bool(self._get_reason(order)), is_outside, values)

    def test_product_without_authority_goes_to_the_last_step(self):
        """ORD-07: nobody has authority over what no range covers."""
        other = self._create_goods("Other", 5)
        self._allow(
            self.step_supervisor, 90, product_tmpl_id=self.sprayer.product_tmpl_id.id
        )
        order = self._create_order(product=other)

        self.assertTrue(self._get_reason(order))
        self.assertTrue(order.sudo()._review_check_price_authority_last())
        self.assertEqual(order.order_line.price_authority_state, "none")

    def test_three_levels_ask_the_level_that_has_the_authority(self):
        """ORD-15: limits per level are configurable, beyond all of them the last."""
        self._allow(self.step_supervisor, 95)
        self._allow(self.step_higher, 85)
        last = self.env["review.rule"].create(
            {
                "flow_id": self.flow.id,
                "name": "Beyond every range",
                "code": "price_authority_last",
                "kind": "method",
            }
        )
        top = self.env["review.step"].create(
            {
                "flow_id": self.flow.id,
                "name": "General manager",
                "sequence": 30,
                "condition": "on_rules",
                "rule_ids": [Command.link(last.id)],
                "user_id": self.fallback.id,
                "fallback_user_id": self.fallback.id,
            }
        )

        inside = self._create_submitted(price=88.0)
        beyond = self._create_submitted(price=60.0)

        self.assertNotIn(top, inside.sudo().review_request_id.task_ids.step_id)
        self.assertIn(top, beyond.sudo().review_request_id.task_ids.step_id)

    def test_reasons_are_separate(self):
        """ORD-10: each reason has its own entry and its own chip."""
        self._allow(self.step_supervisor, 95)
        self.env["review.rule"].create(
            {
                "flow_id": self.flow.id,
                "name": "Large order",
                "code": "large",
                "domain": "[('amount_total', '>', 50)]",
                "message": "Above 50",
                "step_ids": [Command.link(self.step_higher.id)],
            }
        )

        order = self._create_submitted(price=80.0)

        chips = {chip["code"]: chip for chip in order.review_chips}
        self.assertEqual(set(chips), {"price_authority", "large"})
        self.assertEqual(chips["large"]["text"], "Above 50")
        self.assertIn("15 %", chips["price_authority"]["text"])

    def test_only_the_maintainers_change_ranges(self):
        """ORD-14: ranges are maintained by those who hold the right, read by sales."""
        authority = self._allow(self.step_supervisor, 95)

        self.assertTrue(authority.with_user(self.salesperson).percent_min)
        for user in (self.salesperson, self.supervisor):
            with self.assertRaises(AccessError):
                authority.with_user(user).percent_min = 1

    def test_check_of_many_orders_asks_for_the_ranges_once(self):
        self._allow(self.step_supervisor, 95)
        orders = self.env["sale.order"].sudo()
        for _number in range(5):
            orders |= self._create_order(price=80.0)
        self.env.flush_all()
        orders._review_check_price_authority()

        self.assertEqual(len(orders._review_check_price_authority()), 5)
