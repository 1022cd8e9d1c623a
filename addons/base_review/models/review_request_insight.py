from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..differences import find_differences
from ..tools import check_records


class ReviewRequest(models.Model):
    """What a person wants to know of a submission: where it hangs, what changed."""

    _inherit = "review.request"

    waiting_on = fields.Char(
        string="Waiting on", compute="_compute_waiting_on", compute_sudo=True
    )
    deadline = fields.Datetime(compute="_compute_waiting_on", compute_sudo=True)
    differences_html = fields.Html(
        string="Changes since the Last Submission",
        compute="_compute_differences_html",
        compute_sudo=True,
        sanitize=False,
    )
    log_html = fields.Html(
        string="Whole Review Log",
        compute="_compute_log_html",
        compute_sudo=True,
        sanitize=False,
    )

    _author_open_idx = models.Index("(author_id) WHERE state = 'open'")

    @api.depends("state", "task_ids.state")
    def _compute_waiting_on(self):
        todo = self.env["review.task"].search(
            Domain("request_id", "in", self.ids) & Domain("state", "=", "todo")
        )
        tasks = todo.grouped("request_id")
        for request in self:
            mine = tasks.get(request, todo.browse())
            request.waiting_on = ", ".join(
                self.env._(
                    "%(who)s (%(step)s)", who=task.waiting_on, step=task.step_name
                )
                for task in mine
            )
            request.deadline = min(filter(None, mine.mapped("deadline")), default=False)

    @api.depends("snapshot")
    def _compute_differences_html(self):
        for request in self:
            differences = request._get_differences()
            request.differences_html = bool(differences) and self.env[
                "ir.qweb"
            ]._render("base_review.differences_table", {"differences": differences})

    @api.depends("state", "task_ids.state")
    def _compute_log_html(self):
        for request in self:
            request.log_html = self.env["ir.qweb"]._render(
                "base_review.review_log_table", {"reviews": request._get_history()}
            )

    def action_remind(self):
        """Remind those the single document waits for."""
        check_records(self, single=True).check_access("read")
        document = self._get_document()
        if not document:
            raise UserError(self.env._("The document does not exist any more."))
        return document.action_review_remind()

    def _get_history(self):
        """Return this submission and those before it, the last one first."""
        self.ensure_one()
        # sudo: whoever takes part in a review may know how it came to it
        return self.sudo().search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("id", "<=", self.id),
            ]
        )

    def _get_differences(self):
        """Return what changed since the submission before the single one.

        :return: ``[(label, before, after)]``, empty for a first submission
        """
        self.ensure_one()
        if self.revision <= 1:
            return []
        previous = self._get_history()[1:2]
        if not previous:
            return []
        # sudo: the reviewer need not have taken part in the last submission
        return find_differences(previous.sudo().snapshot, self.sudo().snapshot)
