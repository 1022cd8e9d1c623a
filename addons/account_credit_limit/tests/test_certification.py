from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestCertification(CreditCommon):
    def test_accountant_certifies_for_the_days_of_the_setting(self):
        """ORD-12: the unit accountant certifies, valid 30 days."""
        account = self._get_account().with_user(self.certifier)
        self.assertEqual(account.certification_state, "missing")

        account.action_certify()

        self.assertEqual(account.certification_state, "valid")
        self.assertEqual(account.certified_by, self.certifier)
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            account.invalidate_recordset()
            self.assertEqual(account.certification_state, "expired")

    def test_others_do_not_certify(self):
        """ORD-12: not by the salesperson, not by the approver."""
        for user in (self.outsider, self.viewer, self.approver):
            with self._assert_refused(AccessError, "accountant"):
                self._get_account().with_user(user).action_certify()

    def test_salesperson_asks_with_one_click(self):
        """ORD-12: asking puts one activity on the accountant's list."""
        account = self._get_account()
        account.owner_id = self.certifier

        for _click in range(2):
            self.customer.with_user(self.outsider).action_ask_certification()

        self.assertEqual(account.activity_ids.user_id, self.certifier)
        self.assertEqual(len(account.activity_ids), 1)
        account.with_user(self.certifier).action_certify()
        self.assertFalse(account.activity_ids)

    def test_request_without_owner_reaches_somebody(self):
        """The company's accountant, else any certifier gets the request."""
        self.company.sudo().credit_certifier_id = False

        self.customer.with_user(self.outsider).action_ask_certification()

        activity = self._get_account().activity_ids
        self.assertTrue(
            activity.user_id.has_group("account_credit_limit.group_credit_certifier")
        )

    def test_changed_terms_void_the_certification(self):
        """What was certified must be what is valid."""
        account = self._get_account().with_user(self.certifier)
        account.action_certify()

        account.term_days = 60

        self.assertEqual(account.certification_state, "missing")

    def test_hold_keeps_the_certification(self):
        """A hold says nothing about the data."""
        account = self._get_account().with_user(self.certifier)
        account.action_certify()

        account.write({"hold": True, "hold_reason": "Bounced cheque"})

        self.assertEqual(account.certification_state, "valid")

    def test_open_application_comes_first(self):
        """Nothing is certified while another limit is asked for."""
        account = self._get_account()
        self.env["credit.limit.change"].with_user(self.outsider)._request(
            account, {"kind": "permanent", "amount": 9, "reason": "Less"}
        )

        with self._assert_refused(UserError, "waits for its approval"):
            account.with_user(self.certifier).action_certify()

    def test_filter_finds_what_is_to_certify(self):
        """The list of accounts can be filtered by certification."""
        account = self._get_account().with_user(self.certifier)
        account.action_certify()

        valid = account.search([("certification_state", "=", "valid")])
        missing = account.search([("certification_state", "=", "missing")])

        self.assertIn(account, valid)
        self.assertNotIn(account, missing)
