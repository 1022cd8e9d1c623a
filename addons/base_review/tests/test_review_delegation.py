from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import DOCUMENT, ReviewCommon


class DelegationCommon(ReviewCommon):
    """The supervisor goes away from Tuesday to Friday."""

    @classmethod
    def _delegate(cls, user=None, delegate=None, **values):
        return (
            cls.env["review.delegation"]
            .with_user(user or cls.supervisor)
            .create(
                {
                    "delegate_id": (delegate or cls.colleague).id,
                    "date_from": "2026-03-03 00:00:00",
                    "date_to": "2026-03-06 00:00:00",
                    **values,
                }
            )
        )

    def _run_cron(self, moment):
        """Do what the scheduled action does, without its commits."""
        with freeze_time(moment):
            self.env["review.delegation"]._get_due().sudo()._apply()

    def _todo(self, document):
        return self._tasks(document).filtered(lambda task: task.state == "todo")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 02:00:00")
class TestReviewDelegation(DelegationCommon):
    """委托: who decides in whose place."""

    def test_task_opens_for_the_delegate(self):
        delegation = self._delegate()
        document = self._submit()

        self.assertRecordValues(
            self._tasks(document),
            [
                {
                    "user_id": self.colleague.id,
                    "origin_user_id": self.supervisor.id,
                    "delegation_id": delegation.id,
                }
            ],
        )
        self.assertEqual(document.sudo().activity_ids.user_id, self.colleague)
        self._approve(document, self.colleague)
        self.assertEqual(document.review_state, "approved")

    def test_log_names_both(self):
        self._delegate()
        document = self._submit()
        self._approve(document, self.colleague)

        log = str(document.with_user(self.author).review_log_html)
        self.assertIn(self.colleague.name, log)
        self.assertIn(self.supervisor.name, log)

    def test_principal_may_still_decide(self):
        self._delegate()
        document = self._submit()
        inbox = self.env["review.task"]
        for user in (self.supervisor, self.colleague):
            self.assertTrue(document.with_user(user).review_mine)
            count = inbox.with_user(user).review_inbox_count()
            self.assertEqual(count, {DOCUMENT: 1})
            self.assertTrue(self._todo(document).with_user(user).has_access("read"))

        self._call(self.supervisor, document, "review_approve", 1)

        self.assertRecordValues(
            self._tasks(document),
            [{"state": "approved", "done_by": self.supervisor.id}],
        )
        with self.assertRefused("not under review any more|not your turn"):
            self._call(self.colleague, document, "review_approve", 1)

    def test_open_tasks_move_when_it_starts_and_come_back(self):
        with freeze_time("2026-03-02 02:00:00"):
            delegation = self._delegate()
            document = self._submit()
        self.assertEqual(delegation.state, "planned")
        self.assertEqual(self._todo(document).user_id, self.supervisor)

        self._run_cron("2026-03-03 00:00:30")
        self.assertEqual(delegation.state, "running")
        self.assertEqual(self._todo(document).user_id, self.colleague)
        self._run_cron("2026-03-06 00:00:30")

        self.assertEqual(delegation.state, "ended")
        self.assertRecordValues(
            self._tasks(document).sorted("id"),
            [
                {"user_id": self.supervisor.id, "state": "transferred"},
                {"user_id": self.colleague.id, "state": "transferred"},
                {"user_id": self.supervisor.id, "state": "todo"},
            ],
        )
        self.assertFalse(self._todo(document).delegation_id)
        self.assertEqual(document.sudo().activity_ids.user_id, self.supervisor)

    def test_delegation_for_now_moves_at_once(self):
        document = self._submit()
        self._delegate()

        self.assertEqual(self._todo(document).user_id, self.colleague)

    def test_what_slipped_in_is_found_by_the_next_run(self):
        delegation = self._delegate()
        document = self._submit()
        task = self._todo(document)
        task._evidence_write({"user_id": self.supervisor.id, "delegation_id": False})
        self._run_cron("2026-03-04 03:00:00")

        self.assertEqual(self._todo(document).delegation_id, delegation)

    def test_delegate_loses_the_task_with_the_delegation(self):
        self._delegate()
        document = self._submit()
        with freeze_time("2026-03-06 00:00:10"):
            with self.assertRefused("not your turn", AccessError):
                self._call(self.colleague, document, "review_approve", 1)
            self._call(self.supervisor, document, "review_approve", 1)

    def test_decided_tasks_stay_as_they_are(self):
        delegation = self._delegate()
        document = self._submit()
        self._approve(document, self.colleague)
        delegation.action_end()

        self.assertEqual(self._tasks(document).state, "approved")
        self.assertEqual(self._tasks(document).delegation_id, delegation)

    def test_delegate_who_may_not_decide_leaves_it_to_the_fallback(self):
        """Separation of duties: the delegate wrote the document."""
        delegation = self._delegate(delegate=self.author)
        document = self._submit()

        self.assertRecordValues(
            self._tasks(document),
            [{"user_id": self.fallback.id, "delegation_id": delegation.id}],
        )
        self.assertTrue(document.with_user(self.supervisor).review_mine)

    def test_nobody_else_leaves_it_with_the_absent(self):
        self._delegate(delegate=self.author)
        self.first_step.fallback_user_id = self.author
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.supervisor)

    def test_delegate_of_the_delegate(self):
        self._delegate()
        self._delegate(self.colleague, self.stranger)
        document = self._submit()
        self.assertEqual(self._tasks(document).user_id, self.stranger)
        self.assertEqual(self._tasks(document).origin_user_id, self.supervisor)

        self._delegate(self.stranger, self.director)
        document = self._submit()
        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_one_person_decides_one_step(self):
        """A delegate does not review two steps of one document."""
        self.second_step.write({"user_id": self.colleague.id, "condition": "always"})
        self._delegate()
        document = self._submit()
        self._approve(document, self.colleague)

        self.assertEqual(self._todo(document).user_id, self.fallback)

    def test_principal_decides_his_own_step_only_once(self):
        self.second_step.write({"sequence": 10, "condition": "always"})
        self._delegate()
        document = self._submit()
        self._approve(document, self.supervisor)

        self.assertFalse(document.with_user(self.supervisor).review_mine)
        self._approve(document, self.director)
        self.assertEqual(document.review_state, "approved")

    def test_one_flow_comes_before_all(self):
        self._delegate()
        self._delegate(delegate=self.stranger, flow_id=self.flow.id)
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.stranger)

    def test_groups_are_not_delegated(self):
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(self.supervisor.ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        self._delegate()
        document = self._submit()

        self.assertEqual(self._tasks(document).group_id, group)

    def test_member_of_all_is_represented_by_a_non_member(self):
        users = self.supervisor | self.director
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(users.ids)]}
        )
        self.first_step.write(
            {"assign_by": "group", "group_id": group.id, "policy": "all"}
        )
        self._delegate()
        document = self._submit()
        self.assertEqual(self._tasks(document).user_id, self.colleague | self.director)
        self._approve(document, self.director, self.colleague)

        self.assertEqual(document.review_state, "approved")

    def test_preview_names_who_decides_meanwhile(self):
        self._delegate()
        preview = self._create_document().review_preview()

        reviewers = preview["steps"][0]["reviewers"]
        self.assertEqual(reviewers, ["Colleague in place of Supervisor"])

    def test_delegation_costs_one_query(self):
        """One more query each, to read the delegation: what is in force is cached."""
        plain = self._count_round(self.supervisor)
        self._delegate()
        delegated = self._count_round(self.colleague)

        self.assertLessEqual(delegated[0], plain[0] + 1)
        self.assertLessEqual(delegated[1], plain[1] + 1)

    def _count_round(self, reviewer):
        """Return the queries of a submission and of an approval, caches filled."""
        for _round in range(2):
            document = self._create_document(amount=5000.0)
            counts = []
            for user, method in (
                (self.author, "review_submit"),
                (reviewer, "review_approve"),
            ):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.cr.sql_log_count
                arguments = [1] if method == "review_approve" else []
                getattr(document.with_user(user), method)(*arguments)
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - start)
        return counts


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

    def test_cron_is_woken_at_both_ends(self):
        cron = self.env.ref("base_review.ir_cron_delegate")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        delegation = self._delegate()
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("id", "not in", triggers.ids)]
        )
        start = delegation.date_from
        self.assertEqual(set(triggers.mapped("call_at")), {start, delegation.date_to})
