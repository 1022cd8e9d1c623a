import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.base_review.tools import check_records

CASHIER_GROUP = "purchase_review.group_payment_cashier"


class PaymentRequest(models.Model):
    """What is paid from a request: never more than approved, by the cashier only."""

    _inherit = "payment.request"

    amount_paid = fields.Monetary(
        string="Paid", compute="_compute_amount_paid", compute_sudo=True
    )
    amount_open = fields.Monetary(
        string="Still to Pay", compute="_compute_amount_paid", compute_sudo=True
    )

    @api.depends(
        "amount",
        "payment_ids.state",
        "payment_ids.amount",
        "payment_ids.currency_id",
        "payment_ids.date",
        "payment_ids.move_id.state",
    )
    def _compute_amount_paid(self):
        for request in self:
            paid = request._sum_payments(request.payment_ids)
            request.amount_paid = paid
            request.amount_open = max(request.amount - paid, 0.0)

    def action_pay(self):
        """Open the dialog that pays the vendor what is left of the single request."""
        request = check_records(self, single=True)
        request.check_access("read")
        request._check_cashier()
        message = request.sudo()._get_pay_blocker()  # sudo: the gate sees all payments
        if message:
            raise UserError(message)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pay %s", request.name),
            "res_model": "account.payment.register",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": "account.move",
                "active_ids": request.move_id.ids,
                "default_payment_request_id": request.id,
                "default_amount": request.amount_open,
                "default_custom_user_amount": request.amount_open,
                "default_custom_user_currency_id": request.currency_id.id,
                **request._prepare_pay_journal(),
            },
        }

    def _prepare_pay_journal(self):
        """Return the default of the cash journal, where cash was approved."""
        if self.payment_mode != "cash":
            return {}
        journal = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.company_id),
                ("type", "=", "cash"),
            ],
            limit=1,
        )
        return {"default_journal_id": journal.id} if journal else {}

    # === GATE OF THE PAYMENTS === #

    def _lock(self):
        """Take the requests for this transaction, or let the later one be retried.

        The row is modified, as ``SELECT … FOR UPDATE`` under REPEATABLE READ would
        read an old sum of payments.
        """
        if not self:
            return
        self.env["account.payment"].flush_model()
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE payment_request SET version = version + 1 WHERE id IN %s"
                " RETURNING id",
                tuple(sorted(self.ids)),
            )
        )
        self.invalidate_recordset(["version"], flush=False)

    def _check_payments(self, payments, entered):
        """Raise when live payments of the single request are not what was approved.

        :param payments: live payments that entered or changed
        :param entered: those among them that were not live before
        """
        self._lock()
        problem = self._get_pay_blocker(payments) or self._get_payment_problem(payments)
        if not problem and self._is_overpaid(payments):
            others = self._get_live_payments() - payments
            left = max(self.amount - self._sum_payments(others), 0.0)
            problem = self.env._(
                "%(request)s has only %(left)s left to pay.",
                request=self.name,
                left=self.currency_id.format(left),
            )
        if problem:
            raise UserError(problem)
        if entered:
            self._check_bill_owes(entered)
            self._check_cashier()

    def _check_bill_owes(self, payments):
        """Raise when more is paid now than the bill still owes, credit notes taken off.

        :raise UserError: naming what is owed
        """
        bill = self.move_id
        total = self._sum_payments(payments, live=False) - self._get_tolerance(payments)
        if self.currency_id.compare_amounts(total, bill.amount_residual) > 0:
            raise UserError(
                self.env._(
                    "%(bill)s owes only %(left)s any more: pay no more than this.",
                    bill=bill.display_name,
                    left=self.currency_id.format(bill.amount_residual),
                )
            )

    def _get_pay_blocker(self, payments=None):
        """Return why nothing can be paid from the single request, or an empty text."""
        self.ensure_one()
        message = ""
        if self.state == "cancelled":
            message = self.env._("%s is cancelled.", self.name)
        elif self.state == "draft":
            message = self._review_get_gate_message() or self.env._(
                "%s is not approved.", self.name
            )
        elif self.state == "paid" and not payments:
            message = self.env._("%s is already paid.", self.name)
        elif not self._is_as_approved():
            message = self.env._(
                "%(bill)s, or the bank account of the vendor, changed since "
                "%(request)s was approved: cancel the request and make a new one.",
                bill=self.move_id.display_name,
                request=self.name,
            )
        return message

    def _is_as_approved(self):
        """Tell whether the single request and its bill are what was approved."""
        request = self.review_request_id
        return (
            request.state == "approved"
            and request.fingerprint == self._review_get_fingerprint()
        )

    def _get_payment_problem(self, payments):
        """Return what about the payments differs from the single request."""
        message, account = "", self.partner_bank_id
        for payment in payments:
            bank, is_cash = payment.partner_bank_id, payment.journal_id.type == "cash"
            if not math.isfinite(payment.amount):
                message = self.env._("The amount of a payment must be a number.")
            elif payment.company_id.root_id != self.company_id.root_id:
                message = self.env._("%s belongs to another company.", self.name)
            elif payment.partner_id.commercial_partner_id != self.partner_id:
                message = self.env._(
                    "%(request)s pays %(vendor)s, nobody else.",
                    request=self.name,
                    vendor=self.partner_id.display_name,
                )
            elif is_cash != (self.payment_mode == "cash"):
                message = self.env._(
                    "%(request)s was approved as %(mode)s: choose such a journal.",
                    request=self.name,
                    mode=self._get_mode_label(),
                )
            elif self.payment_mode == "transfer" and bank and bank != account:
                message = self.env._(
                    "%(request)s was approved for the account %(account)s.",
                    request=self.name,
                    account=account.acc_number,
                )
        return message

    def _is_overpaid(self, payments):
        """Tell whether the live payments exceed the single request.

        A payment in another currency may differ by its smallest unit.
        """
        total = self._sum_payments(self._get_live_payments() | payments, live=False)
        most = self.amount + self._get_tolerance(payments)
        return self.currency_id.compare_amounts(total, most) > 0

    def _get_tolerance(self, payments):
        """Return the smallest unit of another currency, in that of the request."""
        foreign = payments.currency_id - self.currency_id
        return max(
            [
                currency._convert(
                    currency.rounding,
                    self.currency_id,
                    self.company_id,
                    fields.Date.context_today(self),
                    round=False,
                )
                for currency in foreign
            ],
            default=0.0,
        )

    def _get_live_payments(self):
        """Return the payments of the single request that left the draft."""
        # sudo: payments of others count, too.
        payments = self.env["account.payment"].sudo()
        found = payments.search([("payment_request_id", "=", self.id)])
        return found.filtered(lambda payment: payment._is_paid_out())

    def _sum_payments(self, payments, live=True):
        """Return the sum of live payments in the currency of the single request."""
        return sum(
            payment.currency_id._convert(
                payment.amount,
                self.currency_id,
                payment.company_id,
                payment.date,
            )
            for payment in payments
            if not live or payment._is_paid_out()
        )

    def _check_cashier(self):
        """Raise unless the user is a cashier who decided nothing about the request."""
        user = self.env.user
        if user._is_superuser():
            return
        if not user.has_group(CASHIER_GROUP):
            raise AccessError(self.env._("Only a cashier pays vendors."))
        # sudo: requests are readable by their participants only.
        for request in self.sudo():
            if user in request.review_request_id.task_ids.done_by:
                raise AccessError(
                    self.env._(
                        "You approved %s: another cashier pays it.", request.name
                    )
                )

    def _follow_payments(self):
        """Tell from the live payments whether the requests are paid."""
        requests = self.sudo()  # sudo: follows from the payments
        requests._lock()
        for request in requests.filtered(lambda r: r.state in {"approved", "paid"}):
            request.invalidate_recordset(["amount_paid", "amount_open"], flush=False)
            paid = request._sum_payments(request._get_live_payments())
            done = request.currency_id.compare_amounts(paid, request.amount) >= 0
            state = "paid" if done else "approved"
            if request.state != state:
                request._set_state(state)
