from markupsafe import Markup

from odoo import models


class ReviewMixin(models.AbstractModel):
    """Who is told what. Chatter and activities are for reading, not evidence."""

    _inherit = "review.mixin"

    def _review_notify_submitted(self, requests):
        """Log the submissions and their reasons in the chatter."""
        bodies = {}
        for request in requests:
            lines = [self.env._("Submitted for review.")]
            lines += (request.exception_text or "").splitlines()
            bodies[request.res_id] = Markup("<br/>").join(lines)
        self._message_log_batch(bodies)

    def _review_notify_opened(self, tasks):
        """Put an activity on the clock of each person who has to decide."""
        personal = tasks.filtered("user_id")
        self.env["mail.activity"]._review_create(
            [task._prepare_activity() for task in personal]
        )

    def _review_notify_decided(self, task):
        """Log an approval in the chatter."""
        self._message_log_batch({self.id: task._get_decision_text()})

    def _review_notify_closed(self, request, task=None):
        """Tell the requester what came of the review, and who had the last word."""
        texts = [
            {
                "approved": self.env._("The review is complete: approved."),
                "rejected": self.env._("The review was rejected."),
                "recalled": self.env._("The review was recalled."),
                "superseded": self.env._("The review was withdrawn."),
            }[request.state]
        ]
        texts.append(task._get_decision_text() if task else request.close_reason)
        body = Markup("<br/>").join(text for text in texts if text)
        self._review_notify(body, request.requester_id)

    def _review_notify(self, body, users):
        """Log a text in the chatter and send it to these people, with a link.

        Followers, who may be customers, are not told.
        """
        (users | self.env.user).mapped("partner_id")  # one query for both
        partners = (users - self.env.user).partner_id
        self._message_log_batch({self.id: body})
        if partners:
            self.message_notify(
                body=body,
                subject=self.env._("Review of %s", self.display_name),
                subtype_xmlid="base_review.mt_review",
                partner_ids=partners.ids,
            )
