import random

from odoo.tests import tagged

from odoo.addons.sale_order_closure.tests.common import ClosureCommon


@tagged("post_install", "-at_install")
class TestClosureCredit(ClosureCommon):
    """SOM-09: the exposure after a closure is what an independent sum says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_control = True
        account = cls.env["credit.account"]._ensure(cls.customer, cls.company)
        account.policy = "no_control"
        cls.manager = cls._create_user("close_manager", "sales_team.group_sale_manager")

    def _get_exposure(self):
        self.env.flush_all()
        figures = self.env["credit.account"]._get_figures(self.customer, self.company)
        return figures[self.customer.id]["exposure"]

    def _sum_exposure(self):
        """Return deliveries not invoiced, open items and drafts, summed by hand."""
        total = 0.0
        orders = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        for order in orders.filtered(lambda order: order.state == "sale"):
            ordered = sum(
                line.price_unit * max(line.product_uom_qty, line.qty_delivered)
                for line in order.order_line
            )
            invoices = order.invoice_ids.filtered(lambda move: move.state != "cancel")
            total += max(0.0, ordered - sum(invoices.mapped("amount_total")))
        invoices = orders.invoice_ids.filtered(lambda move: move.state != "cancel")
        return total + sum(invoices.mapped("amount_residual"))

    def test_short_close_releases_the_rest(self):
        """SOM-09: what is not delivered any more uses no credit."""
        order = self._create_order(5)
        self.assertEqual(self._get_exposure(), 500)
        self._ship(order, 2)
        self._close(order)
        self.assertEqual((order.credit_open, self._get_exposure()), (200, 200))
        self.assertFalse(self.env["sale.order"]._find_credit_drift(self.company))

    def test_cancel_releases_everything(self):
        order = self._create_order(5)
        self._close(order, "cancel")
        self.assertEqual((order.credit_open, self._get_exposure()), (0, 0))

    def test_random_histories(self):
        """SOM-09: closed after any history, exposure and independent sum agree."""
        chance = random.Random(9)  # noqa: S311 - a test
        for number in range(8):
            order = self._create_order(chance.randint(2, 9), chance.randint(1, 5))
            ordered = order.order_line[0].product_uom_qty
            if shipped := chance.randrange(int(ordered)):
                self._ship(order, shipped)
            if chance.random() < 0.5:
                self._invoice(order, post=chance.random() < 0.5)
            kind = (
                "short_close" if shipped else chance.choice(("short_close", "cancel"))
            )
            people = (self.approver, self.finance)
            closure = self._create_closure(order, kind)
            needs = bool(closure.sudo()._review_check_money())
            self._approve(closure, *people[: 1 + needs])
            with self.subTest(number=number, kind=kind, shipped=shipped):
                self.assertEqual(closure.state, "done")
                self.assertEqual(self._get_exposure(), self._sum_exposure())
                drift = self.env["sale.order"]._find_credit_drift(self.company)
                self.assertFalse(drift)

    def test_held_orders_go_on(self):
        """SOM-09: the room that a closed order leaves is for the next one."""
        self.env["credit.account"]._ensure(self.customer, self.company).policy = "limit"
        self.customer.credit_limit = 500
        order = self._create_order(5)
        held = order.copy()
        held.action_confirm()
        self.assertIn("credit", held.confirm_hold_codes)
        self._close(order, "cancel")
        held.sudo()._confirm_retry()
        self.assertEqual(held.state, "sale")

    def test_no_short_close_for_the_credit_alone(self):
        """SOM-09: credit is not given free of what will still be delivered."""
        order = self._create_order(5)
        with self.assertRefused("approved closure only"):
            self._call(order, "credit_close", "Rest not wanted", user=self.manager)
        self._ship(order, 2)
        self._close(order)
        with self.assertRefused("closed, for good"):
            self._call(order, "credit_reopen", "Wanted again", user=self.manager)

    def test_off_is_off(self):
        self.company.order_closure = False
        order = self._create_order(5)
        self._call(order, "credit_close", "Rest not wanted", user=self.manager)
        self.assertTrue(order.credit_closed)
