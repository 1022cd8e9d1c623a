from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestMonthlyDelivery(SettlementCommon):
    """SOM-10: monthly settlement is for customers whose credit is approved."""

    def setUp(self):
        super().setUp()
        self.order = self._create_sale("monthly")
        self.picking = self._get_delivery(self.order)

    def test_credit_in_order(self):
        self._sign(self.picking)
        self._ship(self.picking)
        self.assertEqual(self.picking.state, "done")

    def test_credit_on_hold(self):
        """SOM-10: a hold stops the goods, the signature does not help."""
        self._sign(self.picking)
        self._get_account().hold = True
        with self.assertRefused(f"{self.order.name}.*on hold"):
            self._call(self.picking, "button_validate")
        self._recheck(self.picking)
        self.assertEqual(self.picking.release_hold_codes, "credit_hold")
        self._get_account().hold = False
        self._recheck(self.picking)
        self.assertFalse(self.picking.release_held)

    def test_overdue(self):
        """SOM-10: overdue beyond what is tolerated."""
        account = self._get_account()
        account.max_overdue_days = 10
        account.with_user(self.certifier).action_certify()
        self._create_invoice_for(self.customer, 100, due_in=-30)
        self._assert_blocked(self.picking, "overdue")

    def test_over_the_limit_until_released(self):
        """SOM-10: beyond the limit an approver's decision lets the goods go."""
        self._create_invoice_for(self.customer, 800)
        self._assert_blocked(self.picking, "300.* too much")
        self.assertEqual(self._hold(self.picking), "credit")
        approver = self._create_user(
            "settle_approver",
            "account_credit_limit.group_credit_approver,"
            "sales_team.group_sale_salesman_all_leads",
        )
        self.order.with_user(approver).credit_release("Old customer")
        decision = self.env["credit.decision"].search(
            [("order_id", "=", self.order.id)]
        )
        decision._close({"expires_at": "2020-01-01 00:00:00"})
        self._sign(self.picking)
        self.assertFalse(self.picking.release_held)
        self._create_invoice_for(self.customer, 1)
        with self.assertRefused("too much"):
            self._call(self.picking, "button_validate")

    def test_not_certified(self):
        """SOM-10: without the accountant's certification nothing leaves on credit."""
        self._set_limit(self.customer, 900)
        self._assert_blocked(self.picking, "not approved for monthly settlement")
        self._get_account().with_user(self.certifier).action_certify()
        self._sign(self.picking)

    def test_cash_only(self):
        account = self._get_account()
        account.policy = "cash_only"
        account.with_user(self.certifier).action_certify()
        self._assert_blocked(self.picking, "for cash only")

    def test_no_control(self):
        self._get_account().policy = "no_control"
        self._sign(self.picking)

    def test_without_credit_control(self):
        """Off means untouched: no control, no credit reason."""
        self.company.credit_control = False
        self._get_account().hold = True
        self._sign(self.picking)

    def test_every_reason_at_once(self):
        """OCM-64: the refusal names signature, hold and limit together."""
        self._create_invoice_for(self.customer, 800)
        self._get_account().hold = True
        with self.assertRefused("(?s)needs a review.*on hold.*too much"):
            self._call(self.picking, "button_validate")

    def test_cancelled_order(self):
        self.order.sudo().order_line.move_ids.propagate_cancel = False
        self.order.sudo()._confirm_gate_write({"state": "cancel"})
        self._assert_blocked(self.picking, "not a confirmed order")

    def test_salesperson_does_not_sign(self):
        """TRD-12: who sold the goods does not sign for them."""
        group = self.env.ref("stock_review.group_delivery_supervisor")
        self.salesperson.group_ids += group
        self.picking.with_user(self.desk).review_submit()
        excluded = self.picking.sudo().review_request_id.excluded_user_ids
        self.assertIn(self.salesperson, excluded)
