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
