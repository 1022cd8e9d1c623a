from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged, warmup

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestGate(SaleCreditCommon):
    def test_order_within_the_limit_is_confirmed(self):
        """ORD-08: the limit itself may be used."""
        order = self._create_order(1000)

        order.action_confirm()

        self._assert_confirmed(order)
        self.assertEqual(order.credit_state, "ok")

    def test_order_over_the_limit_is_held(self):
        """Probe 1, ORD-08: held with reason and figures, never refused in silence."""
        order = self._create_order(1000.01)

        order.action_confirm()

        self._assert_held(order)
        self.assertEqual(order.credit_state, "held")
        self.assertIn("Harbour Hotel", order.confirm_hold_reason)
        self.assertIn("0.01", order.confirm_hold_reason)

    def test_customer_without_account_has_core_s_limit(self):
        """Probe 19: 0 means nothing on credit."""
        nobody = self.env["res.partner"].create({"name": "Nobody"})
        order = self._create_order(1, customer=nobody)

        order.action_confirm()

        self._assert_held(order)

    def test_only_no_control_is_unlimited(self):
        """Probe 19: unlimited is said in words."""
        self._get_account().policy = "no_control"
        order = self._create_order(1e6)

        order.action_confirm()

        self._assert_confirmed(order)

    def test_batch_counts_its_own_orders(self):
        """Probe 3: of 600 and 600 in one call one is confirmed."""
        orders = self._create_order(600) + self._create_order(600)

        orders.action_confirm()

        self._assert_confirmed(orders[0])
        self._assert_held(orders[1])

    def test_innocent_orders_of_a_batch_are_confirmed(self):
        """Probe 4: each order has its own verdict."""
        other = self._create_customer("Other", 500)
        orders = (
            self._create_order(2000)
            + self._create_order(500, customer=other)
            + self._create_order(300)
        )

        orders.action_confirm()

        self._assert_held(orders[0])
        self._assert_confirmed(orders[1], orders[2])

    def test_no_way_around(self):
        """Probe 21: neither state, sudo, context nor creation opens the door."""
        order = self._create_order(2000)

        with self._assert_refused(UserError, "Harbour Hotel"):
            order.sudo().with_context(
                bypass_risk=True, bypass_credit=True, force_credit=True
            ).write({"state": "sale"})
        with self._assert_refused(UserError, "Harbour Hotel"):
            self._create_order(2000, state="sale")
        with self._assert_refused(UserError, "Harbour Hotel"):
            order.sudo().write(
                {
                    "state": "sale",
                    "order_line": [
                        Command.update(order.order_line.id, {"discount": 1})
                    ],
                }
            )

    def test_uncancelled_order_is_checked_again(self):
        """A cancelled order comes back through the same door."""
        order = self._create_confirmed(800)
        order.with_user(self.manager)._action_cancel()
        self._create_confirmed(700)
        order.with_user(self.manager).action_draft()

        order.action_confirm()

        self._assert_held(order)

    def test_limit_of_the_company_of_the_document(self):
        """Probe 18: the order's company decides, whichever is active."""
        other = self._create_other_company()
        self.salesperson.sudo().company_ids += other
        order = self._create_order(1200)
        companies = (other + self.company).ids

        order.with_context(allowed_company_ids=companies).action_confirm()

        self._assert_held(order)
        self.assertIn("1,200.00", order.confirm_hold_reason)

    def test_credit_hold(self):
        """A manual hold stops every order."""
        self._get_account().write({"hold": True, "hold_reason": "Bounced"})
        order = self._create_order(1)

        order.action_confirm()

        self._assert_held(order, "credit_hold")

    def test_cash_only(self):
        """Probe 19: cash only is a policy; cash deals pass, monthly ones do not."""
        self._get_account().policy = "cash_only"
        monthly = self._create_order(100, settlement_type="monthly")
        cash = self._create_order(5000, settlement_type="cash_on_delivery")

        (monthly + cash).action_confirm()

        self._assert_held(monthly, "cash_only")
        self._assert_confirmed(cash)

    def test_overdue_items_block(self):
        """An item overdue for longer than tolerated stops new orders."""
        self._get_account().max_overdue_days = 30
        invoice = self._create_invoice_for(self.customer, 10, due_in=-31)
        order = self._create_order(1)
        order.action_confirm()
        self._assert_held(order, "overdue")

        self._refund(invoice)._get_credit_balances()
        order.action_confirm()

        self._assert_confirmed(order)

    def test_tolerated_overdue_items_do_not_block(self):
        """The tolerance is part of the account."""
        self._get_account().max_overdue_days = 30
        self._create_invoice_for(self.customer, 10, due_in=-30)
        order = self._create_order(1)

        order.action_confirm()

        self._assert_confirmed(order)

    def test_free_order_is_no_credit(self):
        """An order of 0 passes whatever is used already."""
        self._create_invoice_for(self.customer, 5000)
        order = self._create_order(0)

        order.action_confirm()

        self._assert_confirmed(order)

    @warmup
    def test_check_takes_three_queries(self):
        """The check is bump, figures and decisions, for one order or ten."""
        other = self._create_customer("Other", 500)
        orders = self.env["sale.order"]
        for number in range(10):
            orders |= self._create_order(
                10 + number, customer=other if number % 2 else self.customer
            )
        self.env.flush_all()
        orders.mapped("order_line.invoice_lines")
        orders.mapped("partner_invoice_id.commercial_partner_id.name")
        orders._get_credit_ceilings()
        self._get()

        for some in (orders[:1], orders):
            with self.assertQueryCount(3):
                blockers = some._check_credit({})
            self.assertFalse(blockers)
