from odoo import api, models
from odoo.fields import Domain


class ReviewTask(models.Model):
    """Tasks of somebody who leaves."""

    _inherit = "review.task"

    def _get_successor(self, leaver, successor):
        """Return the assignment of the single task to the successor of its owner.

        Where the successor may not decide, the fallback of the step does; nothing is
        returned where nobody may.
        """
        step, document = self.step_id, self.request_id._get_document()
        heir = self._filter_free(successor) or self._filter_free(step.fallback_user_id)
        if not heir or heir == leaver:
            return None
        wanted = step._prepare_assignment(heir, leaver)
        return step._stand_in(document, [wanted], self._get_taken_users())[0]

    def _hand_over(self, assignments, reason):
        """Give tasks to others for good, by the decision of the current user.

        :param assignments: ``{task: assignment}``
        """
        values = {task: who.values for task, who in assignments.items()}
        todo = {task: values[task] for task in values if task.state == "todo"}
        self._move(todo, reason, done_by=self.env.user)
        for task in values.keys() - todo.keys():
            task._evidence_write(values[task])

    @api.model
    def _hand_over_deserted(self, domain, reason):
        """Give open tasks that nobody may decide any more to the next in line."""
        tasks = self.search(Domain("state", "=", "todo") & domain)
        tasks.filtered(lambda task: task._is_deserted())._reassign(reason)

    def _is_deserted(self):
        """Return whether what made people reviewers of the single task is gone."""
        return not any(map(self._is_still_assigned, self._get_reviewers()))
