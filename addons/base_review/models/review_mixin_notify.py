from markupsafe import Markup

from odoo import fields, models


class ReviewMixin(models.AbstractModel):
    """Who is told what. Chatter and activities are for reading, not evidence."""

    _inherit = "review.mixin"

    def _review_notify_submitted(self, request):
        """Log the submission and its reasons in the chatter."""
        if request.state != "open":
            return
        body = self.env._("Submitted for review.")
        if request.exception_text:
            body = Markup("%s<br/>%s") % (
                body,
                Markup("<br/>").join(request.exception_text.splitlines()),
            )
        self._message_log_batch({self.id: body})

    def _review_notify_opened(self, tasks):
        """Put an activity on the clock of each person who has to decide."""
        personal = tasks.filtered("user_id")
        # The activity replaces the mail; its creation need not send one.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [task._prepare_activity() for task in personal]
        )

    def _review_notify_decided(self, task):
        """Log an approval in the chatter and clear the activity."""
        self._review_clear_activities(task)
        body = self.env._("%s: approved.", task.step_name)
        if task.reason:
            body = Markup("%s<br/>%s") % (body, task.reason)
        self._message_log_batch({self.id: body})

    def _review_notify_closed(self, request):
        """Tell the requester what came of the review."""
        self._review_clear_activities(request.task_ids)
        body = {
            "approved": self.env._("The review is complete: approved."),
            "rejected": self.env._("The review was rejected."),
            "recalled": self.env._("The review was recalled."),
            "superseded": self.env._("The review was withdrawn."),
        }[request.state]
        if request.close_reason:
            body = Markup("%s<br/>%s") % (body, request.close_reason)
        self._review_notify(body, request.requester_id)

    def _review_notify(self, body, users):
        """Post a message on the document that tells these people, the writer excepted."""
        partners = (users - self.env.user).partner_id
        if partners:
            self.message_post(
                body=body,
                message_type="notification",
                subtype_xmlid="base_review.mt_review",
                partner_ids=partners.ids,
            )
        else:
            self._message_log_batch({self.id: body})

    def _review_clear_activities(self, tasks):
        """Remove the activities of tasks that are decided."""
        if tasks.user_id:
            self.env["mail.activity"].sudo().search(  # sudo: of other people as well
                [("review_task_id", "in", tasks.ids)]
            ).unlink()
