from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..models.account_payment import CASHIER_GROUP


class ReceiptReverse(models.TransientModel):
    _name = "receipt.reverse"
    _description = "Reverse a Receipt Confirmation"

    confirmation_id = fields.Many2one(
        comodel_name="receipt.confirmation", required=True
    )
    reason = fields.Char(required=True)

    def action_reverse(self):
        """Take back a cashier's confirmation that turned out to be wrong."""
        self.ensure_one()
        if not self.env.user.has_group(CASHIER_GROUP):
            raise AccessError(
                self.env._("Only a cashier takes a confirmation of money back.")
            )
        row = self.confirmation_id
        row.check_access("read")
        row.payment_id._receipt_lock()
        if row.source != "cashier" or row._get_open_amount() <= 0:
            raise UserError(
                self.env._(
                    "%s cannot be reversed by hand: it is a reversal or reversed "
                    "already, or a bank transaction whose reconciliation must be "
                    "undone.",
                    row.name,
                )
            )
        row._reverse(note=self.reason)
        # Bank transactions may prove now what the cashier had confirmed before.
        row.payment_id._receipt_sync()
        return {"type": "ir.actions.act_window_close"}
