from odoo import fields, models


class SaleOrder(models.Model):
    """Cash on delivery: what is due at the hand-over, and what was recorded."""

    _inherit = "sale.order"

    cash_handover_ids = fields.One2many(
        comodel_name="cash.handover",
        inverse_name="order_id",
        groups="stock.group_stock_user,account.group_account_invoice",
    )

    def _get_cash_due(self, picking, taken=0.0):
        """Return what has to be recorded before a delivery is handed over.

        Everything handed over so far and now, less the money that has arrived, the
        cash on its way to the cashier and what a supervisor has waived.
        """
        self.ensure_one()
        goods = self._get_moved_value(handed=True) + taken
        goods += self._get_leaving_value(picking, handed=True)
        goods = self._settle_rounding(goods)
        paid = self._get_confirmed_prepayments()[self.id] + sum(
            row.amount_open + row.amount_waived for row in self.cash_handover_ids
        )
        return max(0.0, self.currency_id.round(goods - paid))

    def _get_cash_due_message(self, due):
        return self.env._(
            "%(order)s is paid on delivery: %(due)s are still to be recorded. Record "
            "the cash that the customer has handed over.",
            order=self.name,
            due=self.currency_id.format(due),
        )
