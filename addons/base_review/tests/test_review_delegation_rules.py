from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import DelegationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestReviewDelegationRules(DelegationCommon):
    """Who may delegate what."""

    def test_own_delegations_only(self):
        with self.assertRaises(AccessError):
            self._delegate(user=self.stranger, user_id=self.supervisor.id)
        delegation = self._delegate()
        self.assertFalse(delegation.with_user(self.stranger).has_access("read"))
        self.assertTrue(delegation.with_user(self.colleague).has_access("read"))
        for user in (self.stranger, self.colleague):
            with self.assertRefused("", AccessError):
                self._call(user, delegation, "action_end")
            with self.assertRefused("", AccessError):
                self._call(user, delegation, "write", {"reason": "mine"})

    def test_own_delegation_is_not_turned_into_one_of_others(self):
        delegation = self._delegate(user=self.stranger)
        for vals in (
            {"user_id": self.director.id},
            {"user_id": self.director.id, "delegate_id": self.stranger.id},
        ):
            with self.assertRefused("", AccessError):
                self._call(self.stranger, delegation, "write", vals)

    def test_manager_delegates_for_anybody(self):
        manager = new_test_user(
            self.env, "review_boss", groups="base_review.group_review_manager"
        )
        delegation = self._delegate(user=manager, user_id=self.supervisor.id)
        self.assertEqual(delegation.user_id, self.supervisor)

    @mute_logger("odoo.sql_db")
    def test_impossible_ones(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._delegate(delegate=self.supervisor)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._delegate(date_to="2026-03-02 23:00:00")
        with self.assertRefused("over before it starts"):
            self._delegate(date_from="2026-02-01", date_to="2026-02-02")
        self._delegate()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._delegate(date_from="2026-03-05 00:00:00", date_to="2026-03-09")
        self._delegate(date_from="2026-03-06 00:00:00", date_to="2026-03-09")

    def test_no_cycle(self):
        self._delegate()
        self._delegate(self.colleague, self.stranger)
        with self.assertRefused("leads back to Stranger", ValidationError):
            self._delegate(self.stranger, self.supervisor)
        later = {"date_from": "2026-03-10", "date_to": "2026-03-12"}
        self._delegate(self.stranger, self.supervisor, **later)

    def test_delegate_is_an_employee_of_the_company(self):
        portal = new_test_user(self.env, "review_portal", groups="base.group_portal")
        archived = new_test_user(self.env, "review_gone")
        archived.active = False
        branch = self.env["res.company"].create({"name": "Branch"})
        foreign = new_test_user(
            self.env,
            "review_foreign",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        for user in (portal, archived, foreign):
            with self.assertRefused("no active employee", ValidationError):
                self._delegate(delegate=user)

    def test_other_companies_see_nothing(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.supervisor.sudo().company_ids += branch
        delegation = self._delegate()
        document = self._create_document(company_id=branch.id)
        self.author.sudo().company_ids += branch
        with freeze_time("2026-03-04"):
            document.review_submit()
        self.assertEqual(self._tasks(document).user_id, self.supervisor)
        manager = new_test_user(
            self.env,
            "review_boss",
            groups="base_review.group_review_manager",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        self.assertFalse(delegation.with_user(manager).has_access("read"))

    def test_state_is_not_written_by_hand(self):
        delegation = self._delegate()
        for vals in ({"state": "running"}, {"state": "ended", "reason": "x"}):
            with self.assertRefused("Create a new one", AccessError):
                delegation.sudo().write(vals)
        with self.assertRefused("Create a new one", AccessError):
            self._delegate(
                state="running", date_from="2026-04-01", date_to="2026-05-01"
            )
        self.assertEqual(
            self.env["review.delegation"]
            .with_user(self.director)
            .with_context(default_state="running")
            .create(
                {
                    "delegate_id": self.colleague.id,
                    "date_from": "2026-04-01",
                    "date_to": "2026-05-01",
                }
            )
            .state,
            "planned",
        )

    def test_running_one_keeps_its_people(self):
        delegation = self._delegate()
        self._run_cron("2026-03-03 00:00:30")
        with self.assertRefused("Create a new one", AccessError):
            delegation.delegate_id = self.stranger
        with self.assertRefused("end it, it cannot be deleted"):
            delegation.unlink()
        with freeze_time("2026-03-04 00:00:00"):
            delegation.date_to = "2026-03-08 00:00:00"
            delegation.action_end()
            self.assertEqual(delegation.state, "ended")
            self.assertEqual(delegation.date_to, fields.Datetime.now())
            with self.assertRefused("already ended"):
                delegation.action_end()
        with self.assertRefused("Create a new one", AccessError):
            delegation.reason = "afterwards"

    def test_used_one_is_evidence(self):
        with freeze_time("2026-03-04 00:00:00"):
            delegation = self._delegate()
            self._submit()
            delegation.action_end()
        with self.assertRefused("cannot be deleted"):
            delegation.sudo().unlink()

    def test_planned_one_is_changed_and_deleted(self):
        delegation = self._delegate()
        delegation.delegate_id = self.stranger
        delegation.unlink()
        self.assertFalse(self.env["review.delegation"]._get_live_ids(self.supervisor))

    def test_form_of_either_role(self):
        manager = new_test_user(
            self.env, "review_boss", groups="base_review.group_review_manager"
        )
        for user, principal in (
            (self.supervisor, self.supervisor),
            (manager, self.director),
        ):
            form = Form(self.env["review.delegation"].with_user(user))
            if user == manager:
                form.user_id = principal
            form.delegate_id = self.colleague
            form.date_to = "2026-03-09 00:00:00"
            delegation = form.save()
            self.assertEqual(delegation.user_id, principal)
            self.assertEqual(delegation.state, "running")

    def test_delegate_is_told(self):
        self._delegate(reason="on leave")
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.colleague.partner_id.ids)], limit=1
        )
        self.assertIn("Supervisor", message.subject)
        self.assertIn("on leave", message.body)

    @mute_logger("odoo.sql_db")
    def test_dates_are_not_emptied(self):
        delegation = self._delegate()
        for name in ("date_from", "date_to"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                delegation[name] = False
                self.env.flush_all()

    def test_scheduled_action_survives_a_refusal(self):
        """One delegation that cannot be applied does not stop the others."""
        bad, good = self._delegate(), self._delegate(self.director, self.stranger)
        apply = type(bad)._apply

        def refuse(delegations):
            if delegations == bad:
                raise UserError("no")
            return apply(delegations)

        with (
            freeze_time("2026-03-03 00:00:30"),
            patch.object(type(bad), "_apply", refuse),
            patch.object(
                type(self.env["ir.cron"]),
                "_commit_progress",
                lambda *_args, **_kwargs: 9,
            ),
            mute_logger("odoo.addons.base_review.models.review_delegation_run"),
        ):
            self.env["review.delegation"]._cron_apply()

        self.assertEqual((bad | good).mapped("state"), ["planned", "running"])

    def test_cron_is_woken_at_both_ends(self):
        cron = self.env.ref("base_review.ir_cron_delegate")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        delegation = self._delegate()
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("id", "not in", triggers.ids)]
        )
        start = delegation.date_from
        self.assertEqual(set(triggers.mapped("call_at")), {start, delegation.date_to})
