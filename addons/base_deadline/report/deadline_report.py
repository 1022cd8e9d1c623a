from odoo import fields, models
from odoo.tools import SQL


class DeadlineReport(models.Model):
    """What became of the time limits: one row per clock that was not cancelled."""

    _name = "deadline.report"
    _description = "Compliance with Time Limits"
    _auto = False
    _order = "due_at desc, id desc"
    _rec_name = "limit_id"
    _depends = {
        "deadline.clock": [
            "company_id",
            "department_id",
            "due_at",
            "group_id",
            "late_hours",
            "limit_id",
            "res_model",
            "started_at",
            "state",
            "user_id",
        ],
    }

    clock_id = fields.Many2one("deadline.clock", readonly=True)
    limit_id = fields.Many2one("deadline.limit", string="Time Limit", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    group_id = fields.Many2one("res.groups", string="Responsible Group", readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    started_at = fields.Datetime(string="Started On", readonly=True)
    due_at = fields.Datetime(string="Due On", readonly=True)
    state = fields.Selection(
        selection=[("running", "Running"), ("met", "Met"), ("missed", "Missed")],
        readonly=True,
    )
    outcome = fields.Selection(
        selection=[
            ("kept", "Kept"),
            ("missed", "Missed"),
            ("late", "Running Late"),
            ("running", "Running in Time"),
        ],
        readonly=True,
    )
    started = fields.Integer(readonly=True)
    kept = fields.Integer(readonly=True)
    missed = fields.Integer(readonly=True)
    running = fields.Integer(readonly=True)
    running_late = fields.Integer(readonly=True)
    on_time = fields.Float(
        aggregator="avg",
        readonly=True,
        help="The share of kept limits among those kept, missed or running late; what "
        "still runs in time does not count yet.",
    )
    late_hours = fields.Float(string="Hours Late", readonly=True)

    @property
    def _table_query(self):
        late = SQL("state = 'running' AND due_at < %s", fields.Datetime.now())
        return SQL(
            """
            SELECT id, id AS clock_id, limit_id, company_id, department_id, user_id,
                   group_id, res_model, started_at, due_at, state,
                   CASE WHEN state = 'met' THEN 'kept' WHEN %(late)s THEN 'late'
                        ELSE state END AS outcome,
                   1 AS started,
                   (state = 'met')::int AS kept,
                   (state = 'missed')::int AS missed,
                   (state = 'running')::int AS running,
                   (%(late)s)::int AS running_late,
                   CASE WHEN state = 'met' THEN 1.0
                        WHEN state = 'missed' OR (%(late)s) THEN 0.0 END AS on_time,
                   CASE WHEN state = 'missed' THEN late_hours ELSE 0 END AS late_hours
              FROM deadline_clock
             WHERE state IN ('running', 'met', 'missed')""",
            late=late,
        )

    def action_open_document(self):
        """Open the document behind the row, under the reader's own rights."""
        self.ensure_one()
        return self.clock_id.action_open_document()
