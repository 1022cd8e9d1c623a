from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount

#: What decides how much of the order must have arrived.
PREPAYMENT_FIELDS = frozenset(
    ("settlement_type", "require_payment", "prepayment_percent")
)
LIFT_GROUPS = ("account.group_account_invoice", "sales_team.group_sale_manager")


class SaleOrder(models.Model):
    """Prepayment orders wait for confirmed money."""

    _inherit = "sale.order"

    receipt_ids = fields.One2many(
        comodel_name="receipt.confirmation",
        inverse_name="sale_order_id",
        string="Confirmed Receipts",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    prepayment_confirmed = fields.Monetary(
        string="Confirmed Prepayment",
        compute="_compute_prepayment_confirmed",
        compute_sudo=True,
        help="Money that has arrived for this order, in the currency of the order.",
    )

    def _compute_prepayment_confirmed(self):
        confirmed = self._get_confirmed_prepayments()
        for order in self:
            order.prepayment_confirmed = confirmed[order.id]

    @api.model_create_multi
    def create(self, vals_list):
        """Keep salespeople from lifting a customer's prepayment on the order."""
        orders = super().create(vals_list)
        if any(PREPAYMENT_FIELDS & vals.keys() for vals in vals_list):
            orders._check_prepayment_kept()
        return orders

    def write(self, vals):
        """Keep salespeople from lifting a customer's prepayment on the order."""
        if not PREPAYMENT_FIELDS & vals.keys():
            return super().write(vals)
        agreed = self._get_prepayments_agreed()
        result = super().write(vals)
        self._check_prepayment_kept()
        for order, share in agreed.items():
            if order._get_prepayment_share() < share:
                self._check_may_lift_prepayment()
        return result

    def _get_prepayments_agreed(self):
        """Return ``{order: share}`` of what confirmed orders pay in advance."""
        return {
            order: order._get_prepayment_share()
            for order in self
            if order.state == "sale"
            and order.settlement_type == "prepayment"
            and order.company_id.require_confirmed_prepayment
        }

    def _check_prepayment_kept(self):
        if self.filtered(
            lambda order: (
                order._is_prepayment_lifted()
                and order.company_id.require_confirmed_prepayment
                and order.partner_id.commercial_partner_id.settlement_type
                == "prepayment"
            )
        ):
            self._check_may_lift_prepayment()

    def _is_prepayment_lifted(self):
        """Return whether the order asks for less in advance than the company does."""
        return self.settlement_type != "prepayment" or (
            self.require_payment
            and self.prepayment_percent < self.company_id.prepayment_percent
        )

    @api.model
    def _check_may_lift_prepayment(self):
        user = self.env.user
        if user.id != SUPERUSER_ID and not any(map(user.has_group, LIFT_GROUPS)):
            raise AccessError(
                self.env._(
                    "This customer pays in advance. Ask invoicing or the sales manager "
                    "to agree on another settlement type."
                )
            )

    # === GATE === #

    def _confirm_is_checked(self):
        """What must have arrived is a share of the total."""
        return (
            super()._confirm_is_checked()
            or self.company_id.require_confirmed_prepayment
        )

    def _confirm_blockers(self):
        """Block prepayment orders whose money nobody has confirmed."""
        blockers = super()._confirm_blockers()
        waiting = self.filtered(
            lambda order: (
                order.settlement_type == "prepayment"
                and order.company_id.require_confirmed_prepayment
            )
        )
        confirmed = waiting._get_confirmed_prepayments()
        for order in waiting:
            required = order._get_prepayment_to_confirm()
            arrived = confirmed[order.id]
            if order.currency_id.compare_amounts(arrived, required) < 0:
                message = order._get_prepayment_message(required, arrived)
                blockers.setdefault(order.id, []).append(("prepayment", message))
        return blockers

    def _get_prepayment_to_confirm(self):
        """Return what must have arrived, in the currency of the single order."""
        self.ensure_one()
        return self.currency_id.round(self.amount_total * self._get_prepayment_share())

    def _get_prepayment_share(self):
        """Return which part of the single order is paid in advance."""
        return self.prepayment_percent if self.require_payment else 1.0

    def _get_prepayment_message(self, required, confirmed):
        self.ensure_one()
        return self.env._(
            "Prepayment: %(confirmed)s of %(required)s has arrived. Let the cashier "
            "confirm the receipt for this order.",
            confirmed=format_amount(self.env, confirmed, self.currency_id),
            required=format_amount(self.env, required, self.currency_id),
        )

    # === MONEY === #

    def _get_confirmed_prepayments(self):
        """Return ``{order id: money that has arrived for it}``, read afresh."""
        orders = self.sudo()  # salespeople see no receipts
        allocated = orders._get_allocated_receipts()
        return {
            order.id: max(
                0.0,
                allocated[order.id]
                + order._get_confirmed_on_invoices()
                - order._get_refunded_on_credit_notes(),
            )
            for order in orders
        }

    def _get_allocated_receipts(self):
        """Return ``{order id: money allocated to it}`` in the order's currency.

        What went back to the customer was taken from all that a payment stands for.
        """
        totals = defaultdict(float)
        receipts = self.env["receipt.confirmation"]
        for order, payment, currency, amount in receipts._read_group(
            [("sale_order_id", "in", self.ids)],
            ["sale_order_id", "payment_id", "currency_id"],
            ["amount:sum"],
        ):
            kept = amount * (1 - payment._get_refunded_share())
            totals[order.id] += order._convert_receipt(kept, currency)
        return totals

    def _get_confirmed_on_invoices(self):
        """Return the confirmed money on the invoices of the single order.

        Money allocated to an order by the cashier is not counted here again.
        """
        self.ensure_one()
        total = 0.0
        for invoice in self.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        ):
            share = self._get_invoice_share(invoice)
            for partial in invoice.line_ids.matched_credit_ids:
                amount = partial.debit_amount_currency * partial._get_confirmed_share()
                total += share * self._convert_receipt(
                    amount, partial.debit_currency_id
                )
        return self.currency_id.round(total)

    def _get_refunded_on_credit_notes(self):
        """Return the money paid back on the credit notes of the single order."""
        self.ensure_one()
        total = 0.0
        for note in self.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_refund"
        ):
            share = self._get_invoice_share(note)
            for partial in note.line_ids.matched_debit_ids:
                if partial._is_refund():
                    total += share * self._convert_receipt(
                        partial.credit_amount_currency, partial.credit_currency_id
                    )
        return self.currency_id.round(total)

    def _get_invoice_share(self, invoice):
        """Return which part of the invoice belongs to the single order."""
        lines = invoice.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        own = lines.filtered(lambda line: self in line.sale_line_ids.order_id)
        total = sum(lines.mapped("price_total"))
        return sum(own.mapped("price_total")) / total if total else 0.0

    def _convert_receipt(self, amount, currency):
        return currency._convert(
            amount, self.currency_id, self.company_id, self.company_id._get_today()
        )
