from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestLimitChange(CreditCommon):
    def _apply_for(self, amount, user=None, **values):
        wizard = (
            self.env["credit.limit.request"]
            .with_user(user or self.outsider)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "amount": amount,
                    "reason": "New shop",
                    **values,
                }
            )
        )
        wizard.action_apply()
        return self.env["credit.limit.change"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )

    def test_application_changes_nothing_until_approved(self):
        """ORD-15: another person approves, then the limit is changed."""
        self.company.sudo().credit_approver_id = self.approver
        change = self._apply_for(3000)
        self.assertEqual(self._get()["limit"], 1000)
        activity = self._get_account().activity_ids
        self.assertEqual(activity.user_id, self.approver)

        change.with_user(self.approver).action_approve()

        self.assertEqual(self._get()["limit"], 3000)
        self.assertEqual(change.state, "approved")
        self.assertEqual(change.decided_by, self.approver)
        self.assertFalse(self._get_account().activity_ids)

    def test_nobody_approves_the_own_application(self):
        """ORD-15: an approver needs another approver."""
        change = self._apply_for(3000, user=self.approver)

        with self._assert_refused(UserError, "another approver"):
            change.with_user(self.approver).action_approve()

    def test_only_approvers_decide(self):
        """ORD-15: neither viewers nor accountants decide on applications."""
        change = self._apply_for(3000)

        for user in (self.viewer, self.certifier, self.outsider):
            with self.assertRaises(AccessError):
                change.with_user(user).action_approve()

    def test_rejected_application_is_closed(self):
        """A decision is made once."""
        change = self._apply_for(3000)
        change.with_user(self.approver).action_reject("no")

        with self._assert_refused(UserError, "already decided"):
            change.with_user(self.approver).action_approve()

        self.assertEqual(self._get()["limit"], 1000)

    def test_temporary_raise_falls_back_by_itself(self):
        """A temporary raise ends with its last day, without any job."""
        last_day = self.today + timedelta(days=3)
        change = self._apply_for(
            3000, kind="temporary", date_from=self.today, date_to=last_day
        )
        change.with_user(self.approver).action_approve()
        self.assertEqual(self._get()["limit"], 3000)
        self.assertEqual(self.customer.sudo().credit_limit, 1000)

        with freeze_time(f"{last_day} 04:00:00"):
            self.assertEqual(self._get()["limit"], 3000)
        with freeze_time(f"{last_day + timedelta(days=1)} 04:00:00"):
            self.assertEqual(self._get()["limit"], 1000)

    def test_temporary_raise_needs_its_days(self):
        """The last day is part of the application."""
        with self._assert_refused(UserError, "until when"):
            self._apply_for(3000, kind="temporary", date_to=False)

    def test_no_nonsense_amount(self):
        """Applications meet the same rule as limits."""
        with self.assertRaises(UserError):
            self._apply_for(-5)

    def test_other_company_does_not_see_the_history(self):
        """The history stays in its company."""
        other = self._create_other_company()
        stranger = new_test_user(
            self.env,
            "credit_stranger",
            groups="account_credit_limit.group_credit_certifier",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self._apply_for(3000)
        self._get_account()

        for model in ("credit.limit.change", "credit.account"):
            found = (
                self.env[model]
                .with_user(stranger)
                .search([("partner_id", "=", self.customer.id)])
            )
            self.assertFalse(found)
