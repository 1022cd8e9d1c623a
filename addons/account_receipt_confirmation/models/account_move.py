from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Look at the confirmations again when the entry of a payment is undone."""
        result = super().write(vals)
        if vals.get("state") in {"draft", "cancel"}:
            self.origin_payment_id._receipt_sync()
        return result
