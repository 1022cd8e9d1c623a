from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .test_review_comment import FileCommon

VERBS = ("transfer", "add_reviewer", "return", "comment", "cc")


@tagged("post_install", "-at_install")
class TestReviewDialog(FileCommon):
    """The dialogs of the verbs, as the buttons open them."""

    def _open(self, document, user, verb):
        """Return the form that a button of the document opens."""
        document = document.with_user(user)
        action = getattr(document, f"action_review_{verb}")()
        model = self.env[action["res_model"]].with_user(user)
        return Form(model.with_context(**action["context"]))

    def test_transfer(self):
        document = self._submit(amount=5000.0)
        dialog = self._open(document, self.supervisor, "transfer")
        self.assertEqual(
            dialog.taken_user_ids[:], self.author | self.supervisor | self.director
        )
        dialog.user_id, dialog.reason = self.stranger, "Away"
        dialog.save().action_confirm()
        self.assertEqual(self._tasks(document)._filter_todo().user_id, self.stranger)

    def test_add_reviewer(self):
        document = self._submit()
        dialog = self._open(document, self.supervisor, "add_reviewer")
        dialog.user_id, dialog.reason = self.stranger, "Look"
        dialog.position = "parallel"
        dialog.save().action_confirm()
        todo = self._tasks(document)._filter_todo()
        self.assertEqual(todo.user_id, self.supervisor | self.stranger)

    def test_return(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        dialog = self._open(document, self.director, "return")
        self.assertEqual(dialog.step_ids[:], self.first_step)
        dialog.step_id, dialog.reason = self.first_step, "Again"
        dialog.save().action_confirm()
        self.assertEqual(document.review_step_id, self.first_step)

    def test_comment_and_decision_with_files(self):
        document = self._submit()
        for verb in ("comment", "approve"):
            upload = self._upload(self.supervisor)
            dialog = self._open(document, self.supervisor, verb)
            dialog.reason = "See the offer"
            dialog.attachment_ids.add(upload)
            dialog.save().action_confirm()
            self.assertTrue(upload.sudo().res_id)
        self.assertEqual(self._tasks(document).attachment_ids, upload.sudo())

    def test_cc(self):
        document = self._submit()
        dialog = self._open(document, self.author, "cc")
        dialog.user_ids.add(self.stranger)
        dialog.save().action_confirm()
        notices = document.sudo().review_request_id.notice_ids
        self.assertEqual(notices.user_id, self.stranger)

    def test_dialog_gives_no_turn(self):
        """STD-10: a dialog opened in somebody else's turn changes nothing."""
        document = self._submit(amount=5000.0)
        for verb in ("transfer", "add_reviewer", "return"):
            dialog = self.env["review.decision"].with_user(self.stranger)
            dialog = dialog.create(
                {
                    "decision": verb,
                    "res_model": document._name,
                    "res_id": document.id,
                    "revision": 1,
                    "reason": "x",
                    "user_id": self.colleague.id,
                    "step_id": self.first_step.id,
                }
            )
            self.assertFalse(dialog.step_ids)
            with self.subTest(verb=verb), self.assertRefused("turn", AccessError):
                dialog.action_confirm()

    def test_dialog_shows_no_hidden_review(self):
        self._hide_documents()
        document = self._submit()
        dialog = (
            self.env["review.decision"]
            .with_user(self.stranger)
            .create(
                {
                    "decision": "transfer",
                    "res_model": document._name,
                    "res_id": document.id,
                }
            )
        )
        self.assertEqual(dialog.taken_user_ids, self.stranger)

    def test_wild_ids(self):
        for verb in VERBS:
            for ids in ([], [2**30], [0]):
                with self.subTest(verb=verb, ids=ids), self.assertRefused("."):
                    document = self.env["review.test.document"].browse(ids)
                    self._call(self.author, document, f"action_review_{verb}")
