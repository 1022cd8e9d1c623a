from odoo import api, fields, models
from odoo.fields import Domain

from .review_step_assign import Assignment


class ReviewTask(models.Model):
    """Tasks that somebody decides in place of somebody else."""

    _inherit = "review.task"

    delegation_id = fields.Many2one(
        comodel_name="review.delegation", index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _get_mine_domain(self):
        """Add what was delegated: the principal keeps the right to decide it."""
        domain = super()._get_mine_domain()
        user = self.env.user
        delegations = self.env["review.delegation"]._get_live_ids(user)
        if not delegations:
            return domain
        return domain | (
            Domain("state", "=", "todo")
            & Domain("delegation_id", "in", delegations)
            & Domain("company_id", "in", user._get_company_ids())
            & self._get_fresh_domain(user)
        )

    def _is_still_assigned(self, user):
        """Judge a delegate by his principal, and by the delegation itself."""
        principal = self.delegation_id.user_id
        if not principal or user == principal:
            return self._is_kept_by(user) or super()._is_still_assigned(user)
        in_force = self.delegation_id._is_in_force()
        return in_force and super()._is_still_assigned(principal)

    def _is_kept_by(self, user):
        """Return whether a former delegate keeps the single task.

        He does where his principal may not decide it any more.
        """
        origin = self.origin_task_id
        absent = origin.delegation_id.user_id
        return bool(absent and self.origin_user_id == absent and origin.user_id == user)

    def _keep_assignment(self, document, excluded):
        """Ask anew whether the person of a waiting row is away."""
        kept = super()._keep_assignment(document, excluded)
        principal = self.step_id._filter_eligible(
            self.delegation_id.user_id, document, excluded
        )
        if principal:
            no_user = self.env["res.users"]
            kept = [Assignment(principal, self.group_id, no_user)]
        return self.step_id._stand_in(document, kept, excluded)

    # === MOVING === #

    def _get_taken_users(self):
        """Return who may not take over the single task: involved or busy with it."""
        self.ensure_one()
        todo = self.request_id.task_ids._filter_todo()
        excluded = self.request_id._get_document()._review_excluded_users()
        return self._get_barred_users() | todo.user_id | excluded.sudo()

    def _filter_free(self, users):
        """Return those of ``users`` who may take over the single task."""
        document = self.request_id._get_document()
        taken = self._get_taken_users() - self.user_id
        return self.step_id._filter_eligible(users, document, taken)

    def _get_stand_in(self, assignment):
        """Return ``assignment``, with somebody else where that person is away."""
        document = self.request_id._get_document()
        taken = self._get_taken_users()
        return self.step_id._stand_in(document, [assignment], taken)[0]

    def _move(self, moves, reason, done_by=None):
        """Close open tasks as transferred and open them for somebody else, in batch.

        :param moves: ``{task: values of the new assignee}``
        :param done_by: the person who decided so, if it was one
        :return: the new tasks
        """
        tasks = self.browse([task.id for task in moves])
        if not tasks:
            return tasks
        tasks.request_id.sorted("id")._lock()
        tasks._close_transferred(reason, done_by)
        created = tasks._evidence_create(
            [
                {**task._prepare_copy(), "origin_task_id": task.id, **values}
                for task, values in moves.items()
            ]
        )
        created._open()
        for model, opened in created.grouped("res_model").items():
            documents = self.env[model].browse(set(opened.mapped("res_id")))
            documents._review_store_progress()
            documents._review_notify_opened(opened)
        return created


class ReviewMixin(models.AbstractModel):
    _inherit = "review.mixin"

    def _review_find_task(self, user):
        """Return one's own task, one of a group, or one delegated to somebody else."""
        task = super()._review_find_task(user)
        if task:
            return task
        todo = self.review_request_id.task_ids._filter_todo()
        delegated = todo.filtered(
            lambda task: (
                task.delegation_id.user_id == user
                and user not in task._get_barred_users()
            )
        )
        return delegated.sorted()[:1]
