from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..fields import OrderedJson
from ..tools import check_records
from .review_task import DECIDED_STATES

#: What a request may become, by what it is: evidence moves forward only.
NEXT_STATES = {
    "open": ("approved", "rejected", "recalled", "superseded"),
    "approved": ("superseded",),
}


class ReviewRequest(models.Model):
    """One submission of one document: what was asked, and what came of it."""

    _name = "review.request"
    _description = "Review Request"
    _inherit = ["review.evidence"]
    _order = "id desc"
    _rec_name = "res_name"

    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True
    )
    res_name = fields.Char(string="Document")
    flow_id = fields.Many2one(
        comodel_name="review.flow", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="restrict"
    )
    requester_id = fields.Many2one(
        comodel_name="res.users",
        string="Submitted by",
        required=True,
        index=True,
        ondelete="restrict",
    )
    author_id = fields.Many2one(
        comodel_name="res.users", string="Written by", ondelete="restrict"
    )
    excluded_user_ids = fields.Many2many(
        comodel_name="res.users",
        string="May not Review",
        context={"active_test": False},
        help="Author, requester and salesperson: they review somebody else's document.",
    )
    revision = fields.Integer(required=True)
    state = fields.Selection(
        selection=[
            ("open", "Under Review"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("recalled", "Recalled"),
            ("superseded", "Superseded"),
        ],
        required=True,
        default="open",
    )
    fingerprint = fields.Char(size=64, required=True)
    snapshot = OrderedJson()
    exceptions = fields.Json()
    exception_text = fields.Text(
        string="Reasons", compute="_compute_exception_text", compute_sudo=False
    )
    opened_at = fields.Datetime(
        string="Submitted on", required=True, default=fields.Datetime.now
    )
    closed_at = fields.Datetime(string="Closed on")
    closed_by = fields.Many2one(comodel_name="res.users", ondelete="restrict")
    close_reason = fields.Text(string="Reason")
    superseded_at = fields.Datetime(string="Superseded on")
    reminded_at = fields.Datetime(string="Reminded on")
    task_ids = fields.One2many(
        comodel_name="review.task", inverse_name="request_id", string="Review Log"
    )
    snapshot_html = fields.Html(
        string="Submitted Content", compute="_compute_snapshot_html", sanitize=False
    )

    _open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'open'",
        "This document is already under review. Reload it.",
    )
    _document_idx = models.Index("(res_model, res_id, id)")
    _rejected_check = models.Constraint(
        "CHECK(state <> 'rejected' OR COALESCE(close_reason, '') <> '')",
        "A rejection says why.",
    )
    _closed_check = models.Constraint(
        "CHECK(state = 'open' OR (closed_at IS NOT NULL AND closed_by IS NOT NULL))",
        "A closed request says who closed it, and when.",
    )

    @api.depends("exceptions")
    def _compute_exception_text(self):
        for request in self:
            request.exception_text = "\n".join(
                reason["message"] for reason in request.exceptions or []
            )

    @api.depends("snapshot")
    def _compute_snapshot_html(self):
        for request in self:
            request.snapshot_html = self.env["ir.qweb"]._render(
                "base_review.snapshot_table", {"snapshot": request.snapshot or {}}
            )

    def action_open_document(self):
        """Open the document, for those who may read it."""
        check_records(self, single=True).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _prepare_task(self):
        """Return what every task copies from the single request."""
        self.ensure_one()
        return {
            "request_id": self.id,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "res_name": self.res_name,
            "company_id": self.company_id.id,
            "requester_id": self.requester_id.id,
        }

    def _get_involved(self):
        """Return everybody who has a part in the single request already."""
        self.ensure_one()
        decided = self.task_ids.filtered(lambda task: task.state in DECIDED_STATES)
        return self.excluded_user_ids | decided.done_by

    def _get_deciders_of_others(self, step):
        """Return who decided another step of the single request."""
        self.ensure_one()
        return self.task_ids.filtered(
            lambda task: task.step_id != step and task.state in DECIDED_STATES
        ).done_by

    def _get_approvals(self, step):
        """Return the approvals of a step that no return has overtaken."""
        self.ensure_one()
        return self._get_standing_tasks().filtered(
            lambda task: task.step_id == step and task.state == "approved"
        )

    def _get_standing_tasks(self):
        """Return the tasks, without those of steps that were begun again."""
        last = {}
        for task in self.task_ids:
            last[task.step_id] = max(task.attempt, last.get(task.step_id, 0))
        return self.task_ids.filtered(lambda task: task.attempt == last[task.step_id])

    def _get_document(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _lock(self):
        """Take the requests for this transaction, or let the loser be retried.

        The row is modified: under REPEATABLE READ a concurrent decision then fails with
        a serialization error, which Odoo retries; ``SELECT … FOR UPDATE`` would not.
        """
        self.env["review.task"].flush_model()
        self.flush_recordset()
        taken = self.env.execute_query(
            SQL(
                "UPDATE review_request SET state = state WHERE id IN %s "
                "AND state IN ('open', 'approved') RETURNING id",
                tuple(self.ids) or (0,),
            )
        )
        if len(taken) != len(self):
            raise UserError(
                self.env._("This review was closed by somebody else. Reload it.")
            )

    def _close(self, state, reason=""):
        """Close the requests and whatever task is left of them."""
        now = fields.Datetime.now()
        for request in self:
            if state not in NEXT_STATES.get(request.state, ()):
                raise UserError(
                    self.env._("The review of %s is closed.", request.res_name)
                )
        superseded = self.filtered(lambda request: request.state == "approved")
        superseded._evidence_write({"state": state, "superseded_at": now})
        (self - superseded)._evidence_write(
            {
                "state": state,
                "closed_at": now,
                "closed_by": self.env.uid,
                "close_reason": reason,
            }
        )
        self.task_ids._abandon()
