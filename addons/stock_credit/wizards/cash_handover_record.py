import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

SUPERVISOR = "stock_review.group_delivery_supervisor"


class CashHandoverRecord(models.TransientModel):
    """The cash of one delivery and one order, as the storekeeper records it."""

    _name = "cash.handover.record"
    _description = "Record of Cash on Delivery"

    picking_id = fields.Many2one(
        comodel_name="stock.picking", string="Delivery", required=True, readonly=True
    )
    order_id = fields.Many2one(
        comodel_name="sale.order", string="Sales Order", required=True
    )
    order_name = fields.Char(string="Order", compute="_compute_due", compute_sudo=True)
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_due", compute_sudo=True
    )
    amount_due = fields.Monetary(
        string="Due", compute="_compute_due", compute_sudo=True
    )
    amount = fields.Monetary(
        string="Cash Received",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_today()
    )
    received_by = fields.Many2one(
        comodel_name="res.users",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    reason = fields.Char(
        help="Needed when less than the amount due is received: then a delivery "
        "supervisor records it."
    )

    @api.depends("picking_id", "order_id")
    def _compute_due(self):
        for wizard in self:
            order = wizard.order_id
            dues = wizard.picking_id._get_cash_dues()
            wizard.order_name = order.name
            wizard.currency_id = order.currency_id
            wizard.amount_due = dues.get(order, 0.0)

    @api.depends("amount_due")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.amount_due

    def action_record(self):
        """Add the evidence; the delivery may then be handed over."""
        self.ensure_one()
        self.picking_id.check_access("write")
        picking, order = self.picking_id.sudo(), self.order_id.sudo()  # sudo: no prices
        picking._release_take_turn()
        due = picking._get_cash_dues().get(order, 0.0)
        waived = self._get_waived(order, due)
        self.env["cash.handover"]._append(
            [
                {
                    "picking_id": picking.id,
                    "order_id": order.id,
                    "partner_id": order.partner_invoice_id.id,
                    "company_id": order.company_id.id,
                    "currency_id": order.currency_id.id,
                    "amount": order.currency_id.round(self.amount),
                    "amount_waived": waived,
                    "reason": self.reason,
                    "date": self.date,
                    "received_by": self.received_by.id,
                    "recorded_by": self.env.uid,
                }
            ]
        )
        # Whoever is said to hold the cash hears of it.
        picking._release_tell(self._get_log_text(order, waived), self.received_by)
        return {"type": "ir.actions.act_window_close"}

    def _get_waived(self, order, due):
        """Return what goes unpaid, after a look at everything that was entered."""
        currency, amount = order.currency_id, self.amount
        if not math.isfinite(amount) or amount < 0 or not due:
            raise UserError(self.env._("No cash is due for this delivery."))
        if currency.compare_amounts(amount, due) > 0:
            raise UserError(
                self.env._("Record at most the %s that are due.", currency.format(due))
            )
        if self.received_by.share:
            raise UserError(self.env._("Name the colleague who received the cash."))
        if self.date > order.company_id._get_today():
            raise UserError(self.env._("Cash is recorded after it was received."))
        waived = currency.round(due - amount)
        if waived and not self.env.user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._(
                    "%s are due. Only a delivery supervisor lets goods go for less.",
                    currency.format(due),
                )
            )
        if waived and not (self.reason or "").strip():
            raise UserError(self.env._("Say why goods are let go unpaid."))
        return waived

    def _get_log_text(self, order, waived):
        text = self.env._(
            "Cash of %(amount)s for %(order)s received by %(who)s.",
            amount=order.currency_id.format(self.amount),
            order=order.name,
            who=self.received_by.name,
        )
        if waived:
            rest = order.currency_id.format(waived)
            text += " " + self.env._(
                "%(rest)s let go unpaid: %(reason)s", rest=rest, reason=self.reason
            )
        return text
