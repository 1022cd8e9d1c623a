import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_amount

CASHIER_GROUP = "account_receipt_confirmation.group_receipt_cashier"
#: Derived from the confirmations, never written from outside.
RECEIPT_FIELDS = frozenset(
    (
        "receipt_version",
        "receipt_state",
        "receipt_confirmed_amount",
        "receipt_confirmed_company",
    )
)


class AccountPayment(models.Model):
    _inherit = "account.payment"

    receipt_ids = fields.One2many(
        comodel_name="receipt.confirmation",
        inverse_name="payment_id",
        string="Receipt Confirmations",
        readonly=True,
    )
    receipt_version = fields.Integer(readonly=True, copy=False, default=0)
    receipt_confirmed_amount = fields.Monetary(
        string="Confirmed Amount", compute="_compute_receipt", store=True
    )
    receipt_confirmed_company = fields.Monetary(
        string="Confirmed Amount in Company Currency",
        currency_field="company_currency_id",
        compute="_compute_receipt",
        store=True,
    )
    receipt_state = fields.Selection(
        selection=[
            ("none", "Not Confirmed"),
            ("partial", "Partly Confirmed"),
            ("confirmed", "Confirmed"),
        ],
        string="Arrival",
        compute="_compute_receipt",
        store=True,
        help="Whether the bank or the cashier confirms that the money arrived.",
    )
    receipt_can_confirm = fields.Boolean(compute="_compute_receipt_can_confirm")

    _receipt_open_idx = models.Index(
        "(company_id, partner_id) WHERE receipt_state <> 'confirmed'"
        " AND payment_type = 'inbound' AND partner_type = 'customer'"
        " AND state IN ('in_process', 'paid')"
    )

    @api.depends("amount", "receipt_ids.amount", "receipt_ids.amount_company")
    def _compute_receipt(self):
        for payment in self:
            confirmed = sum(payment.receipt_ids.mapped("amount"))
            company = sum(payment.receipt_ids.mapped("amount_company"))
            currency = payment.currency_id or payment.company_currency_id
            payment.receipt_confirmed_amount = confirmed
            payment.receipt_confirmed_company = company
            if not currency or currency.compare_amounts(confirmed, 0) <= 0:
                payment.receipt_state = "none"
            elif currency.compare_amounts(confirmed, payment.amount) < 0:
                payment.receipt_state = "partial"
            else:
                payment.receipt_state = "confirmed"

    @api.depends("state", "payment_type", "partner_type", "receipt_state")
    @api.depends_context("uid")
    def _compute_receipt_can_confirm(self):
        cashier = self.env.user.has_group(CASHIER_GROUP)
        for payment in self:
            payment.receipt_can_confirm = (
                cashier
                and payment._is_receipt()
                and payment.receipt_state != "confirmed"
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_receipt_fields(vals)
        clean = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_receipt_")
        }
        return super(AccountPayment, self.with_context(clean)).create(vals_list)

    def write(self, vals):
        """Take the confirmations back when a payment is cancelled or reset."""
        self._check_receipt_fields(vals)
        result = super().write(vals)
        if vals.get("state") in {"draft", "canceled", "rejected"}:
            self._receipt_sync()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        # Evidence is not everybody's to read.
        if confirmed := self.sudo().filtered("receipt_ids"):
            raise UserError(
                self.env._(
                    "The receipt of %s was confirmed once: cancel the payment instead "
                    "of deleting it.",
                    ", ".join(confirmed.mapped("display_name")),
                )
            )

    # === CASHIER === #

    def action_confirm_receipt(self):
        """Open the wizard in which the cashier confirms that the money arrived."""
        self.ensure_one()
        self._check_can_confirm()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm Receipt"),
            "res_model": "receipt.confirm",
            "view_mode": "form",
            "target": "new",
            "context": {"default_payment_id": self.id},
        }

    def action_view_receipts(self):
        """Open the confirmations of this payment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt Confirmations"),
            "res_model": "receipt.confirmation",
            "view_mode": "list,form",
            "domain": [("payment_id", "=", self.id)],
        }

    def _confirm_receipt(self, amount, date, note=None, **values):
        """Add the cashier's dated confirmation of the single payment.

        :param float amount: in the currency of the payment
        :param date date: day of arrival, not in the future
        :param values: further values of the row, for bridges
        :raise UserError: for a wrong date or more than is still to be confirmed
        """
        self._check_can_confirm()
        self._receipt_lock()
        amount = self._check_receipt_amount(amount)
        self._check_receipt_date(date)
        vals = self._prepare_receipt(amount, date, source="cashier", note=note)
        row = self.env["receipt.confirmation"]._append([{**vals, **values}])
        self.message_post(
            body=self.env._(
                "Arrival of %(amount)s on %(date)s confirmed by %(user)s.",
                amount=format_amount(self.env, amount, self.currency_id),
                date=fields.Date.to_string(vals["date"]),
                user=self.env.user.name,
            )
        )
        return row

    def _check_can_confirm(self):
        self.ensure_one()
        if not self.env.user.has_group(CASHIER_GROUP):
            raise AccessError(self.env._("Only a cashier confirms that money arrived."))
        self.check_access("read")
        if not self._is_receipt():
            raise UserError(
                self.env._(
                    "%s is not a posted payment of a customer: post it before "
                    "confirming its receipt.",
                    self.display_name,
                )
            )

    def _check_receipt_amount(self, amount):
        """Return the rounded amount if it may be confirmed now."""
        open_amount = self._get_receipt_open_amount()
        if (
            not math.isfinite(amount)
            or self.currency_id.compare_amounts(amount, 0) <= 0
        ):
            raise UserError(self.env._("The confirmed amount must be above zero."))
        if self.currency_id.compare_amounts(amount, open_amount) > 0:
            raise UserError(
                self.env._(
                    "%(payment)s has only %(open)s left to confirm: "
                    "enter at most that.",
                    payment=self.display_name,
                    open=format_amount(self.env, open_amount, self.currency_id),
                )
            )
        return self.currency_id.round(amount)

    def _check_receipt_date(self, date):
        if not date or fields.Date.to_date(date) > self.company_id._get_today():
            raise UserError(
                self.env._(
                    "Money cannot be confirmed before it arrived: the date is missing "
                    "or in the future."
                )
            )

    def _check_receipt_fields(self, vals):
        if refused := sorted(RECEIPT_FIELDS.intersection(vals)):
            raise AccessError(
                self.env._(
                    "%s follow from the receipt confirmations and cannot be written.",
                    ", ".join(refused),
                )
            )

    def _is_receipt(self):
        """Return whether the single payment is money a customer says to have paid."""
        return (
            self.payment_type == "inbound"
            and self.partner_type == "customer"
            and self.state in {"in_process", "paid"}
        )

    def _receipt_lock(self):
        """Serialise confirmations of the same payments: the later one is retried.

        Modifying the payment row is what makes a concurrent transaction, that read
        the same open amount, fail and start again.
        """
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_payment
                   SET receipt_version = COALESCE(receipt_version, 0) + 1
                 WHERE id IN (
                     SELECT id FROM account_payment
                      WHERE id IN %s ORDER BY id FOR UPDATE
                 )
                """,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["receipt_version"], flush=False)
