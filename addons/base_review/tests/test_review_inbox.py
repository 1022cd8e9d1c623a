from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewInbox(ReviewCommon):
    """待我审批 / 我发起的 / 已办, dialogs, waiting on, printing."""

    def _find(self, user, *domain):
        return self.env["review.task"].with_user(user).search(list(domain))

    def test_inbox_counts_and_lists_what_waits(self):
        documents = self._submit() | self._submit(amount=5000.0)
        tasks = self.env["review.task"]
        for user, count in ((self.director, {}), (self.supervisor, {DOCUMENT: 2})):
            self.assertEqual(tasks.with_user(user).review_inbox_count(), count)
        self.assertEqual(
            self._find(self.supervisor, ("mine", "=", True)).mapped("res_id"),
            documents.ids,
        )
        self.assertFalse(self._find(self.author, ("mine", "=", True)))
        self.assertEqual(
            len(self._find(self.author, ("requester_id", "=", self.author.id))), 3
        )

        self._approve(documents[0], self.supervisor)

        done = self._find(self.supervisor, ("done_by", "=", self.supervisor.id))
        self.assertEqual(done.res_id, documents[0].id)

    def test_documents_are_searched_by_whose_turn_it_is(self):
        document = self._submit()
        for user, mine in ((self.supervisor, document.ids), (self.director, [])):
            documents = self.env[DOCUMENT].with_user(user)
            found = documents.search([("review_mine", "=", True)])
            self.assertEqual(found.ids, mine)
            others = documents.search([("review_mine", "=", False)])
            self.assertEqual(document.id in others.ids, not mine)

    def test_tasks_are_decided_from_the_inbox(self):
        self._submit()
        self._submit()
        tasks = self._find(self.supervisor, ("mine", "=", True))

        action = tasks.action_approve()

        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(set(tasks.mapped("state")), {"approved"})
        action = tasks[0].action_approve()
        self.assertEqual(action["params"]["type"], "warning")

    def test_dialog_rejects_with_a_reason(self):
        document = self._submit(amount=5000.0)
        action = self._find(self.supervisor, ("mine", "=", True)).action_reject()
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        )
        self.assertEqual(dialog.document_name, "DOC1")
        self.assertIn("above 1000", str(dialog.preview_html))
        with self.assertRaises(AssertionError):
            dialog.save()
        dialog.reason = "too dear"
        dialog.save().action_confirm()

        self.assertEqual(document.review_state, "rejected")

    def test_dialog_offers_no_submission_while_something_is_missing(self):
        document = self._create_document(blocked=True)
        action = document.action_review_submit()
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.author)
            .with_context(**action["context"])
        )

        self.assertTrue(dialog.blocked)
        self.assertIn("is blocked", str(dialog.preview_html))

    def test_dialog_submits_and_shows_the_route(self):
        document = self._create_document(amount=5000.0)
        action = document.action_review_submit()
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.author)
            .with_context(**action["context"])
        )
        self.assertIn("Director", str(dialog.preview_html))
        dialog.save().action_confirm()

        self.assertEqual(document.review_state, "open")

    def test_card_passes_the_revision_it_shows(self):
        document = self._submit()
        card = document.with_user(self.supervisor).with_context(review_revision=1)
        action = card.action_review_approve()
        document.with_user(self.author).review_recall(1)
        self._submit(document)
        dialog = Form(
            self.env["review.decision"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
        ).save()
        with self.assertRefused("changed since you opened it"):
            dialog.action_confirm()

    def test_dialogs_of_others_are_closed(self):
        document = self._submit()
        dialog = self.env["review.decision"].with_user(self.supervisor)
        dialog = dialog.create(
            {
                "decision": "approve",
                "res_model": DOCUMENT,
                "res_id": document.id,
                "revision": 1,
            }
        )
        with self.assertRaises(AccessError):
            dialog.with_user(self.stranger).action_confirm()

    def test_dialog_on_a_foreign_model_is_refused(self):
        for model in ("res.users", "review.mixin", "no.model"):
            dialog = self.env["review.decision"].create(
                {"decision": "approve", "res_model": model, "res_id": 1, "revision": 1}
            )
            with self.assertRefused("cannot be reviewed"):
                dialog.action_confirm()

    def test_people_are_told(self):
        document = self._submit()
        activity = document.sudo().activity_ids
        self.assertEqual(activity.user_id, self.supervisor)
        self.assertNotIn(self.supervisor.partner_id, document.message_partner_ids)

        document.with_user(self.supervisor).review_reject(1, "too dear")

        self.assertFalse(document.sudo().activity_ids)
        message = self._get_notification(document)
        self.assertEqual(message.partner_ids, self.author.partner_id)
        self.assertIn("too dear", message.body)

    def test_reminder_reaches_those_it_waits_for(self):
        """催办: at most once in half an hour."""
        document = self._submit()
        document.with_user(self.author).review_remind()

        message = self._get_notification(document)
        self.assertEqual(message.partner_ids, self.supervisor.partner_id)
        with self.assertRefused("half an hour"):
            document.with_user(self.author).action_review_remind()

    def test_columns_are_the_steps_of_the_flow(self):
        self._submit()
        groups = (
            self.env[DOCUMENT]
            .with_context(read_group_expand=True)
            .web_read_group([], ["review_step_id"], ["__count"])
        )
        labels = [group["review_step_id"] for group in groups["groups"]]
        names = [label[1] for label in labels if label]
        self.assertEqual(names, ["Supervisor", "Director", "Approved"])

    def test_log_and_print_tell_the_story(self):
        document = self._submit(amount=5000.0)
        document.with_user(self.supervisor).review_reject(1, "too dear")
        request = document.sudo().review_request_id

        log = str(document.with_user(self.colleague).review_log_html)
        report = (
            self.env["ir.actions.report"]
            ._render_qweb_html("base_review.report_review_log", request.ids)[0]
            .decode()
        )

        for text in ("too dear", self.supervisor.name, "Director", "above 1000"):
            self.assertIn(text, log)
            self.assertIn(text, report)

    def test_group_task_shows_the_group(self):
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(self.supervisor.ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        document = self._submit()

        self.assertEqual(document.review_waiting_on, "Committee (Supervisor)")

    def test_batch_button_names_the_failures(self):
        documents = self._submit() | self._create_document()
        action = documents.with_user(self.supervisor).action_review_approve_selected()

        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual(documents.mapped("review_state"), ["approved", "none"])
