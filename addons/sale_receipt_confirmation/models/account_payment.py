from odoo import models
from odoo.exceptions import UserError


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _prepare_receipt(self, amount, date, **values):
        """Allocate the money to the order it was paid for."""
        return {
            "sale_order_id": self._get_receipt_order().id,
            **super()._prepare_receipt(amount, date, **values),
        }

    def _confirm_receipt(self, amount, date, note=None, **values):
        """Refuse to allocate the money to somebody else's order."""
        # Cashiers need not see orders.
        order = self.env["sale.order"].sudo().browse(values.get("sale_order_id"))
        customers = (order.partner_id | order.partner_invoice_id).commercial_partner_id
        if order and (
            self.partner_id.commercial_partner_id not in customers
            or self.company_id != order.company_id
        ):
            raise UserError(
                self.env._(
                    "%(order)s does not belong to the customer and company of "
                    "%(payment)s: choose one of their orders.",
                    order=order.name,
                    payment=self.display_name,
                )
            )
        return super()._confirm_receipt(amount, date, note=note, **values)

    def _get_refunded_share(self):
        """Return which part of the payment went back to the customer.

        Money without a payment document has nothing that it could be matched with.
        """
        if not self:
            return 0.0
        _liquidity, items, _writeoff = self._seek_for_lines()
        refunds = items.matched_debit_ids.filtered(lambda row: row._is_refund())
        paid = -sum(items.mapped("balance"))
        return min(1.0, sum(refunds.mapped("amount")) / paid) if refunds else 0.0

    def _get_receipt_order(self):
        """Return the one order the single payment is known to be for, if any."""
        self.ensure_one()
        # Cashiers need not see orders.
        orders = self.sudo().payment_transaction_id.sale_order_ids
        return orders if len(orders) == 1 else orders.browse()
