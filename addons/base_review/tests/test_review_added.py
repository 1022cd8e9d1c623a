from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models import review_mixin_verbs
from .common import ReviewCommon
from .test_review_calls import WILD


class AddedCommon(ReviewCommon):
    def _add(self, document, user, colleague, position, reason="Please look"):
        revision = document.sudo().review_revision
        return self._call(
            user,
            document,
            "review_add_reviewer",
            revision,
            colleague.id,
            position,
            reason,
        )

    def _who(self, document):
        """Return whom the document waits for, in the order of the log."""
        return self._tasks(document)._filter_todo().user_id

    def _states(self, document):
        return [
            (task.user_id.name, task.state) for task in self._tasks(document).sorted()
        ]


@tagged("post_install", "-at_install")
class TestReviewAdded(AddedCommon):
    """加签: a reviewer asks one more person."""

    def test_before(self):
        """OPS-11: the log keeps who added whom, and why."""
        document = self._submit(amount=5000.0)
        self._add(document, self.supervisor, self.stranger, "before")
        self.assertEqual(self._who(document), self.stranger)
        added = self._tasks(document)._filter_todo()
        self.assertEqual(added.added_by_id, self.supervisor)
        self.assertEqual(added.added_reason, "Please look")
        self.assertEqual(added.step_id, self.first_step)
        with self.assertRefused("not your turn", AccessError):
            self._approve(document, self.supervisor)

        self._approve(document, self.stranger)
        self.assertEqual(self._who(document), self.supervisor)
        self._approve(document, self.supervisor)
        self.assertEqual(self._who(document), self.director)
        self._approve(document, self.director)
        self.assertEqual(
            self._states(document),
            [
                ("Stranger", "approved"),
                ("Supervisor", "approved"),
                ("Director", "approved"),
            ],
        )
        self.assertEqual(document.review_state, "approved")

    def test_after(self):
        document = self._submit(amount=5000.0)
        self._add(document, self.supervisor, self.stranger, "after")
        self.assertEqual(self._who(document), self.supervisor)
        with self.assertRefused("not your turn", AccessError):
            self._approve(document, self.stranger)
        self._approve(document, self.supervisor)
        self.assertEqual(self._who(document), self.stranger)
        self._approve(document, self.stranger)
        self.assertEqual(self._who(document), self.director)

    def test_parallel(self):
        """Both must approve, whoever comes first."""
        for first, second in (
            (self.supervisor, self.stranger),
            (self.stranger, self.supervisor),
        ):
            document = self._submit(amount=5000.0)
            self._add(document, self.supervisor, self.stranger, "parallel")
            self.assertEqual(self._who(document), self.supervisor | self.stranger)
            self._approve(document, first)
            self.assertEqual(self._who(document), second)
            self._approve(document, second)
            self.assertEqual(self._who(document), self.director)

    def test_last_step(self):
        for position in review_mixin_verbs.POSITIONS:
            document = self._submit()
            self._add(document, self.supervisor, self.stranger, position)
            order = [self.supervisor, self.stranger]
            self._approve(document, *(order[::-1] if position == "before" else order))
            self.assertEqual(document.review_state, "approved")

    def test_added_reviewer_rejects(self):
        document = self._submit(amount=5000.0)
        self._add(document, self.supervisor, self.stranger, "before")
        document.with_user(self.stranger).review_reject(1, "No")
        self.assertEqual(document.review_state, "rejected")
        self.assertEqual(
            self._states(document),
            [
                ("Stranger", "rejected"),
                ("Supervisor", "skipped"),
                ("Director", "skipped"),
            ],
        )

    def test_step_is_complete_after_the_last_of_its_chain(self):
        """What a step sets off happens once, when everybody asked has approved."""
        document = self._submit(amount=5000.0)
        self._add(document, self.supervisor, self.stranger, "after")
        self._approve(document, self.supervisor)
        self.assertFalse(document.note)
        self._approve(document, self.stranger)
        self.assertEqual(document.note, "Supervisor, Supervisor;")

    def test_added_reviewer_adds_and_transfers(self):
        document = self._submit()
        self._add(document, self.supervisor, self.stranger, "before")
        self._add(document, self.stranger, self.director, "before")
        self._add(document, self.director, self.fallback, "after")
        document.with_user(self.director).review_transfer(1, self.colleague.id, "you")
        for user in (self.colleague, self.fallback, self.stranger, self.supervisor):
            self.assertEqual(self._who(document), user)
            self._approve(document, user)
        self.assertEqual(document.review_state, "approved")

    def test_archived_while_waiting(self):
        """Nothing hangs: the fallback stands in for an added reviewer who left."""
        document = self._submit()
        self._add(document, self.supervisor, self.stranger, "after")
        self.stranger.active = False
        self.first_step.user_id = self.director
        self._approve(document, self.supervisor)
        self.assertEqual(self._who(document), self.director)

    def test_clock_stops_and_starts_again(self):
        self.first_step.limit_id = self.env["deadline.limit"].create(
            {"name": "An hour", "code": "review_hour", "value": 60, "unit": "minute"}
        )
        document = self._submit()
        own = self._tasks(document)
        self._add(document, self.supervisor, self.stranger, "before")
        self.assertFalse(own.deadline)
        self._approve(document, self.stranger)
        self.assertTrue(own.deadline)
        clocks = self.env["deadline.clock"].search(
            [("res_model", "=", "review.task"), ("res_id", "=", own.id)], order="id"
        )
        self.assertEqual(clocks.mapped("state"), ["cancelled", "running"])


