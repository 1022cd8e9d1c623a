from odoo import models


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """A credit note with a new invoice takes back what is invoiced again."""
        known = self.move_ids.reversal_move_ids
        action = super().reverse_moves(is_modify=is_modify)
        if is_modify:
            reversals = self.move_ids.reversal_move_ids - known
            reversals.filtered(
                lambda move: move.move_type == "out_refund"
            ).credit_reinvoice = True
        return action
