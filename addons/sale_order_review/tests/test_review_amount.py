from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestReviewAmount(OrderReviewCommon):
    """What an order is about decides whether its approval needs the password."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow(cls.step_supervisor, 95)
        cls.step_supervisor.identity_amount = 600.0

    def test_large_order_needs_the_password(self):
        small = self._create_submitted(quantity=5)
        self._approve(small, self.supervisor)
        self.assertEqual(small.review_state, "approved")

        large = self._create_submitted(quantity=6)
        with self.assertRaisesRegex(AccessError, "needs your password"):
            self._approve(large, self.supervisor)
        self.assertEqual(large.review_state, "open")

    def test_amount_is_in_company_currency_of_the_day(self):
        company = self.company
        currency = self.env["res.currency"].create(
            {
                "name": "ZZZ",
                "symbol": "Z",
                "rate_ids": [
                    Command.create(
                        {"name": day, "rate": rate, "company_id": company.id}
                    )
                    for day, rate in (("2026-01-01", 0.5), ("2026-02-01", 0.25))
                ],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Z", "currency_id": currency.id, "company_id": company.id}
        )
        for day, amount in (("2026-01-15", 200.0), ("2026-02-15", 400.0)):
            order = self._create_order(pricelist_id=pricelist.id)
            order.sudo().date_order = day
            order.sudo().order_line.price_unit = 100.0
            self.assertEqual(order.currency_id, currency)
            self.assertAlmostEqual(order.sudo()._review_get_amount(), amount)
