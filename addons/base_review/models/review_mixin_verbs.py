from odoo import models
from odoo.exceptions import UserError

from ..tools import is_record_id

#: Where an added reviewer comes, seen from whoever adds him.
POSITIONS = ("before", "after", "parallel")
#: Added reviewers of one request who have not decided yet.
MAX_ADDED = 20


class ReviewMixin(models.AbstractModel):
    """Public methods of who passes his task on instead of deciding it.

    They meet any caller, with any argument.
    """

    _inherit = "review.mixin"

    def review_transfer(self, revision, user_id, reason):
        """Hand the caller's task to a colleague, who decides in his place."""
        document, task, reason = self._review_take_turn(revision, reason)
        document._review_check_reason(reason)
        colleague = document._review_get_colleague(task, user_id)
        document._review_transfer(task, colleague, reason)
        return True

    def review_add_reviewer(self, revision, user_id, position, reason):
        """Ask one more person: before, after or in parallel to the caller's task.

        :param position: ``before`` the caller decides, ``after`` he approved and before
            the next step, or ``parallel``: both must approve
        """
        document, task, reason = self._review_take_turn(revision, reason)
        document._review_check_reason(reason)
        if position not in POSITIONS:
            raise UserError(
                self.env._("Say when the reviewer comes: before, after or parallel.")
            )
        colleague = document._review_get_colleague(task, user_id)
        document._review_check_flood(task.request_id)
        document._review_add_reviewer(task, colleague, position, reason)
        return True

    def review_return(self, revision, step_id, reason):
        """Send the document back to an earlier step, which decides again."""
        document, task, reason = self._review_take_turn(revision, reason)
        document._review_check_reason(reason)
        step = document._review_get_return_step(task, step_id)
        document._review_return(task, step, reason)
        return True

    # === GUARDS === #

    def _review_check_reason(self, reason):
        if not reason:
            raise UserError(self.env._("Say why: the review log keeps the reason."))

    def _review_check_flood(self, request):
        added = request.task_ids._filter_live().filtered("added_by_id")
        if len(added) >= MAX_ADDED:
            raise UserError(
                self.env._(
                    "%(document)s already waits for %(count)s added reviewers.",
                    document=self.display_name,
                    count=len(added),
                )
            )

    def _review_get_colleague(self, task, user_id):
        """Return the person named for a task of the single document.

        :raise UserError: when the person may not decide it, and why
        """
        no_user = self.env["res.users"]
        colleague = no_user.browse(user_id if is_record_id(user_id) else ()).exists()
        if not task.step_id._filter_eligible(colleague, self, no_user):
            raise UserError(
                self.env._(
                    "Choose an active employee of %s.", self._review_get_company().name
                )
            )
        refusal = self._review_get_colleague_refusal(task, colleague)
        if refusal:
            raise UserError(refusal)
        return colleague

    def _review_get_colleague_refusal(self, task, colleague):
        """Return why a colleague may not decide the task, or an empty text."""
        request, message = task.request_id, ""
        names = {"who": colleague.name, "document": self.display_name}
        own = self._review_get_excluded(request.requester_id)
        if colleague == self.env.user:
            message = self.env._("Choose somebody other than yourself.")
        elif colleague in own | request.excluded_user_ids:
            message = self.env._(
                "%(who)s wrote, submitted or sells %(document)s: choose somebody else.",
                **names,
            )
        elif colleague in request.task_ids._filter_live().user_id:
            message = self.env._(
                "%(who)s already has a task in the review of %(document)s.", **names
            )
        elif colleague in task._get_barred_users():
            message = self.env._("%(who)s already reviewed %(document)s.", **names)
        return message

    def _review_get_return_step(self, task, step_id):
        """Return the step the single document goes back to.

        :raise UserError: when it is none of the steps before the task
        """
        steps = task._get_earlier_steps()
        if not steps:
            raise UserError(
                self.env._("Nothing comes before %s: reject it.", task.step_name)
            )
        step = steps.filtered(lambda step: is_record_id(step_id) and step.id == step_id)
        if not step:
            raise UserError(
                self.env._(
                    "Choose a step before %(step)s: %(steps)s.",
                    step=task.step_name,
                    steps=", ".join(steps.mapped("name")),
                )
            )
        return step
