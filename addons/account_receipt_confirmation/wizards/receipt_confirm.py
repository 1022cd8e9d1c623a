from odoo import api, fields, models


class ReceiptConfirm(models.TransientModel):
    _name = "receipt.confirm"
    _description = "Confirm a Receipt"

    payment_id = fields.Many2one(comodel_name="account.payment", required=True)
    partner_id = fields.Many2one(related="payment_id.partner_id")
    company_id = fields.Many2one(related="payment_id.company_id")
    currency_id = fields.Many2one(related="payment_id.currency_id")
    amount_open = fields.Monetary(string="To Confirm", compute="_compute_amount_open")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date = fields.Date(
        string="Arrived On",
        required=True,
        default=lambda self: self.env.company._get_today(),
    )
    note = fields.Char(help="How you know, for example the receipt or bank message.")

    @api.depends("payment_id")
    def _compute_amount_open(self):
        for wizard in self:
            wizard.amount_open = (
                wizard.payment_id and wizard.payment_id._get_receipt_open_amount()
            )

    @api.depends("payment_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = (
                wizard.payment_id and wizard.payment_id._get_receipt_open_amount()
            )

    def action_confirm(self):
        """Add the confirmation to the evidence."""
        self.ensure_one()
        self.payment_id._confirm_receipt(**self._prepare_confirmation())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_confirmation(self):
        """Return the arguments of ``account.payment._confirm_receipt``."""
        return {"amount": self.amount, "date": self.date, "note": self.note}
