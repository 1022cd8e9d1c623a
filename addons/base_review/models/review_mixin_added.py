from odoo import models


class ReviewMixin(models.AbstractModel):
    """The engine of transfers, added reviewers and returns; it runs in sudo."""

    _inherit = "review.mixin"

    def _review_transfer(self, task, colleague, reason):
        """Close the task and open one like it for the colleague."""
        values = {
            **task._prepare_copy(),
            "user_id": colleague.id,
            "origin_user_id": self.env.uid,
            "origin_task_id": task.id,
        }
        task._close_transferred(reason, self.env.user)
        self._review_open_added(task._evidence_create([values]))
        self._review_log(
            self.env._(
                "%(step)s: transferred to %(who)s.",
                step=task.step_name,
                who=colleague.name,
            ),
            reason,
        )

    def _review_add_reviewer(self, task, colleague, position, reason):
        """Add a task for the colleague to the chain of the caller's task."""
        rank = task._make_room(position)
        values = {
            **task._prepare_copy(),
            "rank": rank,
            "user_id": colleague.id,
            "origin_task_id": task.id,
            "added_by_id": self.env.uid,
            "added_reason": reason,
            "starts_duty": True,
        }
        if position == "before":
            task._suspend()
        added = task._evidence_create([values])
        self._review_open_added(added if position != "after" else added.browse())
        texts = {
            "before": self.env._("%(step)s: %(who)s was asked to review before."),
            "after": self.env._("%(step)s: %(who)s was asked to review afterwards."),
            "parallel": self.env._("%(step)s: %(who)s was asked to review as well."),
        }
        text = texts[position] % {"step": task.step_name, "who": colleague.name}
        self._review_log(text, reason)

    def _review_open_added(self, tasks):
        """Open tasks outside of the order of the flow."""
        tasks._open()
        self._review_store_progress()
        self._review_notify_opened(tasks)

    def _review_return(self, task, step, reason):
        """Close what is open and begin again at the step, for whoever may decide it."""
        request = task.request_id
        task._decide("returned", reason)
        request.task_ids._abandon()
        plan = self._review_plan_again(request, step)
        attempt = max(request.task_ids.mapped("attempt")) + 1
        tasks = task._evidence_create(
            [
                {**values, "attempt": attempt, "origin_task_id": task.id}
                for values in self._review_prepare_tasks(request, plan)
            ]
        )
        self._review_open_added(tasks._filter_todo())
        self._review_notify_returned(request, task, step)

    def _review_plan_again(self, request, first):
        """Return ``[(step, assignments)]`` from a step of the route to its end.

        Whoever decided a step may decide it again, but no other one.
        """
        start = request.task_ids._get_step_sequence(first)
        again = request.task_ids.filtered(lambda task: task.sequence >= start)
        excluded = request.excluded_user_ids
        excluded |= self._review_get_excluded(request.requester_id)
        plan = []
        for step in again.step_id.sorted():
            deciders = request._get_deciders_of_others(step)
            assignments = step._assign(self, request.requester_id, excluded | deciders)
            for assignment in assignments:
                excluded |= assignment.user
            plan.append((step, assignments))
        return plan

    def _review_notify_returned(self, request, task, step):
        """Tell the requester that the review goes on from an earlier step."""
        text = self.env._(
            "%(who)s returned %(document)s to %(step)s: %(reason)s",
            who=self.env.user.name,
            document=self.display_name,
            step=step.name,
            reason=task.reason,
        )
        self._review_notify(text, request.requester_id)

    def _review_log(self, text, reason):
        """Log one step of the review of the single document in the chatter."""
        self._message_log_batch({self.id: f"{text} {reason}"})
