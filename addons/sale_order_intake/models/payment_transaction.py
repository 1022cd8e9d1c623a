from odoo import api, models
from odoo.exceptions import UserError


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to start a payment of an order that is not checked or is a risk."""
        transactions = super().create(vals_list)
        # sudo: customers pay orders whose log they do not read
        orders = transactions.sudo().sale_order_ids
        if blockers := orders._intake_payment_blockers():
            raise UserError(
                "\n".join(
                    f"{order.name}: {message}"
                    for order in orders
                    for message in blockers.get(order.id, [])
                )
            )
        return transactions

    def _post_process(self):
        """A payment may be what made the order effective."""
        result = super()._post_process()
        self.sale_order_ids._intake_follow()
        return result
