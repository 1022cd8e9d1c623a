from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_reinvoice = fields.Boolean(
        string="To be invoiced again",
        copy=False,
        help="The order counts again with what this credit note takes back, because "
        "it will be invoiced again.",
    )

    def _is_credit_manual(self):
        """Invoices of orders were checked with their order."""
        return super()._is_credit_manual() and not self.line_ids.sale_line_ids


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
