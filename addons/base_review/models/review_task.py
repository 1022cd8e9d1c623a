from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, get_lang

OPEN_STATES = ("waiting", "todo")
#: What a person does with a task, apart from passing it on.
DECIDED_STATES = ("approved", "rejected", "returned")


class ReviewTask(models.Model):
    """What one person or group decides in one step: the rows are the audit trail."""

    _name = "review.task"
    _description = "Review Task"
    _inherit = ["review.evidence"]
    _order = "attempt, sequence, rank, id"
    _rec_name = "step_name"

    request_id = fields.Many2one(
        comodel_name="review.request", required=True, index=True, ondelete="cascade"
    )
    step_id = fields.Many2one(
        comodel_name="review.step",
        string="Flow Step",
        required=True,
        index=True,
        ondelete="restrict",
    )
    step_name = fields.Char(string="Step", required=True)
    sequence = fields.Integer(required=True)
    rank = fields.Integer(
        default=0, help="Order inside the step, where a reviewer was added."
    )
    attempt = fields.Integer(
        default=0, help="How often the document was returned before this row."
    )
    policy = fields.Selection(
        selection=[("any", "Any may approve"), ("all", "All must approve")],
        required=True,
    )
    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True
    )
    res_name = fields.Char(string="Document")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="restrict"
    )
    requester_id = fields.Many2one(
        comodel_name="res.users",
        string="Submitted by",
        required=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Reviewer", ondelete="restrict"
    )
    group_id = fields.Many2one(
        comodel_name="res.groups", string="Reviewing Group", ondelete="restrict"
    )
    origin_user_id = fields.Many2one(
        comodel_name="res.users", string="In Place of", ondelete="restrict"
    )
    origin_task_id = fields.Many2one(
        comodel_name="review.task",
        string="Continues",
        index="btree_not_null",
        ondelete="restrict",
    )
    added_by_id = fields.Many2one(
        comodel_name="res.users", string="Added by", ondelete="restrict"
    )
    added_reason = fields.Text(string="Why Added")
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("todo", "To Do"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("returned", "Returned"),
            ("transferred", "Transferred"),
            ("escalated", "Escalated"),
            ("skipped", "Skipped"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
    )
    started_at = fields.Datetime(string="Opened on")
    deadline = fields.Datetime()
    late = fields.Boolean(compute="_compute_late", search="_search_late")
    done_by = fields.Many2one(
        comodel_name="res.users", string="Decided by", ondelete="restrict"
    )
    done_at = fields.Datetime(string="Decided on")
    reason = fields.Text(string="Opinion")
    attachment_ids = fields.One2many(
        comodel_name="ir.attachment",
        inverse_name="res_id",
        string="Attachments",
        domain=[("res_model", "=", "review.task")],
        readonly=True,
    )
    exception_text = fields.Text(related="request_id.exception_text", string="Reasons")
    waiting_on = fields.Char(compute="_compute_waiting_on", compute_sudo=True)
    mine = fields.Boolean(compute="_compute_mine", search="_search_mine")

    _assignee_check = models.Constraint(
        "CHECK((user_id IS NULL) <> (group_id IS NULL))",
        "A review task belongs to one person or to one group.",
    )
    _done_check = models.Constraint(
        "CHECK(state NOT IN ('approved', 'rejected', 'returned')"
        " OR (done_by IS NOT NULL AND done_at IS NOT NULL))",
        "A decision says who took it, and when.",
    )
    _rejected_check = models.Constraint(
        "CHECK(state NOT IN ('rejected', 'returned') OR COALESCE(reason, '') <> '')",
        "A rejection says why.",
    )
    _user_idx = models.Index("(user_id, res_model, res_id) WHERE state = 'todo'")
    _group_idx = models.Index("(group_id, res_model, res_id) WHERE state = 'todo'")
    _deadline_idx = models.Index("(deadline) WHERE state = 'todo'")
    _document_idx = models.Index("(res_model, res_id) WHERE state = 'todo'")
    _done_by_idx = models.Index("(done_by, id) WHERE done_by IS NOT NULL")
    _requester_idx = models.Index("(requester_id, id)")
    _added_check = models.Constraint(
        "CHECK(added_by_id IS NULL OR COALESCE(added_reason, '') <> '')",
        "Whoever adds a reviewer says why.",
    )

    @api.depends("state", "deadline", "done_at")
    def _compute_late(self):
        now = fields.Datetime.now()
        for task in self:
            end = now if task.state in OPEN_STATES else task.done_at
            task.late = bool(task.deadline and end and task.deadline < end)

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "todo"), ("deadline", "<", fields.Datetime.now())]

    @api.depends("user_id", "group_id", "done_by")
    def _compute_waiting_on(self):
        for task in self:
            person = task.done_by or task.user_id
            task.waiting_on = person.name or task.group_id.name

    def _get_time_taken(self):
        """Return how long the single task took from opening to decision, in words."""
        self.ensure_one()
        if not (self.started_at and self.done_at):
            return ""
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_timedelta(
            self.done_at - self.started_at, granularity="minute", locale=locale
        )

    # === ENGINE === #

    def _open(self):
        """Make waiting tasks actionable and start their clocks."""
        waiting = self.filtered(lambda task: task.state == "waiting")
        waiting._evidence_write({"state": "todo", "started_at": fields.Datetime.now()})
        timed = self.filtered("step_id.limit_id")
        if not timed:
            return
        clocks = self.env["deadline.clock"]._start(
            [
                {
                    # A company may have its own value for the limit of the step.
                    "limit": task.step_id.limit_id._get_current(task.company_id),
                    "record": task,
                    "user": task.user_id,
                    "start": task._get_clock_start(),
                }
                for task in timed
            ]
        )
        due = {clock.res_id: clock.due_at for clock in clocks}
        for task in timed:
            task._evidence_write({"deadline": due.get(task.id)})

    def _decide(self, state, reason):
        """Close the single task with the decision of the current user."""
        self.ensure_one()
        if self.state != "todo":
            raise UserError(self.env._("%s is already decided.", self.step_name))
        self._evidence_write(
            {
                "state": state,
                "done_by": self.env.uid,
                "done_at": fields.Datetime.now(),
                "reason": reason,
            }
        )
        self._stop_clocks()
        self.env["mail.activity"]._review_clear(self.filtered("user_id"))

    def _abandon(self):
        """Close what nobody has to decide any more."""
        todo = self.filtered(lambda task: task.state == "todo")
        self.env["mail.activity"]._review_clear(todo.filtered("user_id"))
        waiting = self.filtered(lambda task: task.state == "waiting")
        now = fields.Datetime.now()
        if todo:
            todo._evidence_write({"state": "cancelled", "done_at": now})
            todo._stop_clocks(cancelled=True)
        if waiting:
            waiting._evidence_write({"state": "skipped", "done_at": now})

    def _close_transferred(self, reason, done_by=None):
        """Close tasks that somebody else takes over; ``done_by`` passed them on."""
        self._evidence_write(
            {
                "state": "transferred",
                "done_by": done_by and done_by.id,
                "done_at": fields.Datetime.now(),
                "reason": reason,
            }
        )
        self._stop_clocks(cancelled=True)
        self.env["mail.activity"]._review_clear(self.filtered("user_id"))

    def _suspend(self):
        """Let the single task wait again for whoever was added before it."""
        self._stop_clocks(cancelled=True)
        self.env["mail.activity"]._review_clear(self.filtered("user_id"))
        self._evidence_write({"state": "waiting", "deadline": False})

    def _stop_clocks(self, cancelled=False):
        timed = self.filtered("deadline")
        if timed:
            clocks = self.env["deadline.clock"]
            clocks._find_running(timed)._stop(cancelled=cancelled)
