from odoo import models
from odoo.exceptions import UserError


class ReviewMixin(models.AbstractModel):
    """What buttons of forms and cards call.

    A button passes ``{'review_revision': review_revision}`` in its context: what the
    person has on the screen.
    """

    _inherit = "review.mixin"

    def action_review_submit(self):
        """Show the route, then submit."""
        return self._review_get_decision_action("submit")

    def action_review_approve(self):
        """Open the dialog for an approval with an opinion."""
        return self._review_get_decision_action("approve")

    def action_review_reject(self):
        """Open the dialog that asks why."""
        return self._review_get_decision_action("reject")

    def action_review_transfer(self):
        """Open the dialog that hands one's task to a colleague."""
        return self._review_get_decision_action("transfer")

    def action_review_add_reviewer(self):
        """Open the dialog that asks one more person."""
        return self._review_get_decision_action("add_reviewer")

    def action_review_return(self):
        """Open the dialog that sends the document back to an earlier step."""
        return self._review_get_decision_action("return")

    def action_review_comment(self):
        """Open the dialog for a word without a decision."""
        return self._review_get_decision_action("comment")

    def action_review_cc(self):
        """Open the dialog that copies colleagues."""
        return self._review_get_decision_action("cc")

    def action_review_recall(self):
        """Open the dialog that withdraws the review."""
        return self._review_get_decision_action("recall")

    def action_review_remind(self):
        """Remind those the document waits for."""
        self.review_remind()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reminder sent to %s.", self.review_waiting_on),
            },
        }

    def action_review_approve_selected(self):
        """Approve the selected documents and name those that could not be."""
        documents = self._review_check_call()
        documents.check_access("read")
        results = self.review_approve_many(
            [
                {"id": document.id, "revision": document.review_revision}
                for document in documents
            ]
        )
        return self.env["review.task"]._get_result_notification(results)

    def _review_get_decision_action(self, decision):
        document = self._review_check_call(single=True)
        document.check_access("read")
        revision = self.env.context.get("review_revision", document.review_revision)
        if type(revision) is not int:
            raise UserError(
                self.env._("Say which revision of the document you have seen.")
            )
        return self.env["review.decision"]._get_action(
            decision, self._name, document.id, revision
        )