@tagged("post_install", "-at_install")
class TestReviewAddedBeside(AddedCommon):
    """Steps in parallel do not wait for each other's added reviewers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_step.write({"sequence": 10, "condition": "always"})
        cls._add_step(cls.flow, name="Last", sequence=30, user_id=cls.fallback.id)

    def test_own_task_opens_again_beside_the_other_step(self):
        document = self._submit()
        self.assertEqual(self._who(document), self.supervisor | self.director)
        self._add(document, self.supervisor, self.stranger, "before")
        self.assertEqual(self._who(document), self.stranger | self.director)
        self._approve(document, self.stranger)
        self.assertEqual(self._who(document), self.supervisor | self.director)
        self._approve(document, self.supervisor, self.director)
        self.assertEqual(self._who(document), self.fallback)

    def test_next_step_waits_for_the_added_one(self):
        document = self._submit()
        self._add(document, self.supervisor, self.stranger, "after")
        self._approve(document, self.supervisor)
        self.assertEqual(self._who(document), self.stranger | self.director)
        self._approve(document, self.director)
        self.assertEqual(self._who(document), self.stranger)
        self._approve(document, self.stranger)
        self.assertEqual(self._who(document), self.fallback)


@tagged("post_install", "-at_install")
class TestReviewAddedRefusals(AddedCommon):
    """STD-10: adding a reviewer changes no step and passes nobody by."""

    def test_refused_callers(self):
        document = self._submit(amount=5000.0)
        for user in (self.author, self.director, self.colleague):
            with self.assertRefused(".", AccessError):
                self._add(document, user, self.stranger, "before")
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        with self.assertRefused("employees", AccessError):
            self._add(document, portal, self.stranger, "before")

    def test_refused_colleagues(self):
        document = self._submit(amount=5000.0)
        self.colleague.active = False
        for colleague, message in (
            (self.supervisor, "other than yourself"),
            (self.author, "wrote, submitted"),
            (self.director, "already has a task"),
            (self.colleague, "active employee"),
        ):
            with self.subTest(message=message), self.assertRefused(message):
                self._add(document, self.supervisor, colleague, "parallel")
        self._add(document, self.supervisor, self.stranger, "after")
        with self.assertRefused("already has a task"):
            self._add(document, self.supervisor, self.stranger, "after")
        with self.assertRefused("Say why"):
            self._add(document, self.supervisor, self.fallback, "after", " ")

    def test_flood(self):
        self.patch(review_mixin_verbs, "MAX_ADDED", 2)
        document = self._submit()
        for colleague in (self.stranger, self.colleague):
            self._add(document, self.supervisor, colleague, "after")
        with self.assertRefused("2 added"):
            self._add(document, self.supervisor, self.fallback, "before")

    def test_wild_arguments(self):
        document = self._submit()
        for value in WILD:
            calls = [(1, value, "before", "x"), (1, self.stranger.id, value, "x")]
            if value != 1:
                calls.append((value, self.stranger.id, "before", "x"))
            if not isinstance(value, str) or value == "\x00":
                calls.append((1, self.stranger.id, "before", value))
            for call in calls:
                with self.subTest(call=call), self.assertRefused("."):
                    self._call(self.supervisor, document, "review_add_reviewer", *call)
        self.assertEqual(len(self._tasks(document)), 1)
