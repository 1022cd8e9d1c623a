from odoo import models
from odoo.exceptions import UserError


class ReviewMixin(models.AbstractModel):
    """Whose turn it is, and whether the document is what he saw."""

    _inherit = "review.mixin"

    def _review_find_task(self, user):
        """Return the task the user may decide on the single document, if any.

        A task in the user's own name comes before one of a group.
        """
        request = self.review_request_id
        todo = request.task_ids._filter_todo()
        mine = todo.filtered(lambda task: task.user_id == user) or todo.filtered(
            lambda task: (
                task._is_for_member(user) and user not in task._get_barred_users()
            )
        )
        return mine.sorted()[:1]

    def _review_get_turn_message(self, user):
        """Return why the user has no say on the single document now."""
        request = self.review_request_id
        if user in self._review_get_excluded(request.requester_id):
            return self.env._(
                "You wrote, submitted or sell %(document)s: somebody else reviews it. "
                "It waits for %(who)s.",
                document=self.display_name,
                who=self.review_waiting_on,
            )
        if user in request._get_involved():
            return self.env._(
                "You already reviewed %(document)s. It waits for %(who)s.",
                document=self.display_name,
                who=self.review_waiting_on,
            )
        return self.env._(
            "It is not your turn to review %(document)s: it waits for %(who)s.",
            document=self.display_name,
            who=self.review_waiting_on,
        )

    def _review_check_unchanged(self, revision):
        """Raise when what the reviewer saw is not what stands there now."""
        request = self.review_request_id
        if self.review_state != "open":
            raise UserError(
                self.env._("%s is not under review any more.", self.display_name)
            )
        if (
            request.revision != revision
            or request.fingerprint != self._review_get_fingerprint()
        ):
            raise UserError(
                self.env._(
                    "%s changed since you opened it. Reload it; if the message comes "
                    "again, ask the requester to recall and submit it.",
                    self.display_name,
                )
            )
