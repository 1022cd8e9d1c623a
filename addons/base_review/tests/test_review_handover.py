from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 02:00:00")
class TestReviewHandover(ReviewCommon):
    """离职交接: the supervisor leaves, the colleague succeeds him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "review_boss", groups="base_review.group_review_manager"
        )

    def _hand_over(self, user=None, **values):
        wizard = (
            self.env["review.handover"]
            .with_user(user or self.manager)
            .create(
                {
                    "user_id": self.supervisor.id,
                    "successor_id": self.colleague.id,
                    "reason": "leaves the company",
                    **values,
                }
            )
        )
        self.assertEqual(wizard.action_hand_over()["res_id"], wizard.id)
        return wizard

    def test_everything_goes_to_the_successor(self):
        documents = self._submit() | self._submit(amount=5000.0)
        self.second_step.fallback_user_id = self.supervisor
        limit = self.env["deadline.limit"].create(
            {
                "name": "Half an hour",
                "code": "review_test",
                "escalate_user_id": self.supervisor.id,
            }
        )
        wizard = self._hand_over()

        for document in documents:
            old, new = self._tasks(document).filtered(
                lambda task: task.step_id == self.first_step
            )
            self.assertEqual(old.state, "transferred")
            self.assertIn("leaves the company", old.reason)
            self.assertEqual(old.done_by, self.manager)
            self.assertEqual(new.user_id, self.colleague)
            self.assertEqual(new.origin_user_id, self.supervisor)
        self.assertEqual(self.first_step.user_id, self.colleague)
        self.assertEqual(self.second_step.fallback_user_id, self.colleague)
        self.assertEqual(limit.escalate_user_id, self.colleague)
        self.assertIn("2 tasks handed over", str(wizard.result))
        self._approve(documents[0], self.colleague)
        self.assertEqual(documents[0].review_state, "approved")

    def test_preview_shows_what_moves(self):
        self._submit()
        self.second_step.fallback_user_id = self.supervisor
        form = Form(self.env["review.handover"].with_user(self.manager))
        form.user_id = self.supervisor

        for text in ("DOC1", "Test review", "Supervisor", "Director"):
            self.assertIn(text, str(form.preview_html))

    def test_successor_who_may_not_decide(self):
        """Separation of duties: what he wrote goes to the fallback, and is named."""
        own, other = self._submit(owner_id=self.colleague.id), self._submit()
        wizard = self._hand_over()

        todo = self._tasks(own).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.fallback)
        self.assertIn(self.fallback.name, str(wizard.result))
        todo = self._tasks(other).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.colleague)

    def test_nobody_left_is_named_and_stays(self):
        document = self._submit(owner_id=self.colleague.id)
        self.first_step.fallback_user_id = self.author
        wizard = self._hand_over()

        self.assertEqual(self._tasks(document).user_id, self.supervisor)
        self.assertIn("nobody else may decide", str(wizard.result))

    def test_delegations_follow(self):
        delegations = self.env["review.delegation"]
        given, own = (
            delegations.with_user(user).create(
                {"delegate_id": delegate.id, "date_to": "2026-03-09"}
            )
            for user, delegate in (
                (self.director, self.supervisor),
                (self.supervisor, self.stranger),
            )
        )
        document = self._submit()
        self._hand_over()

        self.assertEqual((given | own).mapped("state"), ["ended", "ended"])
        renewed = delegations.search([("delegate_id", "=", self.colleague.id)])
        self.assertRecordValues(
            renewed, [{"user_id": self.director.id, "state": "running"}]
        )
        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.colleague)

    def test_managers_only(self):
        with self.assertRefused("", AccessError):
            self._hand_over(user=self.stranger)
        wizard = (
            self.env["review.handover"]
            .sudo()
            .create(
                {
                    "user_id": self.supervisor.id,
                    "successor_id": self.colleague.id,
                    "reason": "x",
                }
            )
        )
        for user in (self.stranger, self.manager):
            with self.assertRefused("", AccessError):
                self._call(user, wizard, "action_hand_over")
        with self.assertRefused("Only review managers", AccessError):
            wizard.with_user(self.stranger).sudo().action_hand_over()

    def test_to_oneself_is_refused(self):
        with self.assertRefused("somebody else"):
            self._hand_over(successor_id=self.supervisor.id)

    def test_other_companies_stay(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        people = self.author | self.supervisor | self.fallback
        people.sudo().write({"company_ids": [Command.link(branch.id)]})
        document = self._submit(company_id=branch.id)
        self._hand_over()

        self.assertEqual(self._tasks(document).user_id, self.supervisor)

    def test_many_tasks_in_one_go(self):
        """Queries grow by the document, not by the square."""
        counts = []
        for amount in (5, 10):
            self.first_step.user_id = self.supervisor
            for _index in range(amount):
                self._submit()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._hand_over()
            counts.append(self.cr.sql_log_count - start)
        self.assertLess(counts[1], counts[0] * 2.2)

    def test_archiving_ends_delegations(self):
        """Whoever is archived neither delegates nor stands in any more."""
        delegation = self.env["review.delegation"].with_user(self.supervisor)
        delegation = delegation.create(
            {"delegate_id": self.colleague.id, "date_to": "2026-03-09"}
        )
        document = self._submit()
        self.colleague.sudo().active = False

        self.assertEqual(delegation.state, "ended")
        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.supervisor)
        self.supervisor.sudo().active = False
        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.fallback)
