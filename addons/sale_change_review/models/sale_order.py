from odoo import models


class SaleOrder(models.Model):
    """What was reviewed changes by an approved notice, and by nothing else."""

    _inherit = "sale.order"

    def _review_get_guarded(self):
        """Let an approved change notice edit a reviewed order."""
        guarded = super()._review_get_guarded()
        return guarded.filtered(lambda order: not order._change_is_opened())

    def _review_get_confirmed_message(self):
        """Name the way that there is."""
        if self.company_id.order_changes:
            return self._change_get_closed_message()
        return super()._review_get_confirmed_message()

    def _review_get_gate_message(self):
        """What an approved notice made of an approved order counts as approved."""
        message = super()._review_get_gate_message()
        if not message or self.review_state != "approved":
            return message
        version = self.change_version_ids[:1]
        known = version.number and version.review_fingerprint
        return "" if known == self._review_get_fingerprint() else message
