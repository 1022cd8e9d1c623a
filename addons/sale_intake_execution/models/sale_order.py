from odoo import models

#: What an instruction takes from the desk, besides the lines.
FOLLOWED = {"packing_method"}


class SaleOrder(models.Model):
    """From the desk to production: effective orders get their instruction."""

    _inherit = "sale.order"

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            self.filtered(
                lambda order: order.state == "sale"
            )._instruction_follow_later()
        return result

    def _is_from_desk(self):
        """Tell whether the single order came over the order desk."""
        return bool(self.company_id.order_intake and self.intake_stage)

    # === EXECUTION === #

    def _execution_start(self):
        """Production starts when the order is effective, not when it is confirmed."""
        self.ensure_one()
        return self.effective_on if self._is_from_desk() else super()._execution_start()

    def _execution_date_blocker(self):
        """The customer signed the date: only a change moves it."""
        blocker = super()._execution_date_blocker()
        if not blocker and self._is_from_desk() and self.customer_confirmed_on:
            blocker = self.env._(
                "The customer signed the promised date: a change notice moves it."
            )
        return blocker

    def _prepare_instruction(self):
        """Take over the requirement that the desk confirmed."""
        vals = super()._prepare_instruction()
        return {**vals, "requirement": self.requirement_note}

    def _get_merchandiser(self):
        """Whoever is in charge at the desk follows the order."""
        user = self.intake_responsible_id
        return user if user.active else super()._get_merchandiser()

    # === ORDER DESK === #

    def _intake_after_effective(self):
        """Open the instruction, from which on its clock runs."""
        result = super()._intake_after_effective()
        self._execution_follow()
        for order in self.filtered("execution_instruction_id"):
            # sudo: whoever makes the order effective need not read instructions
            stage = order.sudo().execution_instruction_id.stage
            order._intake_write({"follow_stage": stage})
        return result

    def intake_follow_next(self, note=None):
        """Take the instruction to its next stage, the order follows."""
        self._intake_check_access()
        if self.execution_instruction_id:
            return self.execution_instruction_id.next_stage(note)
        return super().intake_follow_next(note)
