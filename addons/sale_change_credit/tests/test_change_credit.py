from odoo.tests import tagged

from odoo.addons.sale_change_notice.tests.common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeCredit(ChangeCommon):
    """An order of 700 for a customer with a limit of 1000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_control = True
        group = cls.env.ref("account_credit_limit.group_credit_approver")
        group.user_ids = [(5, 0, 0)]
        cls.approver = cls._create_user(
            "credit", "account_credit_limit.group_credit_approver"
        )
        cls._set_limit(1000)

    @classmethod
    def _set_limit(cls, limit):
        accounts = cls.env["credit.account"]
        accounts._ensure(cls.customer, cls.company).policy = "limit"
        cls.customer.with_company(cls.company).credit_limit = limit

    def _create_raise(self, quantity):
        notice = self._create_notice(
            self._change(new_quantity=quantity), kind="delivery"
        )
        notice.change_contact("Ms Li agrees")
        return self._submit(notice)

    def _get_exposure(self):
        self.env.flush_all()
        figures = self.env["credit.account"]._get_figures(self.customer, self.company)
        return figures[self.customer.id]["exposure"]

    def test_within_the_limit(self):
        """OCM-17: a change within the limit needs no credit decision."""
        notice = self._create_raise(8)
        self._apply(self._approve(notice, self.head, self.production))

        self._assert_applied(notice)
        self.assertEqual(self._get_exposure(), 1000)

    def test_over_the_limit_nothing_is_applied(self):
        """OCM-17: used meanwhile by another order, the credit refuses the change."""
        notice = self._create_raise(8)
        self._approve(notice, self.head, self.production)
        self._set_limit(800)
        self._apply(notice)

        self._assert_not_applied(notice, "too much")
        self.assertEqual(self.line.product_uom_qty, 5)
        self.assertEqual(self._get_demand(self.line), 5)
        self.assertEqual(self._get_exposure(), 700)

    def test_credit_decides_in_the_review(self):
        """OCM-17: who answers for credit lets this change pass, no more."""
        notice = self._create_raise(20)
        self._approve(notice, self.head, self.production)
        self.assertEqual(notice.state, "review")
        self._approve(notice, self.approver)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self._get_exposure(), 2200)
        decision = self.order.sudo().credit_decision_ids
        self.assertEqual(decision.approver_id, self.approver)
        self.assertLess(decision.ceiling, 2202)

    def test_reduction_needs_no_room(self):
        """OCM-16: less is always possible."""
        self._set_limit(100)
        notice = self._create_approved(self._change(new_quantity=1))
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self._get_exposure(), 300)
