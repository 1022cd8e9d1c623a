from odoo import api, fields, models


class ReceiptConfirm(models.TransientModel):
    _inherit = "receipt.confirm"

    sale_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Allocate to Order",
        compute="_compute_sale_order_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('partner_id', 'child_of', commercial_partner_id),"
        " ('company_id', '=', company_id), ('state', '!=', 'cancel')]",
        help="The prepayment of this order; leave it empty for other money.",
    )
    commercial_partner_id = fields.Many2one(
        related="payment_id.partner_id.commercial_partner_id",
        string="Commercial Entity",
    )

    @api.depends("payment_id")
    def _compute_sale_order_id(self):
        self.sale_order_id = False
        for wizard in self.filtered("payment_id"):
            wizard.sale_order_id = wizard.payment_id._get_receipt_order()

    def _prepare_confirmation(self):
        """Allocate the money to the chosen order."""
        return {
            **super()._prepare_confirmation(),
            "sale_order_id": self.sale_order_id.id,
        }
