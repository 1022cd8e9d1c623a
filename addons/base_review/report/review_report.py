from odoo import fields, models
from odoo.tools import SQL

#: Characters of a reason that are enough to count it by.
REASON_LENGTH = 60
#: Lower bounds, in days, of how long open tasks wait.
AGES = {"today": 0, "days": 1, "week": 3, "older": 7}


class ReviewReport(models.Model):
    """One row per task that was opened: who took how long, and what came of it."""

    _name = "review.report"
    _description = "Review Statistics"
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "res_name"
    _depends = {
        "review.task": [
            "deadline",
            "done_at",
            "done_by",
            "group_id",
            "reason",
            "started_at",
            "state",
            "user_id",
        ],
        "review.request": ["flow_id"],
        "deadline.clock": ["late_hours", "res_id", "res_model"],
    }

    request_id = fields.Many2one(comodel_name="review.request", readonly=True)
    res_name = fields.Char(string="Document", readonly=True)
    flow_id = fields.Many2one(comodel_name="review.flow", readonly=True)
    step_id = fields.Many2one(comodel_name="review.step", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    requester_id = fields.Many2one(
        comodel_name="res.users", string="Submitted by", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Reviewer", readonly=True
    )
    group_id = fields.Many2one(
        comodel_name="res.groups", string="Reviewing Group", readonly=True
    )
    state = fields.Selection(selection="_selection_state", readonly=True)
    age = fields.Selection(
        selection=[
            ("today", "Under 1 day"),
            ("days", "1 to 3 days"),
            ("week", "3 to 7 days"),
            ("older", "Over 7 days"),
        ],
        string="Waiting for",
        readonly=True,
    )
    started_at = fields.Datetime(string="Opened on", readonly=True)
    done_at = fields.Datetime(string="Decided on", readonly=True)
    reason_short = fields.Char(string="Reason", readonly=True)
    hours_taken = fields.Float(
        readonly=True,
        aggregator="avg",
        help="From opening to closing, nights and holidays included.",
    )
    hours_waiting = fields.Float(
        readonly=True,
        aggregator="avg",
        help="How long an open task has waited until now.",
    )
    hours_late = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Beyond the time limit, counted like the limit: in working time.",
    )
    late_percent = fields.Float(string="Late (%)", readonly=True, aggregator="avg")
    rejected_count = fields.Integer(string="Rejections", readonly=True)
    returned_count = fields.Integer(string="Returns", readonly=True)
    transferred_count = fields.Integer(string="Transfers", readonly=True)
    escalated_count = fields.Integer(string="Escalations", readonly=True)

    def _selection_state(self):
        return self.env["review.task"]._fields["state"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT task.id, task.request_id, task.res_name, request.flow_id,
                   task.step_id, task.company_id, task.requester_id, task.group_id,
                   COALESCE(task.done_by, task.user_id) AS user_id, task.state,
                   task.started_at, task.done_at, %(age)s AS age,
                   CASE WHEN task.state IN ('rejected', 'returned') THEN
                        LEFT(REGEXP_REPLACE(TRIM(task.reason), '\\s+', ' ', 'g'),
                             %(length)s)
                    END AS reason_short,
                   EXTRACT(EPOCH FROM task.done_at - task.started_at) / 3600.0
                       AS hours_taken,
                   CASE WHEN task.state = 'todo' THEN %(waiting)s / 3600.0
                    END AS hours_waiting,
                   clock.late_hours AS hours_late,
                   CASE WHEN task.deadline IS NULL THEN NULL
                        WHEN task.deadline < COALESCE(task.done_at, %(now)s) THEN 100.0
                        ELSE 0.0 END AS late_percent,
                   (task.state = 'rejected')::int AS rejected_count,
                   (task.state = 'returned')::int AS returned_count,
                   (task.state = 'transferred')::int AS transferred_count,
                   (task.state = 'escalated')::int AS escalated_count
            """,
            age=self._get_age(),
            length=REASON_LENGTH,
            now=SQL("(NOW() AT TIME ZONE 'UTC')"),
            waiting=self._get_seconds_waiting(),
        )

    def _from(self):
        return SQL(
            """
            FROM review_task task
            JOIN review_request request ON request.id = task.request_id
            LEFT JOIN (
                SELECT res_id, MAX(late_hours) AS late_hours
                  FROM deadline_clock
                 WHERE res_model = 'review.task'
                 GROUP BY res_id
            ) clock ON clock.res_id = task.id
            """
        )

    def _where(self):
        """Leave out what was never opened."""
        return SQL(
            "WHERE task.started_at IS NOT NULL"
            " AND task.state NOT IN ('waiting', 'skipped')"
        )

    def _get_seconds_waiting(self):
        return SQL("EXTRACT(EPOCH FROM (NOW() AT TIME ZONE 'UTC') - task.started_at)")

    def _get_age(self):
        """Return the SQL of how long an open task waits, as a code."""
        cases = [
            SQL("WHEN %s >= %s THEN %s", self._get_seconds_waiting(), days * 86400, age)
            for age, days in sorted(AGES.items(), key=lambda item: -item[1])
        ]
        return SQL(
            "CASE WHEN task.state <> 'todo' THEN NULL %s ELSE 'today' END",
            SQL(" ").join(cases),
        )
