from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountPayment(models.Model):
    _inherit = "account.payment"

    cash_handover_id = fields.Many2one(
        comodel_name="cash.handover",
        string="Cash on Delivery",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The cash received with the goods that this payment pays in.",
    )

    @api.constrains("cash_handover_id", "partner_id", "company_id", "currency_id")
    def _check_cash_handover(self):
        for payment in self.filtered("cash_handover_id"):
            row = payment.cash_handover_id.sudo()  # sudo: cashiers see no orders
            if (
                payment.partner_id.commercial_partner_id
                != row.partner_id.commercial_partner_id
                or payment.company_id != row.company_id
                or payment.currency_id != row.currency_id
            ):
                raise ValidationError(
                    self.env._(
                        "The cash of %s belongs to another customer, company or "
                        "currency than this payment.",
                        row.display_name,
                    )
                )

    def _get_receipt_order(self):
        """Allocate the cash of a delivery to its order."""
        row = self.sudo().cash_handover_id  # sudo: cashiers need not see orders
        return row.order_id or super()._get_receipt_order()
