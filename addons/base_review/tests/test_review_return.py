from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ReviewCommon
from .test_review_calls import WILD


class ReturnCommon(ReviewCommon):
    def _return(self, document, user, step, reason="The price is missing"):
        revision = document.sudo().review_revision
        return self._call(user, document, "review_return", revision, step.id, reason)

    def _who(self, document):
        return self._tasks(document)._filter_todo().user_id


@tagged("post_install", "-at_install")
class TestReviewReturn(ReturnCommon):
    """退回: a reviewer sends the document back to an earlier step."""

    def test_earlier_step_decides_again(self):
        """OPS-11: approvals before the return stay in the log, with the return."""
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self._return(document, self.director, self.first_step)

        self.assertEqual((document.review_state, document.review_revision), ("open", 1))
        self.assertEqual(document.review_step_id, self.first_step)
        self.assertEqual(self._who(document), self.supervisor)
        approved, returned, again, last = self._tasks(document)
        self.assertEqual((approved.state, returned.state), ("approved", "returned"))
        self.assertEqual(returned.done_by, self.director)
        self.assertEqual(returned.reason, "The price is missing")
        self.assertTrue(returned.done_at)
        self.assertEqual((again.state, last.state), ("todo", "waiting"))
        self.assertEqual((again | last).origin_task_id, returned)
        self.assertEqual((again | last).mapped("attempt"), [1, 1])

        self._approve(document, self.supervisor, self.director)
        self.assertEqual(document.review_state, "approved")
        self.assertEqual(document.note, "Supervisor;Supervisor;Director;approved;")
        request = document.sudo().review_request_id
        self.assertEqual(request._get_standing_tasks(), again | last)

    def test_requester_is_told(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self._return(document, self.director, self.first_step, "Mind <b>this</b>")
        message = self._get_notification(document)
        self.assertEqual(message.notified_partner_ids, self.author.partner_id)
        self.assertIn("to Supervisor: Mind &lt;b&gt;this&lt;/b&gt;", message.body)

    def test_returned_twice(self):
        document = self._submit(amount=5000.0)
        for _round in range(2):
            self._approve(document, self.supervisor)
            self._return(document, self.director, self.first_step)
        self.assertEqual(max(self._tasks(document).mapped("attempt")), 2)
        self._approve(document, self.supervisor, self.director)
        self.assertEqual(document.review_state, "approved")

    def test_one_person_still_has_one_duty(self):
        """ORD-13: who decided a later step does not get the earlier one."""
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self.first_step.user_id = self.director
        self._return(document, self.director, self.first_step)
        self.assertEqual(self._who(document), self.fallback)

    def test_members_decide_their_step_again(self):
        group = self.env["res.groups"].create(
            {"name": "Checkers", "user_ids": [(6, 0, self.supervisor.ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self._return(document, self.director, self.first_step)
        mine = document.with_user(self.supervisor)
        self.assertTrue(mine.review_mine)
        self.assertEqual(mine.search([("review_mine", "=", True)]), mine)
        tasks = self.env["review.task"].with_user(self.supervisor)
        self.assertEqual(tasks.review_inbox_count(), {document._name: 1})
        self._approve(document, self.supervisor)
        self.assertEqual(self._who(document), self.director)

    def test_added_reviewers_are_not_asked_again(self):
        document = self._submit(amount=5000.0)
        document.with_user(self.supervisor).review_add_reviewer(
            1, self.stranger.id, "before", "Look"
        )
        self._approve(document, self.stranger, self.supervisor)
        self._return(document, self.director, self.first_step)
        self.assertEqual(self._who(document), self.supervisor)
        self._approve(document, self.supervisor, self.director)
        self.assertEqual(document.review_state, "approved")


@tagged("post_install", "-at_install")
class TestReviewReturnParallel(ReturnCommon):
    """Steps of equal sequence go back together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_step.write({"sequence": 10, "condition": "always"})
        cls.third, cls.last = [
            cls._add_step(cls.flow, name=name, sequence=sequence, user_id=user.id)
            for name, sequence, user in (
                ("Third", 30, cls.stranger),
                ("Last", 40, cls.colleague),
            )
        ]

    def test_siblings_decide_again(self):
        document = self._submit()
        self._approve(document, self.supervisor, self.director, self.stranger)
        self._return(document, self.colleague, self.second_step)
        self.assertEqual(self._who(document), self.supervisor | self.director)
        self._approve(document, self.director, self.supervisor, self.stranger)
        self._approve(document, self.colleague)
        self.assertEqual(document.review_state, "approved")

    def test_to_a_step_in_between(self):
        document = self._submit()
        self._approve(document, self.supervisor, self.director, self.stranger)
        self._return(document, self.colleague, self.third)
        self.assertEqual(self._who(document), self.stranger)
        self._approve(document, self.stranger, self.colleague)
        self.assertEqual(document.review_state, "approved")

    def test_open_siblings_are_cancelled(self):
        self._add_step(
            self.flow, name="Beside", sequence=40, user_id=self.fallback.id
        ).fallback_user_id = self.director
        document = self._submit()
        self._approve(document, self.supervisor, self.director, self.stranger)
        self._return(document, self.colleague, self.third)
        beside = self._tasks(document).filtered(lambda t: t.step_name == "Beside")
        self.assertEqual(beside.mapped("state"), ["cancelled", "waiting"])


@tagged("post_install", "-at_install")
class TestReviewReturnRefusals(ReturnCommon):
    """STD-10: a return goes back only, and only for whose turn it is."""

    def test_refused_steps(self):
        document = self._submit(amount=5000.0)
        with self.assertRefused("Nothing comes before"):
            self._return(document, self.supervisor, self.first_step)
        self._approve(document, self.supervisor)
        other = self._create_flow([{"name": "Other", "user_id": self.supervisor.id}])
        for step in (
            self.second_step,
            self.flow.step_ids.filtered("is_final"),
            other.step_ids[0],
        ):
            with self.assertRefused("Choose a step before Director: Supervisor"):
                self._return(document, self.director, step)
        with self.assertRefused("Say why"):
            self._return(document, self.director, self.first_step, "")

    def test_refused_callers(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        for user in (self.author, self.supervisor, self.stranger):
            with self.assertRefused(".", AccessError):
                self._return(document, user, self.first_step)
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        with self.assertRefused("employees", AccessError):
            self._return(document, portal, self.first_step)
        with self.assertRefused("changed since"):
            self._call(
                self.director, document, "review_return", 7, self.first_step.id, "x"
            )

    def test_nobody_may_decide_it_again(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self.first_step.write(
            {"user_id": self.author.id, "fallback_user_id": self.author.id}
        )
        with self.assertRefused("Nobody may decide step Supervisor"):
            self._return(document, self.director, self.first_step)
        self.assertEqual(self._who(document), self.director)

    def test_wild_arguments(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        step = self.first_step.id
        for value in WILD:
            calls = [(1, value, "x")]
            if value != 1:
                calls.append((value, step, "x"))
            if not isinstance(value, str) or value == "\x00":
                calls.append((1, step, value))
            for call in calls:
                with self.subTest(call=call), self.assertRefused("."):
                    self._call(self.director, document, "review_return", *call)
