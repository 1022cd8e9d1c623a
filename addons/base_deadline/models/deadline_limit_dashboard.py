from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

REPORT = "base_deadline.group_deadline_report"
#: How far back the dashboard looks, in days.
PERIOD = 30


class DeadlineLimit(models.Model):
    """How the limits are kept at present, for the cards of the dashboard."""

    _inherit = "deadline.limit"

    clock_ids = fields.One2many(
        comodel_name="deadline.clock",
        inverse_name="limit_id",
        export_string_translation=False,
    )
    running_count = fields.Integer(
        string="Running", compute="_compute_figures", groups=REPORT
    )
    late_count = fields.Integer(
        string="Late Now", compute="_compute_figures", groups=REPORT
    )
    due_count = fields.Integer(
        string="Due in the Last 30 Days", compute="_compute_figures", groups=REPORT
    )
    kept_percent = fields.Float(
        string="On Time",
        compute="_compute_figures",
        groups=REPORT,
        help="The share of limits kept among those that fell due in the last 30 days "
        "or are running late.",
    )

    def _compute_figures(self):
        """One query for a page of limits, over what the reader may see."""
        since = fields.Datetime.now() - timedelta(days=PERIOD)
        recent = Domain("state", "=", "running") | Domain("due_at", ">=", since)
        aggregates = ("running:sum", "running_late:sum", "on_time:avg")
        counts = ("kept:sum", "missed:sum")
        figures = {
            limit.id: values
            for limit, *values in self.env["deadline.report"]._read_group(
                Domain("limit_id", "in", self.ids) & recent,
                groupby=["limit_id"],
                aggregates=[*aggregates, *counts],
            )
        }
        for limit in self:
            running, late, on_time, kept, missed = figures.get(limit.id, (0,) * 5)
            limit.running_count = running
            limit.late_count = late
            limit.due_count = kept + missed + late
            limit.kept_percent = on_time or 0.0

    def action_open_clocks(self):
        """Open the running clocks of the limit, the late ones when asked by context."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base_deadline.deadline_clock_action"
        )
        shown = "late_now" if self.env.context.get("deadline_late") else "running"
        return {
            **action,
            "display_name": self.name,
            "domain": [("limit_id", "=", self.id)],
            "context": {f"search_default_{shown}": 1},
        }

    def action_open_report(self):
        """Open the compliance report of the limit."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base_deadline.deadline_report_action"
        )
        return {
            **action,
            "display_name": self.name,
            "domain": [("limit_id", "=", self.id)],
        }
