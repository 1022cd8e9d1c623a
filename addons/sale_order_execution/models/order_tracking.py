from odoo import api, fields, models
from odoo.exceptions import UserError

from .order_execution_document import CLERK, GENERAL_MANAGER, PRODUCTION, check_one
from .production_instruction import LIVE_STATES
from .production_instruction_verbs import TRACKING_LIMIT


class OrderTracking(models.Model):
    """One look at an order before its delivery: on plan, or behind with a remedy."""

    _name = "order.tracking"
    _description = "Order Tracking"
    _inherit = ["evidence.mixin"]
    _order = "id desc"
    _rec_name = "note"

    instruction_id = fields.Many2one(
        "production.instruction", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="instruction_id.order_id", store=True)
    company_id = fields.Many2one(related="instruction_id.company_id", store=True)
    date_promised = fields.Datetime(string="Promised On")
    result = fields.Selection(
        [("on_plan", "On plan"), ("behind", "Behind plan")], required=True
    )
    note = fields.Text()
    tracked_on = fields.Datetime(default=fields.Datetime.now, required=True)
    tracked_by_id = fields.Many2one("res.users")
    remedy = fields.Text()
    remedy_on = fields.Datetime()
    remedy_by_id = fields.Many2one("res.users")
    reported_on = fields.Datetime(string="Reported to the General Manager")
    reported_by_id = fields.Many2one("res.users")
    report = fields.Text(string="Report to the General Manager")

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The tracking of an order is evidence: track the order again on its "
            "instruction."
        )

    # === VERBS === #

    def answer_remedy(self, remedy):
        """Say how production makes up for the delay."""
        check_one(self)
        instruction = self.instruction_id
        instruction._check_verb(LIVE_STATES, PRODUCTION)
        remedy = instruction._clean(remedy, self.env._("Remedy"))
        if self.result != "behind" or self.remedy:
            raise UserError(self.env._("No remedy is asked for here any more."))
        self._complete(
            {
                "remedy": remedy,
                "remedy_on": fields.Datetime.now(),
                "remedy_by_id": self.env.uid,
            }
        )
        instruction._tell(instruction._get_clerks(), self.env._("Remedy"), remedy)
        return True

    def report_behind(self, note):
        """Report what stays behind plan to the general manager of the company."""
        check_one(self)
        instruction = self.instruction_id
        instruction._check_verb(LIVE_STATES, CLERK)
        note = instruction._clean(note, self.env._("Report"))
        if self.result != "behind" or self.reported_on:
            raise UserError(self.env._("This is on plan, or reported already."))
        users = instruction._get_group_users(GENERAL_MANAGER)
        if not users:
            raise UserError(
                self.env._(
                    "%s has no general manager: give somebody the group first.",
                    instruction.company_id.name,
                )
            )
        self._complete(
            {
                "report": note,
                "reported_on": fields.Datetime.now(),
                "reported_by_id": self.env.uid,
            }
        )
        instruction._tell(users, self.env._("Behind plan"), note)
        return True

    def action_answer_remedy(self):
        """Ask for the remedy."""
        check_one(self)
        return self.instruction_id._ask("remedy", tracking_id=self.id)

    def action_report(self):
        """Ask what to report."""
        check_one(self)
        return self.instruction_id._ask("report", tracking_id=self.id)


class ProductionInstruction(models.Model):
    _inherit = "production.instruction"

    def track(self, result, note=None):
        """Note what tracking found, and ask production for a remedy when behind.

        :param str result: on_plan or behind
        """
        self._check_verb(("issued", "acknowledged"), CLERK)
        if result not in ("on_plan", "behind"):
            raise UserError(self.env._("Choose on plan or behind plan."))
        if result == "behind":
            note = self._clean(note, self.env._("Note"))
        note = self._clean_note(note)
        self.env["order.tracking"]._append(
            [
                {
                    "instruction_id": self.id,
                    "date_promised": self.date_promised,
                    "result": result,
                    "note": note or False,
                    "tracked_by_id": self.env.uid,
                }
            ]
        )
        self._deadline_stop(TRACKING_LIMIT)
        if result == "behind":
            users = self._get_group_users(PRODUCTION)
            self._tell(users, self.env._("Behind plan: say the remedy"), note)
        return True

    def action_track(self):
        """Ask what tracking found."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        return self._ask("track")
