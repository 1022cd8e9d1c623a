from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .review_step_assign import Assignment
from .review_task import DECIDED_STATES, OPEN_STATES


class ReviewTask(models.Model):
    """In which order the rows of one step come, and who may not decide them.

    A row and the reviewers added to it are a chain: of its live rows the lowest rank
    goes first. A row that was transferred is continued by another row of its chain.
    """

    _inherit = "review.task"

    # Kept by the row itself: reasons and names may repeat, rows that continue one
    # another copy both.
    starts_duty = fields.Boolean(export_string_translation=False)

    def _filter_live(self):
        return self.filtered(lambda task: task.state in OPEN_STATES)

    def _filter_todo(self):
        return self.filtered(lambda task: task.state == "todo")

    def _filter_next(self):
        """Return the waiting rows of one request that nothing has to precede."""
        live = self._filter_live()
        sequence = min(live.mapped("sequence"), default=0)
        return live.filtered(
            lambda task: (
                task.state == "waiting"
                and task.sequence == sequence
                and not task._get_ahead()
            )
        )

    def _get_root(self):
        """Return the row the chain of the single task began with."""
        root = self
        while root.origin_task_id and root.origin_task_id.state != "returned":
            root = root.origin_task_id
        return root

    def _get_chain(self):
        """Return the live rows of the chain of the single task, itself included."""
        root = self._get_root()
        return self.request_id.task_ids.filtered(
            lambda task: task.state in OPEN_STATES and task._get_root() == root
        )

    def _get_ahead(self):
        """Return the live rows of its chain that the single task waits for."""
        if not self.rank:
            return self.browse()
        return self._get_chain().filtered(lambda task: task.rank < self.rank)

    def _make_room(self, position):
        """Return the rank of a reviewer added to the single task, others move on."""
        rank = self.rank + (position == "after")
        if position != "parallel":
            for task in self._get_chain().filtered(lambda task: task.rank >= rank):
                task._evidence_write({"rank": task.rank + 1})
        return rank

    def _is_named(self):
        """Return whether a person, not the flow, chose who decides the single task."""
        origin = self.origin_task_id
        return bool(
            self.added_by_id
            or (
                origin.state == "transferred" and (origin.done_by or origin._is_named())
            )
        )

    def _keep_assignment(self, document, excluded):
        """Return the assignment of a row that waits in a chain, if it still holds."""
        user = self.step_id._filter_eligible(self.user_id, document, excluded)
        if user or (self.group_id and self._get_reviewers() - excluded):
            return [Assignment(user, self.group_id, self.origin_user_id)]
        return []

    def _close_alternatives(self):
        """Hook: the single task is approved; close rows that it made needless."""

    def _get_clock_start(self):
        """Return since when the single task counts: a transfer buys no time."""
        origin = self.origin_task_id
        if origin.state == "transferred" and not self.starts_duty:
            return origin._get_clock_start()
        return self.started_at

    # === STEPS OF THE ROUTE === #

    def _get_step_sequence(self, step):
        """Return where a step stood when these tasks last passed it."""
        rows = self.filtered(lambda task: task.step_id == step)
        return rows.sorted("id")[-1:].sequence

    def _get_earlier_steps(self):
        """Return the steps of its request that come before the single task."""
        self.ensure_one()
        tasks = self.request_id.task_ids
        return tasks.step_id.filtered(
            lambda step: tasks._get_step_sequence(step) < self.sequence
        ).sorted()

    # === WHO IS BARRED === #

    def _get_barred_users(self):
        """Return who may not decide the single task.

        Author, requester and seller; whoever decided another step; whoever decided
        this one, unless the document was returned since.
        """
        deciders = self.request_id.task_ids.filtered(
            lambda done: (
                done.state in DECIDED_STATES
                and (done.step_id != self.step_id or done.attempt == self.attempt)
            )
        )
        return self.request_id.excluded_user_ids | deciders.done_by

    @api.model
    def _get_fresh_domain(self, user):
        """Return the domain of the tasks from which nothing bars the user.

        In SQL of its own: for a plain domain on the request PostgreSQL would go through
        every request, to repeat for each the rules that the task has passed already.
        """
        return Domain.custom(
            to_sql=lambda model, alias, query: model._get_fresh_sql(alias, query, user),
            predicate=lambda task: user not in task.sudo()._get_barred_users(),
        )

    @api.model
    def _get_fresh_sql(self, alias, query, user):
        excluded = self.env["review.request"]._fields["excluded_user_ids"]
        return SQL(
            """NOT EXISTS (
                SELECT FROM %(excluded)s barred
                 WHERE %(barred_request)s = %(request)s AND %(barred_user)s = %(user)s)
            AND NOT EXISTS (
                SELECT FROM review_task done
                 WHERE done.done_by = %(user)s AND %(state)s IN %(states)s
                   AND done.request_id = %(request)s
                   AND (done.step_id <> %(step)s OR done.attempt = %(attempt)s))""",
            excluded=SQL.identifier(excluded.relation),
            barred_request=SQL.identifier("barred", excluded.column1),
            barred_user=SQL.identifier("barred", excluded.column2, to_flush=excluded),
            user=user.id,
            state=SQL.identifier("done", "state", to_flush=self._fields["done_by"]),
            states=DECIDED_STATES,
            request=self._field_to_sql(alias, "request_id", query),
            step=self._field_to_sql(alias, "step_id", query),
            attempt=self._field_to_sql(alias, "attempt", query),
        )
