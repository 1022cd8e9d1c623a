from odoo import models

#: From the complete order to its confirmation; a company may have its own limit.
CONFIRM_LIMIT = "order_confirmation"


class SaleOrder(models.Model):
    """How long it takes until the order is confirmed to the customer."""

    _inherit = "sale.order"

    def _intake_follow(self):
        """Start the clock of orders that are complete, stop it when they are done."""
        before = {order: order.intake_stage for order in self}
        result = super()._intake_follow()
        entered = self.filtered(
            lambda order: order.intake_stage == "review" and before[order] != "review"
        )
        entered._intake_start_clock()
        return result

    def write(self, vals):
        ending = self.browse()
        if vals.get("state") in {"sale", "cancel"}:
            ending = self.filtered(lambda order: order.state in {"draft", "sent"})
        result = super().write(vals)
        ending._intake_orders()._intake_stop_clock(vals.get("state") == "cancel")
        return result

    def unlink(self):
        self._intake_orders()._intake_stop_clock(cancelled=True)
        return super().unlink()

    def _intake_start_clock(self):
        """Start the clock of the company's limit; one that runs already goes on."""
        limits = self.env["deadline.limit"]
        specs = [
            {"limit": limit, "record": order}
            for order in self.sudo()  # sudo: customers complete orders, too
            if (limit := limits._get_limit(CONFIRM_LIMIT, order.company_id))
        ]
        if specs:
            self.env["deadline.clock"]._start(specs)

    def _intake_stop_clock(self, cancelled):
        if self:
            clocks = self.env["deadline.clock"]._find_running(self, CONFIRM_LIMIT)
            clocks._stop(cancelled=cancelled)
