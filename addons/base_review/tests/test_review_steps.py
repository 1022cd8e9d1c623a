from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewSteps(ReviewCommon):
    def test_submission_opens_the_first_step(self):
        document = self._submit()

        self.assertRecordValues(
            document,
            [
                {
                    "review_state": "open",
                    "review_revision": 1,
                    "review_step_id": self.first_step.id,
                }
            ],
        )
        task = self._tasks(document)
        self.assertEqual(task.user_id, self.supervisor)
        self.assertEqual(task.state, "todo")
        self.assertIn(self.supervisor.name, document.review_waiting_on)
        self.assertIn("Supervisor", document.review_waiting_on)

    def test_rule_adds_a_step_and_says_why(self):
        """ORD-10: each reason is shown on its own."""
        document = self._submit(amount=5000.0)

        self.assertEqual(
            self._tasks(document).mapped("step_name"), ["Supervisor", "Director"]
        )
        self.assertEqual(self._tasks(document).mapped("state"), ["todo", "waiting"])
        self.assertIn("above 1000", document.review_exception_text)
        self.assertEqual(document.review_exceptions[0]["code"], "amount")

    def test_approval_goes_through_every_step(self):
        """ORD-13: confirmed only after the last approval."""
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self.assertEqual(document.review_state, "open")
        self.assertEqual(document.review_step_id.name, "Director")

        self._approve(document, self.director)

        self.assertEqual(document.review_state, "approved")
        self.assertTrue(document.review_step_id.is_final)
        document.with_user(self.author).action_confirm()
        self.assertEqual(document.state, "done")

    def test_hooks_are_called(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor, self.director)

        self.assertEqual(document.note, "Supervisor;Director;approved;")

    def test_document_without_matching_step_is_approved_at_once(self):
        self.first_step.write({"condition": "on_rules"})
        document = self._submit()

        self.assertEqual(document.review_state, "approved")

    def test_flow_without_steps_refuses_submissions(self):
        self.flow.step_ids.filtered(lambda step: not step.is_final).active = False

        with self.assertRefused("has no step"):
            self._submit()

    def test_rejection_needs_a_reason_and_keeps_it(self):
        """ORD-13: a rejection returns the document with a reason."""
        document = self._submit(amount=5000.0)
        supervisor = document.with_user(self.supervisor)
        for reason in ("", "   ", None, False):
            with self.assertRefused("Say why"):
                supervisor.review_reject(1, reason)

        supervisor.review_reject(1, "  too dear ")

        request = document.sudo().review_request_id
        self.assertEqual(request.state, "rejected")
        self.assertEqual(request.close_reason, "too dear")
        self.assertEqual(self._tasks(document).mapped("state"), ["rejected", "skipped"])
        self.assertEqual(document.review_state, "rejected")
        with self.assertRefused("too dear"):
            document.with_user(self.author).action_confirm()

    def test_rejected_document_is_submitted_again(self):
        document = self._submit()
        document.with_user(self.supervisor).review_reject(1, "too dear")
        self._submit(document)

        self.assertEqual(document.review_revision, 2)
        self.assertEqual(len(document._review_get_requests()), 2)

    def test_requester_recalls(self):
        document = self._submit()
        with self.assertRaises(AccessError):
            document.with_user(self.colleague).review_recall(1)
        self.assertTrue(document.with_user(self.author).review_can_recall)

        document.with_user(self.author).review_recall(1, "wrong price")

        self.assertEqual(document.review_state, "none")
        self.assertEqual(document.sudo().review_request_id.state, "recalled")
        self.assertEqual(self._tasks(document).state, "cancelled")

    def test_parallel_steps_open_together(self):
        self.second_step.write({"sequence": 10, "condition": "always"})
        document = self._submit()
        self.assertEqual(self._tasks(document).mapped("state"), ["todo", "todo"])

        self._approve(document, self.director)
        self.assertEqual(document.review_state, "open")
        self._approve(document, self.supervisor)

        self.assertEqual(document.review_state, "approved")

    def _use_group(self, policy, users):
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [(6, 0, users.ids)]}
        )
        self.first_step.write(
            {"assign_by": "group", "group_id": group.id, "policy": policy}
        )
        return group

    def test_any_member_of_a_group_approves(self):
        """或签: one task for the group, one decision."""
        self._use_group("any", self.supervisor | self.colleague)
        document = self._submit()
        self.assertEqual(len(self._tasks(document)), 1)
        self.assertTrue(document.with_user(self.colleague).review_mine)

        self._approve(document, self.colleague)

        self.assertEqual(document.review_state, "approved")
        self.assertEqual(self._tasks(document).done_by, self.colleague)

    def test_all_members_of_a_group_approve(self):
        """会签: one task for each member when the step opens."""
        self._use_group("all", self.supervisor | self.colleague)
        document = self._submit()
        self.assertEqual(
            set(self._tasks(document).user_id), {self.supervisor, self.colleague}
        )

        self._approve(document, self.colleague)
        self.assertEqual(document.review_state, "open")
        self._approve(document, self.supervisor)

        self.assertEqual(document.review_state, "approved")

    def test_batch_answers_for_each_document(self):
        documents = self._submit() | self._submit()
        foreign = self._submit()
        foreign.with_user(self.author).review_recall(1)
        entries = [
            {"id": document.id, "revision": 1} for document in documents | foreign
        ]

        results = (
            self.env[documents._name]
            .with_user(self.supervisor)
            .review_approve_many(entries)
        )

        self.assertEqual([result["ok"] for result in results], [True, True, False])
        self.assertIn("not under review", results[2]["message"])
        self.assertEqual(documents.mapped("review_state"), ["approved", "approved"])

    def test_preview_tells_route_and_blockers(self):
        document = self._create_document(amount=5000.0, blocked=True)

        preview = document.review_preview()

        self.assertEqual(preview["blockers"], ["DOC1 is blocked"])
        self.assertEqual(
            [(step["name"], step["reviewers"]) for step in preview["steps"]],
            [
                ("Supervisor", [self.supervisor.name]),
                ("Director", [self.director.name]),
            ],
        )
        self.assertEqual(preview["steps"][1]["rules"], ["amount"])
        self.assertFalse(document.sudo().review_request_id)

    def test_blocked_document_is_not_submitted(self):
        document = self._create_document(blocked=True)
        with self.assertRefused("DOC1 is blocked"):
            document.review_submit()
