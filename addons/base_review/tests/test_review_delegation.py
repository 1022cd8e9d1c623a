from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import DOCUMENT, DelegationCommon


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

    def test_scheduled_action_writes_in_the_language_of_who_is_away(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supervisor.sudo().lang = "zh_CN"
        delegation = self._delegate().sudo()
        spoken = []
        with patch.object(
            type(delegation), "_apply", lambda self: spoken.append(self.env.lang)
        ):
            delegation._try_apply()

        self.assertEqual(spoken, ["zh_CN"])

    def test_log_names_both(self):
        self._delegate()
        document = self._submit()
        self._approve(document, self.colleague)

        log = str(document.with_user(self.author).review_log_html)
        for text in (self.colleague.name, self.supervisor.name, "(delegation)"):
            self.assertIn(text, log)

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
