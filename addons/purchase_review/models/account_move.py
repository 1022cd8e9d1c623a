from datetime import datetime, time

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base_review.tools import check_records

from .payment_request import BILL_TYPES

DUE = "vendor_bill_due"


class AccountMove(models.Model):
    """A vendor bill is requested for payment, or stays payable until it is due."""

    _name = "account.move"
    _inherit = ["account.move", "deadline.mixin"]

    payment_request_ids = fields.One2many(
        "payment.request", "move_id", string="Payment Requests", readonly=True
    )
    payment_request_count = fields.Integer(compute="_compute_payment_request_count")
    payment_request_version = fields.Integer(readonly=True, copy=False)
    payment_review = fields.Boolean(compute="_compute_payment_review")

    @api.depends("payment_request_ids")
    def _compute_payment_request_count(self):
        for move in self:
            move.payment_request_count = len(move.payment_request_ids)

    @api.depends("company_id", "move_type")
    def _compute_payment_review(self):
        for move in self:
            move.payment_review = move._needs_payment_request()

    def _needs_payment_request(self):
        """Tell whether the single entry is a bill that is paid from requests only."""
        self.ensure_one()
        return bool(
            self.move_type in BILL_TYPES
            and self.env["review.flow"]._get_flow("payment.request", self.company_id)
        )

    # === PAYMENT REQUESTS === #

    def action_request_payment(self):
        """Make a payment request of what is left of each bill."""
        moves = check_records(self)
        moves.check_access("read")
        refusals = [
            message for move in moves if (message := move._get_request_refusal())
        ]
        if refusals:
            raise UserError("\n".join(refusals))
        requests = self.env["payment.request"].create(
            [{"move_id": move.id} for move in moves]
        )
        return requests._get_records_action(name=self.env._("Payment Requests"))

    def action_view_payment_requests(self):
        """Open the payment requests of the bill."""
        move = check_records(self, single=True)
        move.check_access("read")
        return move.payment_request_ids._get_records_action(
            name=self.env._("Payment Requests")
        )

    def _get_request_refusal(self):
        """Return why no payment can be requested for the single bill."""
        if not self._needs_payment_request() or self.state != "posted":
            return self.env._(
                "%s is not a posted vendor bill that is paid from requests.",
                self.display_name,
            )
        left = self.env["payment.request"].new({"move_id": self.id})._get_bill_left()
        if self.currency_id.compare_amounts(left, 0) <= 0:
            return self.env._(
                "%s is paid, or its payment was requested already.", self.display_name
            )
        return ""

    # === TERM === #

    def write(self, vals):
        """Let no payment leave by its entry alone, whoever posts it."""
        if vals.get("state") != "posted":
            return super().write(vals)
        # sudo: the gate sees every payment.
        payments = self.sudo().origin_payment_id.filtered(
            lambda payment: (
                not payment._is_paid_out() and payment._needs_payment_request()
            )
        )
        result = super().write(vals)
        live = payments.filtered(lambda payment: payment._is_paid_out())
        live._check_payment_gate()
        live.payment_request_id._follow_payments()
        return result

    def _post(self, soft=True):
        """Start the clock of bills."""
        posted = super()._post(soft)
        for move in posted:
            if move._needs_payment_request() and move.invoice_date_due:
                move._deadline_start(DUE, start=move._get_due_moment())
        return posted

    def _get_due_moment(self):
        """Return noon of the due date where the company works, in UTC."""
        zone = timezone(self.company_id.resource_calendar_id.tz or "UTC")
        noon = zone.localize(datetime.combine(self.invoice_date_due, time(12)))
        return noon.astimezone(utc).replace(tzinfo=None)

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        bills = self.filtered(lambda move: move._needs_payment_request())
        if bills:
            bills._deadline_stop(DUE)
        return result

    def button_draft(self):
        result = super().button_draft()
        self._cancel_due_clock()
        # sudo: a reset payment frees its request, whoever resets it.
        self.sudo().origin_payment_id.payment_request_id._follow_payments()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._cancel_due_clock()
        return result

    def _cancel_due_clock(self):
        """Stop the clock of bills that are not payable any more."""
        bills = self.filtered(lambda move: move._needs_payment_request())
        if bills:
            bills._deadline_stop(DUE, cancelled=True)
