from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestForgery(SaleCreditCommon):
    """What a salesperson may try by remote call to get past the limit."""

    def test_written_totals_are_refused(self):
        """ORD-08: the check reads what the lines say."""
        order = self._create_order(5000)
        stranger = self._create_customer("Stranger", 1e5)
        invoice = self._create_invoice_for(stranger, 5000)

        with self.assertRaises(AccessError):
            order.write({"amount_total": 1.0})
        with self.assertRaises(AccessError):
            order.order_line.write({"price_total": 1.0})
        with self.assertRaises(AccessError):
            order.order_line.write(
                {"invoice_lines": [Command.link(invoice.invoice_line_ids.id)]}
            )

    def test_written_totals_are_free_where_the_control_is_off(self):
        self.company.credit_control = False
        if self.env["sale.order"].new({"company_id": self.company.id}).order_review:
            self.skipTest("the orders of this company are reviewed")
        order = self._create_order(5000)
        order.write({"amount_total": 1.0})
        self.assertEqual(order.amount_total, 1.0)

    def test_release_of_one_customer_says_nothing_about_another(self):
        """ORD-08: a decision cannot be carried over to a customer without credit."""
        poor = self._create_customer("Poor Customer", 0)
        order = self._create_order(5000)
        order.with_user(self.releaser).credit_release("Known for years")

        order.partner_id = poor
        order.action_confirm()

        self._assert_held(order)

    def test_old_date_gives_no_old_rate(self):
        """ORD-08: a quotation dated back is worth what it is worth today."""
        currency = self._create_foreign_currency()
        currency.rate_ids = [
            Command.create({"name": "2020-01-01", "rate": 700.0}),
            Command.create({"name": "2021-01-01", "rate": 7.0}),
        ]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_order(70000, pricelist_id=pricelist.id)

        order.date_order = "2020-06-01 08:00:00"
        order.action_confirm()

        self._assert_held(order)

    def test_figures_that_are_no_numbers_do_not_pass(self):
        """ORD-08: neither NaN nor infinity fits into a limit."""
        for name in ("price_unit", "product_uom_qty", "discount"):
            for value in ("nan", "inf", "-inf", "1e308"):
                with self.subTest(field=name, value=value):
                    self._assert_not_confirmed(name, float(value))

    def _assert_not_confirmed(self, name, value):
        order = self._create_order(5000)
        try:
            with self.env.cr.savepoint():
                order.order_line.write({name: value})
                order.action_confirm()
                self.env.flush_all()
        except (UserError, ValueError, OverflowError):
            # Core's rounding knows no such figure either.
            self.env.invalidate_all()
        self.assertNotEqual(order.state, "sale")

    def test_arguments_that_are_no_text_are_refused_in_words(self):
        order = self._create_order(5000).with_user(self.releaser)
        for arguments in ((1,), (["x"],), (None,), ("x", "much"), ("x", float("nan"))):
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                order.credit_release(*arguments)
        confirmed = self._create_confirmed(10).with_user(self.manager)
        with self.assertRaises(UserError):
            confirmed.credit_close(1)
