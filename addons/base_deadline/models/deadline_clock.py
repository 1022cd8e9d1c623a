from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What a running clock may still change; everything else is fixed at its start.
OPEN_FIELDS = {
    "escalated_at",
    "late_hours",
    "next_at",
    "reminded_at",
    "state",
    "stopped_at",
}

#: What a stop reads of a running clock, fetched by the query that finds it.
STOP_FIELDS = (
    *("state", "due_at", "reminded_at", "escalated_at"),
    *("limit_id", "res_model", "res_id", "calendar_id", "company_id"),
)


class DeadlineClock(models.Model):
    """One run of a time limit on one document.

    Clocks are evidence: nobody has the right to write them, code starts and stops
    them, and a stopped clock never changes again.
    """

    _name = "deadline.clock"
    _description = "Clock"
    _order = "due_at, id"
    _rec_name = "limit_id"

    limit_id = fields.Many2one(
        comodel_name="deadline.limit",
        string="Time Limit",
        required=True,
        ondelete="restrict",
        index=True,
    )
    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference(
        string="Document ID", required=True, model_field="res_model"
    )
    document_name = fields.Char(string="Document", compute="_compute_document_name")
    company_id = fields.Many2one(comodel_name="res.company", required=True, index=True)

    user_id = fields.Many2one(
        comodel_name="res.users", string="Responsible", index="btree_not_null"
    )
    group_id = fields.Many2one(
        comodel_name="res.groups", string="Responsible Group", index="btree_not_null"
    )
    department_id = fields.Many2one(
        comodel_name="hr.department", index="btree_not_null"
    )
    calendar_id = fields.Many2one(
        comodel_name="resource.calendar", string="Working Schedule"
    )

    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("met", "Met"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="running",
    )
    started_at = fields.Datetime(string="Started On", required=True)
    due_at = fields.Datetime(string="Due On", required=True)
    stopped_at = fields.Datetime(string="Stopped On")
    reminded_at = fields.Datetime(string="Reminded On")
    escalated_at = fields.Datetime(string="Escalated On")
    next_at = fields.Datetime(
        string="Next Check",
        help="When the scheduled action looks at this clock again.",
    )
    late_hours = fields.Float(
        string="Hours Late",
        help="Hours between the limit and the stop, counted like the limit itself.",
    )
    is_late = fields.Boolean(
        string="Late", compute="_compute_is_late", search="_search_is_late"
    )
    countdown_at = fields.Datetime(string="Time Left", compute="_compute_countdown_at")
    is_mine = fields.Boolean(
        string="Mine", compute="_compute_is_mine", search="_search_is_mine"
    )

    _running_uniq = models.UniqueIndex(
        "(res_model, res_id, limit_id) WHERE state = 'running'",
        "This clock already runs on the document.",
    )
    _running_due_idx = models.Index("(due_at) WHERE state = 'running'")
    _due_idx = models.Index("(due_at)")
    _next_idx = models.Index("(next_at) WHERE next_at IS NOT NULL")

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        self.document_name = False
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env:
                continue
            documents = self.env[model].browse(clocks.mapped("res_id")).exists()
            readable = documents._filtered_access("read")
            names = {document.id: document.display_name for document in readable}
            for clock in clocks:
                clock.document_name = names.get(clock.res_id)

    @api.depends("state", "due_at", "late_hours")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for clock in self:
            running_late = clock.state == "running" and clock.due_at < now
            clock.is_late = running_late or clock.state == "missed"

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("due_at", "<", fields.Datetime.now())
        return Domain("state", "=", "missed") | (
            Domain("state", "=", "running") & overdue
        )

    @api.depends("state", "due_at")
    def _compute_countdown_at(self):
        for clock in self:
            clock.countdown_at = clock.state == "running" and clock.due_at

    @api.depends("user_id", "group_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        user = self.env.user
        for clock in self:
            clock.is_mine = (
                clock.user_id == user or clock.group_id in user.all_group_ids
            )

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        groups = self.env.user.all_group_ids
        return Domain("user_id", "=", self.env.uid) | Domain(
            "group_id", "in", groups.ids
        )

    def write(self, vals):
        closed = any(clock.state != "running" for clock in self)
        if closed or vals.keys() - OPEN_FIELDS:
            raise UserError(
                self.env._(
                    "Clocks are evidence and stay as they are: start a new clock on "
                    "the document instead."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(
            self.env._("Clocks are evidence: cancel a clock, it cannot be deleted.")
        )

    def action_open_document(self):
        """Open the document of the clock, under the reader's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _start(self, specs):
        """Start clocks in one batch; one that already runs goes on.

        :param specs: dicts with ``limit`` and ``record``, optionally ``user`` (else
            the limit tells who is responsible), ``start`` (naive UTC, else now) and
            ``calendar`` (else the responsible person's, else the company's)
        :return: the clocks in the order of the specs, in superuser mode
        """
        # Clocks are written by code only, on behalf of whoever moves the document.
        clocks = self.sudo()
        running = clocks._get_running(specs)
        missing = {clocks._get_key(spec): spec for spec in reversed(specs)}
        missing = {key: missing[key] for key in missing if key not in running}
        created = clocks.create(clocks._prepare_clocks(list(missing.values())))
        running.update(zip(missing, created, strict=True))
        created._schedule_check()
        return clocks.browse([running[clocks._get_key(spec)].id for spec in specs])

    def _stop(self, cancelled=False, at=None):
        """Stop the clocks that still run; the others stay as they are.

        :param bool cancelled: the duty has lapsed, it was neither met nor missed
        :param datetime at: naive UTC, now when left out
        """
        # Clocks are written by code only, on behalf of whoever moves the document.
        running = self.sudo().filtered(lambda clock: clock.state == "running")
        moment = (at or fields.Datetime.now()).replace(microsecond=0)
        values = {"stopped_at": moment, "next_at": False}
        if cancelled:
            running.write({**values, "state": "cancelled"})
        else:
            met = running.filtered(lambda clock: clock.due_at >= moment)
            met.write({**values, "state": "met"})
            missed = running - met
            late_hours = missed._get_late_hours(moment)
            for clock in missed:
                late = {"state": "missed", "late_hours": late_hours[clock]}
                clock.write({**values, **late})
        running._clear_activities()

    @api.model
    def _find_running(self, records, code=None):
        """Return the running clocks of the documents, of one limit or of all."""
        domain = (
            Domain("res_model", "=", records._name)
            & Domain("res_id", "in", records.ids)
            & Domain("state", "=", "running")
        )
        if code:
            domain &= Domain("limit_id.code", "=", code)
        # The state of a document must not depend on who may see its clocks.
        clocks = self.sudo().with_context(active_test=False)
        return clocks.search_fetch(domain, STOP_FIELDS)

    def _get_late_hours(self, moment):
        """Return the hours between limit and moment for each clock."""
        late_hours = {}
        for (calendar, company), clocks in self.grouped(
            lambda clock: (clock.calendar_id, clock.company_id)
        ).items():
            timeline = calendar and calendar._get_deadline_timeline(
                min(clocks.mapped("due_at")), moment, company
            )
            for clock in clocks:
                if timeline and clock.limit_id.basis == "working":
                    hours = timeline.count_hours(clock.due_at, moment)
                else:
                    hours = (moment - clock.due_at).total_seconds() / 3600
                late_hours[clock] = hours
        return late_hours

    @api.model
    def _get_key(self, spec):
        return spec["limit"].id, spec["record"]._name, spec["record"].id

    @api.model
    def _get_running(self, specs):
        """Return the clocks that already run for the specs, by key."""
        if not specs:
            return {}
        running = self.search_fetch(
            Domain("state", "=", "running")
            & Domain("res_model", "in", list({spec["record"]._name for spec in specs}))
            & Domain("res_id", "in", list({spec["record"].id for spec in specs}))
            & Domain("limit_id", "in", list({spec["limit"].id for spec in specs})),
            STOP_FIELDS,
        )
        return {
            (clock.limit_id.id, clock.res_model, clock.res_id): clock
            for clock in running
        }
