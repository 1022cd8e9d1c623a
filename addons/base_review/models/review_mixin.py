from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import _lt

#: The column of the documents without a step.
TO_SUBMIT = _lt("To Submit")

#: Columns that only the engine writes, with their value on a new document.
ENGINE_FIELDS = {
    "review_request_id": False,
    "review_state": "none",
    "review_step_id": False,
    "review_deadline": False,
    "review_revision": 0,
}


class ReviewMixin(models.AbstractModel):
    """Staged review of a document.

    The host also inherits ``mail.thread`` and ``mail.activity.mixin``, sets the class
    attributes below and overrides the hooks it needs; it leaves the engine alone.
    """

    _name = "review.mixin"
    _description = "Document under Review"

    #: The field whose change needs an approved review, and from where to where.
    _review_state_field = "state"
    _review_state_from = ("draft",)
    _review_state_to = ("done",)
    #: What the reviewers approve: a change of these asks for a new review.
    _review_fields = ()
    _review_lines = {}

    review_request_id = fields.Many2one(
        comodel_name="review.request",
        string="Review",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    review_state = fields.Selection(
        selection="_selection_review_state",
        default="none",
        copy=False,
        readonly=True,
    )
    review_step_id = fields.Many2one(
        comodel_name="review.step",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        group_expand="_read_group_review_step_id",
        falsy_value_label=TO_SUBMIT,
    )
    review_deadline = fields.Datetime(copy=False, readonly=True)
    review_revision = fields.Integer(
        copy=False, readonly=True, help="How many times it was submitted."
    )
    review_late = fields.Boolean(
        compute="_compute_review_late", search="_search_review_late"
    )
    review_mine = fields.Boolean(
        string="Waits for Me",
        compute="_compute_review_mine",
        search="_search_review_mine",
        compute_sudo=False,
    )
    review_can_recall = fields.Boolean(compute="_compute_review_can_recall")
    review_waiting_on = fields.Char(
        string="Waiting on",
        compute="_compute_review_waiting_on",
        compute_sudo=True,
        groups="base.group_user",
    )
    review_exceptions = fields.Json(
        compute="_compute_review_exceptions",
        compute_sudo=True,
        groups="base.group_user",
    )
    review_exception_text = fields.Text(
        string="Reasons",
        compute="_compute_review_exceptions",
        compute_sudo=True,
        groups="base.group_user",
    )
    review_log_html = fields.Html(
        string="Review Log",
        compute="_compute_review_log_html",
        compute_sudo=True,
        sanitize=False,
        groups="base.group_user",
    )

    @api.model
    def _selection_review_state(self):
        """Return the states; a method, as the labels of a mixin's list stay English."""
        labels = {
            "none": self.env._("Not Submitted"),
            "open": self.env._("Under Review"),
            "approved": self.env._("Approved"),
            "rejected": self.env._("Rejected"),
        }
        return list(labels.items())

    # === COMPUTE METHODS === #

    @api.depends("review_deadline")
    def _compute_review_late(self):
        now = fields.Datetime.now()
        for document in self:
            deadline = document.review_deadline
            document.review_late = bool(deadline and deadline < now)

    def _search_review_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("review_deadline", "<", fields.Datetime.now())

    @api.depends("review_state", "review_step_id")
    @api.depends_context("uid")
    def _compute_review_mine(self):
        mine = self._review_get_todo(self.env["review.task"]._get_mine_domain())
        res_ids = set(mine.mapped("res_id"))
        for document in self:
            document.review_mine = document._origin.id in res_ids

    def _search_review_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: the domain names the current user; rules would only repeat it
        tasks = self.env["review.task"].sudo()
        query = tasks._search(
            tasks._get_mine_domain() & Domain("res_model", "=", self._name)
        )
        mine = query.subselect(SQL.identifier(tasks._table, "res_id"))
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "id"), mine
            )
        )

    @api.depends("review_state", "review_request_id")
    @api.depends_context("uid")
    def _compute_review_can_recall(self):
        for document in self:
            # sudo: the requester recalls, whether or not he may read requests
            request = document.review_request_id.sudo()
            document.review_can_recall = (
                document.review_state == "open" and document._review_may_recall(request)
            )

    @api.depends("review_state", "review_step_id")
    def _compute_review_waiting_on(self):
        waiting = {}
        for task in self._review_get_todo():
            text = self.env._(
                "%(who)s (%(step)s)", who=task.waiting_on, step=task.step_name
            )
            waiting.setdefault(task.res_id, []).append(text)
        for document in self:
            document.review_waiting_on = ", ".join(waiting.get(document._origin.id, []))

    @api.depends("review_request_id")
    def _compute_review_exceptions(self):
        for document in self:
            request = document.review_request_id
            document.review_exceptions = request.exceptions or []
            document.review_exception_text = request.exception_text

    @api.depends("review_state", "review_step_id", "review_request_id")
    def _compute_review_log_html(self):
        for document in self:
            requests = document._review_get_requests()
            document.review_log_html = bool(requests) and self.env["ir.qweb"]._render(
                "base_review.review_log_table", {"reviews": requests}
            )

    @api.model
    def _read_group_review_step_id(self, steps, domain):
        """Show every step of the flows of the user's companies as a column."""
        for company in self.env.companies:
            flow = self.env["review.flow"]._get_flow(self._name, company)
            steps |= flow and flow._get_steps(with_final=True)
        return steps.sorted()

    # === READING THE REVIEW === #

    def _review_get_todo(self, domain=Domain.TRUE):
        """Return the tasks of these documents that wait for a decision."""
        open_documents = self._origin.filtered(
            lambda document: document.review_state == "open"
        )
        tasks = self.env["review.task"].sudo()  # sudo: see who it waits for
        if not open_documents:
            return tasks
        return tasks.search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", open_documents.ids)
            & Domain("state", "=", "todo")
            & domain
        )

    def _review_get_requests(self):
        """Return every submission of the single document, the last one first."""
        # sudo: whoever reads the document may read its review log
        return (
            self.env["review.request"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "=", self._origin.id)])
        )

    def _review_get_snapshot(self):
        """Return what was submitted last, whoever reads the document."""
        self.ensure_one()
        # sudo: requests are readable by their participants only
        return self.sudo().review_request_id.snapshot or {}

    def _review_may_recall(self, request):
        return self.env.user in (request.requester_id | request.author_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        for document in self:
            if document.sudo().review_request_id:  # sudo: see the trail of others
                raise UserError(
                    self.env._(
                        "%s was submitted for review: its trail is kept. Cancel it "
                        "instead of deleting it.",
                        document.display_name,
                    )
                )
