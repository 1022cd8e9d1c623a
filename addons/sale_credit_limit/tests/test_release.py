import math
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestRelease(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(1500)
        cls.order.action_confirm()

    def test_released_order_is_confirmed(self):
        """ORD-08: the next level lets an order pass, with its reason kept."""
        self.order.with_user(self.releaser).credit_release("Old customer")

        decision = self.order.sudo().credit_decision_ids
        self.assertRecordValues(
            decision,
            [
                {
                    "amount_order": 1500,
                    "amount_exposure": 1500,
                    "amount_limit": 1000,
                    "amount_excess": 500,
                    "ceiling": 1500,
                    "approver_id": self.releaser.id,
                    "reason": "Old customer",
                }
            ],
        )
        self.assertEqual(self.order.credit_state, "released")
        self.order.sudo()._confirm_retry()
        self._assert_confirmed(self.order)
        self.assertEqual(self.order.credit_state, "released")

    def test_only_approvers_release(self):
        """ORD-15: salespeople and accountants do not release."""
        for user in (self.salesperson, self.manager, self.certifier):
            with self._assert_refused(AccessError, "approver"):
                self.order.with_user(user).credit_release("Please")

    def test_nobody_releases_the_own_order(self):
        """ORD-15: who sells the order does not release it."""
        order = self._create_order(1500, user=self.releaser)

        with self._assert_refused(AccessError, "your own order"):
            order.credit_release("Please")

    def test_release_needs_a_reason(self):
        """Decisions say why."""
        with self.assertRaises(UserError):
            self.order.with_user(self.releaser).credit_release("  ")

    def test_ceiling_is_money(self):
        """NaN would be above every limit."""
        for ceiling in (math.nan, math.inf, -1):
            with self.assertRaises(UserError):
                self.order.with_user(self.releaser).credit_release("Yes", ceiling)

    def test_ceiling_holds(self):
        """More exposure than decided upon is held again."""
        self.order.with_user(self.releaser).credit_release("Yes")
        self._create_invoice_for(self.customer, 1)

        self.order.action_confirm()

        self._assert_held(self.order)

    def test_release_expires(self):
        """The release is valid for the days of the setting."""
        self.order.with_user(self.releaser).credit_release("Yes")

        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            self.order.action_confirm()
            self._assert_held(self.order)
            self.env["sale.order"]._refresh_credit_states(self.company)
            self.assertEqual(self.order.credit_state, "held")

    def test_release_is_for_one_order(self):
        """Another order of the customer is not released."""
        self.order.with_user(self.releaser).credit_release("Yes", ceiling=9000)
        other = self._create_order(1500)

        other.action_confirm()

        self._assert_held(other)

    def test_release_covers_overdue_items(self):
        """Who releases sees the overdue items as well."""
        self._get_account().max_overdue_days = 30
        self._create_invoice_for(self.customer, 10, due_in=-31)

        self.order.with_user(self.releaser).credit_release("Yes")
        self.order.action_confirm()

        self._assert_confirmed(self.order)

    def test_release_does_not_lift_a_hold(self):
        """A manual hold is lifted by the accountant."""
        self._get_account().write({"hold": True, "hold_reason": "Bounced"})

        self.order.with_user(self.releaser).credit_release("Yes")
        self.order.action_confirm()

        self._assert_held(self.order, "credit_hold")

    def test_wizard_releases(self):
        """The dialog of the button asks for the reason."""
        wizard = (
            self.env["sale.credit.reason"]
            .with_user(self.releaser)
            .with_context(active_model="sale.order", active_ids=self.order.ids)
            .create({"action": "credit_release", "reason": "Old customer"})
        )

        wizard.action_decide()

        self.assertEqual(self.order.credit_state, "released")

    def test_decisions_are_evidence(self):
        """Nobody edits or deletes a decision."""
        self.order.with_user(self.releaser).credit_release("Yes")
        decision = self.order.sudo().credit_decision_ids

        with self.assertRaises(AccessError):
            decision.ceiling = 1e9
        with self.assertRaises(AccessError):
            decision.unlink()
        with self.assertRaises(AccessError):
            self.env["credit.decision"].sudo().create({"order_id": self.order.id})

    def test_nothing_to_release_when_off(self):
        """Without control there is no decision."""
        self.company.sudo().credit_control = False

        with self._assert_refused(UserError, "off"):
            self.order.with_user(self.releaser).credit_release("Yes")
