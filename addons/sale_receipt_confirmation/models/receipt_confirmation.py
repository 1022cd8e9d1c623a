from odoo import fields, models


class ReceiptConfirmation(models.Model):
    _inherit = "receipt.confirmation"

    sale_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Allocated to Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    def _prepare_reversal(self, amount, note=None):
        """Take the money back from the order it was allocated to."""
        return {
            **super()._prepare_reversal(amount, note),
            "sale_order_id": self.sale_order_id.id,
        }

    def _after_confirmed(self):
        """Let the orders that waited for money be looked at again."""
        result = super()._after_confirmed()
        # Who confirms money need not see orders.
        if (
            self.env["sale.order"]
            .sudo()
            .search_count(
                [
                    ("confirm_requested", "=", True),
                    ("settlement_type", "=", "prepayment"),
                    ("company_id", "in", self.company_id.ids),
                ],
                limit=1,
            )
        ):
            self.env["sale.order"]._confirm_trigger()
        return result
