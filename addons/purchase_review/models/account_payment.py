from odoo import api, fields, models
from odoo.exceptions import UserError

#: The states in which money has left, or is about to.
PAID_STATES = ("in_process", "paid")


class AccountPayment(models.Model):
    """Money leaves for a vendor only from an approved payment request."""

    _inherit = "account.payment"

    payment_request_id = fields.Many2one(
        "payment.request",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'approved'), ('partner_id', '=', partner_id)]",
        help="The approved request that allows to pay the vendor.",
    )
    payment_review = fields.Boolean(compute="_compute_payment_review")

    @api.depends("company_id", "payment_type", "partner_type", "destination_account_id")
    def _compute_payment_review(self):
        for payment in self:
            payment.payment_review = payment._needs_payment_request()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        if payments._is_gate_live():
            payments._gate_payments({})
        return payments

    def write(self, vals):
        if not self._is_gate_live():
            return super().write(vals)
        # sudo: the gate sees every payment.
        marks = {payment: payment._get_gate_mark() for payment in self.sudo()}
        result = super().write(vals)
        self._gate_payments(marks)
        return result

    def unlink(self):
        requests = self.sudo().payment_request_id  # sudo: whose payments they were
        result = super().unlink()
        requests._follow_payments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        for payment in self.sudo():  # sudo: requests of others count, too
            if payment.payment_request_id and payment.name:
                raise UserError(
                    self.env._(
                        "%s was paid from a payment request: cancel it instead.",
                        payment.display_name,
                    )
                )

    # === GATE === #

    def _is_gate_live(self):
        """Tell whether payments may need a request at all: nothing to do when off."""
        live = self.env["payment.request"]._review_is_live()
        # sudo: requests of others count, too.
        return live or bool(self.sudo().payment_request_id)

    def _needs_payment_request(self):
        """Tell whether the single payment needs a request: it goes to a vendor.

        What is booked as payable goes to a vendor, whatever the payment calls itself.
        """
        self.ensure_one()
        account = self.sudo().destination_account_id  # sudo: the kind of an account
        return bool(
            self.payment_type == "outbound"
            and (
                self.partner_type == "supplier"
                or account.account_type == "liability_payable"
            )
            and self.company_id
            and self.env["review.flow"]._get_flow("payment.request", self.company_id)
        )

    def _is_paid_out(self):
        """Tell whether the single payment counts as paid: also by its posted entry.

        A rejected payment frees its request when its entry is reset, not before.
        """
        self.ensure_one()
        return self.state in PAID_STATES or self.move_id.state == "posted"

    def _get_gate_mark(self):
        """Return what the gate looks at: a change of it asks the gate again."""
        self.ensure_one()
        return (
            self._needs_payment_request() and self._is_paid_out(),
            self.payment_request_id,
            self.amount,
            self.currency_id,
            self.date,
            self.partner_id.commercial_partner_id,
            self.partner_bank_id,
            self.journal_id,
        )

    def _gate_payments(self, marks):
        """Let live payments through the gate that entered it or changed behind it.

        :param dict marks: what the gate saw of each payment before
        """
        # sudo: the gate sees every payment and every request.
        changed = self.sudo().filtered(
            lambda payment: payment._get_gate_mark() != marks.get(payment)
        )
        changed.filtered(lambda p: p._get_gate_mark()[0])._check_payment_gate(marks)
        requests = changed.payment_request_id
        for payment in changed:
            requests |= marks[payment][1] if payment in marks else requests
        if requests:
            requests._follow_payments()

    def _check_payment_gate(self, marks=None):
        """Raise for live payments that no approved request allows."""
        for payment in self.filtered(lambda payment: not payment.payment_request_id):
            raise UserError(
                self.env._(
                    "The payment of %(amount)s to %(vendor)s needs an approved payment "
                    "request: open the vendor bill and choose Request Payment.",
                    amount=payment.currency_id.format(payment.amount),
                    vendor=payment.partner_id.display_name or "?",
                )
            )
        for request, payments in self.grouped("payment_request_id").items():
            entered = payments.filtered(
                lambda payment: not (marks or {}).get(payment, (False,))[0]
            )
            request._check_payments(payments, entered)
