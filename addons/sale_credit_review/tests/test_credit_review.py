from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestCreditReview(OrderReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_control = True
        cls.rule = cls.flow.with_context(active_test=False).rule_ids.filtered(
            lambda rule: rule.code == "credit_limit"
        )
        cls.rule.active = True
        cls._allow(cls.step_supervisor, 90.0, 110.0)
        cls.accountant = new_test_user(
            cls.env,
            "review_accountant",
            groups="account_credit_limit.group_credit_certifier",
        )
        cls.unit.accountant_id = cls.accountant
        cls._set_limit(500)

    @classmethod
    def _set_limit(cls, amount):
        cls.customer.with_user(SUPERUSER_ID).with_company(
            cls.company
        ).credit_limit = amount

    @classmethod
    def _certify(cls):
        account = cls.env["credit.account"]._ensure(cls.customer, cls.company)
        account.with_user(cls.accountant).action_certify()
        return account

    def test_rule_belongs_to_the_step_of_the_higher_authority(self):
        """ORD-08: over the credit limit asks the next-higher authority."""
        self.assertIn(self.rule, self.step_higher.rule_ids)

    def test_no_submission_without_certified_credit_data(self):
        """ORD-12: no submission without the accountant's certification."""
        order = self._create_order(quantity=1)

        with self.assertRaisesRegex(UserError, "not certified"):
            order.review_submit()

        order.action_ask_certification()
        account = self.env["credit.account"]._ensure(self.customer, self.company)
        self.assertEqual(account.sudo().activity_ids.user_id, self.accountant)
        self._certify()
        order.review_submit()
        self.assertEqual(order.review_state, "open")

    def test_order_within_the_limit_ends_with_the_supervisor(self):
        """ORD-08: an order within the limit needs no higher authority."""
        self._certify()
        order = self._create_submitted(quantity=5)

        self._approve(order, self.supervisor)

        self.assertEqual(order.review_state, "approved")
        self._run_confirmation(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.credit_state, "ok")

    def test_excess_goes_to_the_higher_authority_and_is_released(self):
        """ORD-08, ORD-10: the reason names the excess, the approval writes it down."""
        self._certify()
        order = self._create_submitted(quantity=8)
        (reason,) = order.sudo().review_request_id.exceptions
        self.assertEqual(reason["code"], "credit_limit")
        self.assertIn("300.00", reason["message"])
        self._approve(order, self.supervisor)
        self.assertEqual(order.review_state, "open")
        self.assertFalse(order.sudo().credit_decision_ids)

        self._approve(order, self.higher, "Pays after the holidays")

        decision = order.sudo().credit_decision_ids
        self.assertRecordValues(
            decision,
            [
                {
                    "source": "review",
                    "ceiling": 800,
                    "amount_excess": 300,
                    "approver_id": self.higher.id,
                    "reason": "Pays after the holidays",
                }
            ],
        )

    def test_opinion_of_an_added_reviewer_releases_nothing(self):
        """ORD-08: the authority answers for the excess, not whoever he asked."""
        self._certify()
        order = self._create_submitted(quantity=8)
        self._approve(order, self.supervisor)
        order.with_user(self.higher).review_add_reviewer(
            order.review_revision, self.fallback.id, "before", "Do they pay?"
        )
        self._approve(order, self.fallback, "They do")
        self.assertFalse(order.sudo().credit_decision_ids)

        self._approve(order, self.higher)

        self.assertEqual(order.sudo().credit_decision_ids.approver_id, self.higher)

    def test_released_order_is_confirmed_within_seven_days(self):
        """ORD-08: the decision lets the order be confirmed, for 7 days."""
        self._certify()
        order = self._create_submitted(quantity=8)
        self._approve(order, self.supervisor)
        self._approve(order, self.higher)
        left = order.sudo().credit_decision_ids.expires_at - fields.Datetime.now()
        self.assertAlmostEqual(left, timedelta(days=7), delta=timedelta(hours=1))

        self._run_confirmation(order)

        self.assertEqual(order.state, "sale")
        self.assertEqual(order.credit_state, "released")

    def test_approval_does_not_cover_more_exposure(self):
        """The decision is about the exposure that was seen."""
        self._certify()
        order = self._create_submitted(quantity=8)
        self._approve(order, self.supervisor)
        self._approve(order, self.higher)
        other = self._create_submitted(quantity=1)
        self._approve(other, self.supervisor)
        self._run_confirmation(other)
        self.assertEqual(other.state, "sale")

        self._run_confirmation(order)

        self.assertEqual(order.state, "draft")
        self.assertIn("credit", order.confirm_hold_codes)

    def test_accountant_signs_on_the_printed_application(self):
        """ORD-12: who certified the credit data is among the printed signatures."""
        self.assertEqual(len(self._create_order()._get_application_signatures()), 2)
        self._certify()
        order = self._create_submitted(quantity=1)

        _salesperson, accountant, *_rest = order._get_application_signatures()

        self.assertIn(self.accountant.name, accountant["name"])

    def test_snapshot_has_the_figures(self):
        """ORD-04: limit, receivable and overdue are frozen at submission."""
        self._certify()
        order = self._create_submitted(quantity=8)

        snapshot = order.sudo().review_request_id.snapshot

        texts = " ".join(str(value) for value in snapshot.values())
        self.assertIn("500.00", texts)
        self.assertIn("800.00", texts)
        self.assertIn(self.accountant.name, texts)

    def test_overdue_items_ask_the_higher_authority(self):
        """ORD-10: overdue items are a reason of their own words."""
        account = self._certify()
        figures = {
            **self.env["credit.account"]._get_figures(self.customer, self.company)[
                self.customer.id
            ],
            "overdue": 70.0,
            "max_overdue_days": 41,
            "max_overdue_allowed": 30,
        }
        order = self._create_order(quantity=1).sudo()

        message = order._get_credit_exception(figures)

        self.assertTrue(account)
        self.assertIn("41", message)
        self.assertIn("70.00", message)

    def test_off_means_untouched(self):
        """Without credit control nothing is asked for."""
        self.company.credit_control = False

        order = self._create_submitted(quantity=8)
        self._approve(order, self.supervisor)

        self.assertEqual(order.review_state, "approved")
        self.assertFalse(order.sudo().credit_decision_ids)
