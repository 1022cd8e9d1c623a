from odoo import fields, models
from odoo.exceptions import UserError

from .order_execution_document import CLERK, PRODUCTION
from .production_instruction import LIVE_STATES, STAGES

ISSUE_LIMIT = "production_instruction"
TRACKING_LIMIT = "delivery_tracking"


class ProductionInstruction(models.Model):
    """What people do with an instruction."""

    _inherit = "production.instruction"

    # === VERBS === #

    def issue(self):
        """Hand the instruction to production; stops the clock of its entry."""
        self._check_verb(("draft",), CLERK)
        if not self.line_ids:
            raise UserError(
                self.env._("%s says nothing to produce.", self.display_name)
            )
        self._issue_version(self.close_reason)
        self._deadline_stop(ISSUE_LIMIT)
        return True

    def acknowledge(self, version=None):
        """Take the newest version over, as production.

        :param int version: the one the caller has seen; another one is refused
        """
        self._check_verb(("issued",), PRODUCTION)
        if version is not None and version != self.version:
            raise UserError(
                self.env._(
                    "%s was issued again meanwhile: read the new version first.",
                    self.display_name,
                )
            )
        vals = {"acknowledged_on": self._now(), "acknowledged_by_id": self.env.uid}
        if self.stage in {"take", "place"}:
            vals["stage"] = "production"
        self._move("acknowledged", **vals)
        self.version_ids[:1]._acknowledge()
        self._after_stage()
        self._tell(
            self._get_clerks(), self.env._("Acknowledged by production"), act=False
        )
        return True

    def revise(self, reason):
        """Take the instruction back to correct specification or packing."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        reason = self._clean(reason, self.env._("Reason"))
        self._move("draft", close_reason=reason)
        users = self._get_group_users(PRODUCTION)
        self._tell(users, self.env._("The instruction is revised"), reason, act=False)
        return True

    def next_stage(self, note=None):
        """Take the acknowledged instruction to its next stage."""
        self._check_verb(("acknowledged",), CLERK)
        position = STAGES.index(self.stage) + 1
        if position == len(STAGES):
            raise UserError(
                self.env._("%s is packed and shipped already.", self.display_name)
            )
        if self.problem_count and STAGES[position] == "ship":
            raise UserError(
                self.env._(
                    "%s has open problems: solve them before it is packed.",
                    self.display_name,
                )
            )
        note = self._clean_note(note)
        self._engine_write({"stage": STAGES[position]})
        if note:
            self.sudo().message_post(body=note)  # sudo: as in `_tell`
        self._after_stage()
        return True

    def close(self, reason):
        """Close by hand what no delivery closes."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        self._close(self._clean(reason, self.env._("Reason")))
        return True

    def cancel(self, reason):
        """Say that nothing is to be produced, because there is stock for instance."""
        self._check_verb(LIVE_STATES, CLERK)
        self._cancel(self._clean(reason, self.env._("Reason")))
        return True

    def tell_customer(self, text):
        """Tell the customer how the order gets on; they read it on the portal."""
        self._check_verb(LIVE_STATES, CLERK)
        text = self._clean(text, self.env._("Message"))
        self._tell_customer(self.order_id, text)
        return True

    # === BUTTONS === #

    def action_issue(self):
        """Hand the instruction to production."""
        return self.issue()

    def action_acknowledge(self):
        """Take the version over that the form shows."""
        return self.acknowledge(self.env.context.get("instruction_version"))

    def action_next_stage(self):
        """Take the instruction to its next stage."""
        return self.next_stage()

    def action_revise(self):
        """Ask why the instruction is revised."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        return self._ask("revise")

    def action_close(self):
        """Ask why the instruction is closed."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        return self._ask("close")

    def action_cancel(self):
        """Ask why nothing is to be produced."""
        self._check_verb(LIVE_STATES, CLERK)
        return self._ask("cancel")

    def action_tell_customer(self):
        """Ask what to tell the customer."""
        self._check_verb(LIVE_STATES, CLERK)
        return self._ask("tell")

    def action_print(self):
        """Print the instruction."""
        return self._print("production_instruction_report")

    # === STEPS === #

    def _issue_version(self, reason):
        """Append a version, number one included, and ask production to take it."""
        number = self.version + 1
        self._move(
            "issued",
            version=number,
            stage="place" if self.stage == "take" else self.stage,
            issued_on=self._now(),
            issued_by_id=self.env.uid,
            acknowledged_on=False,
            acknowledged_by_id=False,
            close_reason=False,
        )
        self.env["production.instruction.version"]._append(
            [
                {
                    "instruction_id": self.id,
                    "number": number,
                    "reason": reason or False,
                    "content": self._get_version_content(),
                    "issued_on": self.issued_on,
                    "issued_by_id": self.env.uid,
                }
            ]
        )
        self.invalidate_recordset(["version_ids"])
        summary = self.env._("Take over the instruction, version %s", number)
        self._tell(self._get_group_users(PRODUCTION), summary, reason)
        self._after_stage()

    def _close(self, reason):
        for instruction in self:
            instruction._move("closed", close_reason=reason)
        self._deadline_stop(TRACKING_LIMIT)
        self._deadline_stop(ISSUE_LIMIT, cancelled=True)

    def _cancel(self, reason):
        for instruction in self:
            issued = instruction.state != "draft"
            instruction._move("cancelled", close_reason=reason)
            if issued:
                users = instruction._get_group_users(PRODUCTION)
                summary = self.env._("The instruction is cancelled")
                instruction._tell(users, summary, reason, act=False)
        self._deadline_stop(cancelled=True)

    def _get_clerks(self):
        """Return who follows the single instruction, else all of order management."""
        user = self.user_id
        return user if user.active else self._get_group_users(CLERK)

    def _check_progress(self):
        self._check_verb(("issued", "acknowledged"), CLERK, PRODUCTION)

    # === CLOCKS === #

    def _start_clocks(self, start):
        """Start the clock of the entry, and the one before the delivery."""
        for user, instructions in self.grouped("user_id").items():
            instructions._deadline_start(ISSUE_LIMIT, start=start, user=user)
        self._follow_tracking()

    def _follow_tracking(self):
        """Keep one clock per instruction and promised date."""
        for instruction in self:
            date = instruction.date_promised
            if instruction.state not in LIVE_STATES or date == (
                instruction.tracked_date
            ):
                continue
            instruction._deadline_stop(TRACKING_LIMIT, cancelled=True)
            instruction._engine_write({"tracked_date": date})
            if date:
                instruction._start_tracking(date)

    def _start_tracking(self, date):
        limits = self.env["deadline.limit"]
        limit = limits._get_limit(TRACKING_LIMIT, self.company_id)
        calendar = self.company_id.resource_calendar_id
        if not limit:
            return
        if limit._plan_due([date], calendar)[0] > fields.Datetime.now():
            self._deadline_start(TRACKING_LIMIT, start=date, user=self.user_id)
        else:  # promised for so soon that the reminder is due at once
            self._tell(self._get_clerks(), self.env._("Follow up before the delivery"))

    # === HOOKS === #

    def _after_stage(self):
        """Hook: the single instruction entered a stage; extend with ``super()``."""
