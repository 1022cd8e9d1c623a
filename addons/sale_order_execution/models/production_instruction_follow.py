from odoo import models

from .production_instruction import LIVE_STATES


class ProductionInstruction(models.Model):
    """Instructions stay in step with their orders; old versions stay readable."""

    _inherit = "production.instruction"

    def _follow_order(self, reason=False):
        """Take over what changed on the orders; issue again what was issued.

        :param str reason: why, for the people who read the versions
        """
        for instruction in self.filtered(lambda row: row.state in LIVE_STATES):
            order = instruction.order_id
            moved = instruction.date_promised != order.commitment_date
            if moved:
                instruction._engine_write({"date_promised": order.commitment_date})
            if not instruction._follow_lines() and not moved:
                continue
            if instruction.state != "draft":
                why = reason or self.env._("The order was changed")
                instruction._issue_version(why)
            instruction._follow_tracking()

    def _follow_lines(self):
        """Bring the lines in step with the order; return whether they were not."""
        self.ensure_one()
        added, changed = [], False
        lines = self.line_ids
        known = {line.order_line_id: line for line in lines if line.order_line_id}
        for order_line in self.order_id._get_produced_lines():
            vals = order_line._prepare_instruction_line()
            line = known.pop(order_line, None)
            if not line:
                texts = lines._get_follow_texts(vals)
                added.append({**vals, **texts, "instruction_id": self.id})
            elif changes := line._get_changes(vals):
                line._follow_write(changes)
                changed = True
        gone = lines.filtered(
            lambda line: not line.order_line_id or line.order_line_id in known
        )
        lines._follow_create(added)
        gone.unlink()
        return bool(added or gone or changed)

    def _get_version_content(self):
        """Return what the instruction says now, for its version."""
        self.ensure_one()
        date = self._get_day(self.date_promised, self.company_id)
        return {
            "date": str(date or ""),
            "requirement": self.requirement or "",
            "lines": [line._get_version_line() for line in self.line_ids],
        }
