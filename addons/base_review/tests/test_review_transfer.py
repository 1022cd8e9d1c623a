from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ReviewCommon
from .test_review_calls import WILD


@tagged("post_install", "-at_install")
class TestReviewTransfer(ReviewCommon):
    """转交: a reviewer names a colleague who decides in his place."""

    def _transfer(self, document, user, colleague, reason="I am travelling"):
        revision = document.sudo().review_revision
        return self._call(
            user, document, "review_transfer", revision, colleague.id, reason
        )

    def test_colleague_decides(self):
        """OPS-11: the log keeps who passed the task on, when, why, and who decided."""
        document = self._submit(amount=5000.0)
        moment = "2026-03-02 09:00:00"
        with freeze_time(moment):
            self._transfer(document, self.supervisor, self.stranger)
        closed, opened, waiting = self._tasks(document)
        self.assertEqual(closed.state, "transferred")
        self.assertEqual(closed.done_by, self.supervisor)
        self.assertEqual(closed.done_at, fields.Datetime.to_datetime(moment))
        self.assertEqual(closed.reason, "I am travelling")
        self.assertEqual((opened.state, opened.user_id), ("todo", self.stranger))
        self.assertEqual(opened.origin_task_id, closed)
        self.assertEqual(opened.origin_user_id, self.supervisor)
        self.assertEqual(waiting.state, "waiting")

        with self.assertRefused("not your turn", AccessError):
            self._approve(document, self.supervisor)
        self._approve(document, self.stranger, self.director)
        self.assertEqual(document.review_state, "approved")
        self.assertIn("I am travelling", document.sudo().review_log_html)

    def test_activity_moves(self):
        document = self._submit()
        self._transfer(document, self.supervisor, self.stranger)
        activities = document.sudo().activity_ids
        self.assertEqual(activities.user_id, self.stranger)
        self.assertEqual(document.review_waiting_on, "Stranger (Supervisor)")

    def test_colleague_passes_it_back(self):
        document = self._submit()
        self._transfer(document, self.supervisor, self.stranger)
        self._transfer(document, self.stranger, self.supervisor, "It is yours")
        self._approve(document, self.supervisor)
        states = self._tasks(document).mapped("state")
        self.assertEqual(states, ["transferred", "transferred", "approved"])

    def test_who_passed_it_on_may_decide_a_later_step(self):
        document = self._submit(amount=5000.0)
        self._transfer(document, self.supervisor, self.stranger)
        self._approve(document, self.stranger)
        self._transfer(document, self.director, self.supervisor)
        self._approve(document, self.supervisor)
        self.assertEqual(document.review_state, "approved")

    def test_refused_colleagues(self):
        """STD-10: a transfer does not lead around separation of duties."""
        document = self._submit(amount=5000.0)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreigner = new_test_user(
            self.env,
            "review_foreigner",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        self.colleague.active = False
        for colleague, message in (
            (self.supervisor, "other than yourself"),
            (self.author, "wrote, submitted"),
            (self.director, "already has a task"),
            (self.colleague, "active employee"),
            (foreigner, "active employee"),
            (portal, "active employee"),
            (self.env.ref("base.user_root"), "active employee"),
        ):
            with self.subTest(message=message), self.assertRefused(message):
                self._transfer(document, self.supervisor, colleague)
        self._approve(document, self.supervisor)
        with self.assertRefused("already reviewed"):
            self._transfer(document, self.director, self.supervisor)
        self.assertEqual(self._tasks(document).mapped("state"), ["approved", "todo"])

    def test_refused_callers(self):
        """STD-10: only the reviewer whose turn it is passes a task on."""
        document = self._submit(amount=5000.0)
        for user in (self.author, self.director, self.colleague):
            with self.assertRefused(".", AccessError):
                self._transfer(document, user, self.stranger)
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        with self.assertRefused("employees", AccessError):
            self._transfer(document, portal, self.stranger)
        with self.assertRefused("Say why"):
            self._transfer(document, self.supervisor, self.stranger, "  ")
        document.with_user(self.author).review_recall(1)
        with self.assertRefused("not under review"):
            self._transfer(document, self.supervisor, self.stranger)

    def test_stale_revision(self):
        document = self._submit()
        document.with_user(self.author).review_recall(1)
        document.with_user(self.author).review_submit()
        with self.assertRefused("changed since"):
            self._call(
                self.supervisor, document, "review_transfer", 1, self.stranger.id, "x"
            )

    def test_wild_arguments(self):
        document = self._submit()
        for value in WILD:
            calls = [(1, value, "x")]
            if value != 1:
                calls.append((value, self.stranger.id, "x"))
            if not isinstance(value, str) or value == "\x00":
                calls.append((1, self.stranger.id, value))
            for call in calls:
                with self.subTest(call=call), self.assertRefused("."):
                    self._call(self.supervisor, document, "review_transfer", *call)
        self.assertEqual(self._tasks(document).state, "todo")


@tagged("post_install", "-at_install")
class TestReviewTransferInGroups(ReviewCommon):
    """A member of a group names somebody, who need not be one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["res.groups"].create(
            {"name": "Checkers", "user_ids": [(6, 0, cls.supervisor.ids)]}
        )
        cls.first_step.write({"assign_by": "group", "group_id": cls.group.id})

    def _transfer(self, document):
        document.with_user(self.supervisor).review_transfer(
            1, self.stranger.id, "Ask him"
        )

    def test_task_of_a_group(self):
        for policy in ("any", "all"):
            with self.subTest(policy=policy):
                self.first_step.policy = policy
                document = self._submit()
                self._transfer(document)
                closed, opened = self._tasks(document)
                self.assertEqual(closed.done_by, self.supervisor)
                self.assertEqual(opened.user_id, self.stranger)
                self.assertFalse(opened.group_id)
                self.assertFalse(document.with_user(self.supervisor).review_mine)
                self.assertTrue(document.with_user(self.stranger).review_mine)
                self._approve(document, self.stranger)
                self.assertEqual(document.review_state, "approved")

    def test_named_colleague_is_archived(self):
        """Nothing hangs: whoever is in the group decides."""
        document = self._submit()
        self._transfer(document)
        self.stranger.active = False
        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.group_id, self.group)
        self._approve(document, self.supervisor)
        self.assertEqual(document.review_state, "approved")


@tagged("post_install", "-at_install")
class TestReviewTransferClock(ReviewCommon):
    def test_transfer_buys_no_time(self):
        """The step is late when it would have been late without the transfer."""
        self.first_step.limit_id = self.env["deadline.limit"].create(
            {"name": "An hour", "code": "review_hour", "value": 60, "unit": "minute"}
        )
        with freeze_time("2026-03-02 02:00:00"):
            document = self._submit()
            deadline = document.review_deadline
            self.assertTrue(deadline)
        with freeze_time("2026-03-02 02:30:00"):
            document.with_user(self.supervisor).review_transfer(
                1, self.stranger.id, "x"
            )
        self.assertEqual(document.review_deadline, deadline)
        closed, opened = self._tasks(document)
        self.assertEqual(opened.deadline, deadline)
        clocks = self.env["deadline.clock"].search(
            [("res_model", "=", "review.task"), ("res_id", "in", (closed | opened).ids)]
        )
        states = {clock.res_id: clock.state for clock in clocks}
        self.assertEqual(states, {closed.id: "cancelled", opened.id: "running"})
