from odoo import models


class SaleOrder(models.Model):
    """A risk is known to the store from the moment it is flagged."""

    _inherit = "sale.order"

    def _intake_flag(self, reason):
        result = super()._intake_flag(reason)
        self._release_follow_risk()
        return result

    def intake_clear_risk(self, opinion):
        """Let the deliveries go that waited for the handling opinion."""
        result = super().intake_clear_risk(opinion)
        self._release_follow_risk()
        return result

    def _release_follow_risk(self):
        """Hold or free the open deliveries of the orders.

        A delivery that leaves at the same moment writes the same rows: one of the two
        is retried by Odoo.
        """
        # sudo: who answers for the risk need not see deliveries
        pickings = self.sudo().picking_ids
        pickings.filtered(
            lambda p: p.state not in ("done", "cancel")
        )._release_recheck()
