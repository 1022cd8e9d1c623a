from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewPeople(ReviewCommon):
    """Who reviews: assignment, separation of duties, absence."""

    def _group_step(self, users, policy="any", step=None):
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(users.ids)]}
        )
        (step or self.first_step).write(
            {"assign_by": "group", "group_id": group.id, "policy": policy}
        )
        return group

    def test_field_of_the_document_names_the_reviewer(self):
        self.first_step.write({"assign_by": "field", "field_path": "supervisor_id"})
        document = self._submit(supervisor_id=self.colleague.id)

        self.assertEqual(self._tasks(document).user_id, self.colleague)

    def test_empty_field_goes_to_the_fallback(self):
        self.first_step.write({"assign_by": "field", "field_path": "supervisor_id"})
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_field_path_must_lead_to_a_person(self):
        for path in ("partner_id", "name", "line_ids.id", "__class__", "x; drop", ""):
            with self.assertRaises(UserError):
                self.first_step.write(
                    {"assign_by": "field", "field_path": path or "company_id"}
                )

    def test_manager_of_the_requester_reviews(self):
        manager, employee = self.env["hr.employee"].create(
            [
                {"name": "Manager", "user_id": self.supervisor.id},
                {"name": "Author", "user_id": self.author.id},
            ]
        )
        employee.parent_id = manager
        self.first_step.assign_by = "manager"
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.supervisor)

    def test_author_requester_and_owner_do_not_review(self):
        """ORD-15: nobody approves his own application."""
        self.first_step.user_id = self.author
        document = self._submit()
        self.assertEqual(self._tasks(document).user_id, self.fallback)
        self.assertEqual(self._tasks(document).origin_user_id, self.author)

        self.first_step.user_id = self.colleague
        document = self._submit(owner_id=self.colleague.id)
        self.assertEqual(self._tasks(document).user_id, self.fallback)

        document = self._create_document()
        document.with_user(self.colleague).review_submit()
        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_author_in_the_group_has_no_say(self):
        """ORD-15: the author does not even see it in his inbox."""
        self._group_step(self.author | self.colleague)
        document = self._submit()

        self.assertFalse(document.with_user(self.author).review_mine)
        self.assertTrue(document.with_user(self.colleague).review_mine)
        with self.assertRefused("somebody else reviews it", AccessError):
            document.with_user(self.author).review_approve(1)

    def test_one_person_in_two_steps_leaves_one_to_the_fallback(self):
        self.second_step.write({"user_id": self.supervisor.id, "condition": "always"})
        document = self._submit()
        self.assertEqual(
            self._tasks(document).mapped("user_id"), self.supervisor | self.fallback
        )

        self._approve(document, self.supervisor)

        self.assertTrue(document.with_user(self.fallback).review_mine)
        with self.assertRefused("already reviewed", AccessError):
            document.with_user(self.supervisor).review_approve(1)

    def test_group_member_who_decided_leaves_the_next_step_to_the_fallback(self):
        self._group_step(self.supervisor | self.director)
        self.second_step.condition = "always"
        document = self._submit()

        self._approve(document, self.director)

        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.fallback)

    def test_parallel_group_nobody_is_left_for_goes_to_the_fallback(self):
        self._group_step(self.colleague)
        self._group_step(self.colleague | self.supervisor, step=self.second_step)
        self.second_step.write({"sequence": 10, "condition": "always"})
        document = self._submit()

        self._approve(document, self.colleague)
        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.step_id, self.second_step)
        self._approve(document, self.supervisor)

        self.assertEqual(document.review_state, "approved")

    def test_nobody_eligible_refuses_the_submission(self):
        self.first_step.write(
            {"user_id": self.author.id, "fallback_user_id": self.author.id}
        )
        with self.assertRefused("Nobody may decide step Supervisor"):
            self._submit()

    def test_fallback_used_twice_refuses_the_submission(self):
        (self.first_step | self.second_step).write(
            {"user_id": self.author.id, "condition": "always"}
        )
        with self.assertRefused("Nobody may decide step Director"):
            self._submit()

    def test_archived_reviewer_is_skipped(self):
        self.supervisor.sudo().active = False
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_archiving_a_reviewer_hands_his_tasks_over(self):
        document = self._submit()
        self.supervisor.sudo().active = False

        tasks = self._tasks(document)
        self.assertEqual(tasks.mapped("state"), ["transferred", "todo"])
        self.assertEqual(tasks[1].user_id, self.fallback)
        self.assertIn(self.fallback.name, document.review_waiting_on)

    def test_archiving_the_last_reviewer_is_refused(self):
        self._submit()
        self.fallback.sudo().active = False
        with self.assertRefused("Nobody may decide"):
            self.supervisor.sudo().active = False

    def test_archived_members_of_a_group_are_skipped(self):
        self._group_step(self.supervisor | self.colleague, policy="all")
        self.supervisor.sudo().active = False
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.colleague)

    def test_empty_group_goes_to_the_fallback(self):
        self._group_step(self.env["res.users"])
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.fallback)

    def test_counter_of_activities_follows(self):
        document = self._submit()
        self.assertEqual(document.sudo().activity_ids.user_id, self.supervisor)
        self._approve(document, self.supervisor)

        self.assertFalse(
            self.env["mail.activity"].search_count(
                [("res_model", "=", DOCUMENT), ("res_id", "=", document.id)]
            )
        )

    def test_portal_user_is_no_reviewer(self):
        portal = new_test_user(self.env, "review_portal", groups="base.group_portal")
        self.first_step.user_id = portal
        document = self._submit()

        self.assertEqual(self._tasks(document).user_id, self.fallback)
        with self.assertRefused("employees", AccessError):
            self.env[DOCUMENT].with_user(portal).browse(document.id).review_submit()
