from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.base_review.tools import check_records

#: What a request is between its approval and its cancellation.
PAYABLE_STATES = {"approved", "paid"}


class PaymentRequest(models.Model):
    """The request under review: what is submitted, who may not decide, what follows."""

    _inherit = "payment.request"

    missing_documents = fields.Text(
        string="Missing",
        compute="_compute_missing_documents",
        compute_sudo=True,
        groups="base.group_user",
        help="What keeps the set of documents from being complete.",
    )
    is_without_order = fields.Boolean(
        compute="_compute_missing_documents",
        compute_sudo=True,
        groups="base.group_user",
    )

    def _compute_missing_documents(self):
        missing = self.filtered("move_id")._payment_missing_documents()
        for request in self:
            request.missing_documents = "\n".join(missing.get(request.id, []))
            request.is_without_order = request._is_without_order()

    def action_cancel(self):
        """Withdraw the requests; what was paid from one keeps it."""
        requests = check_records(self)
        requests.check_access("write")
        requests._lock()
        for request in requests:
            if request.state in {"paid", "cancelled"} or request.amount_paid:
                raise UserError(
                    self.env._(
                        "%s was paid or cancelled already: it stays as it is.",
                        request.name,
                    )
                )
        requests._set_state("cancelled")

    # === REVIEW === #

    def _review_follow_state(self, states):
        """Paying from an approved request leaves its review alone."""
        moved = self.filtered(
            lambda request: not {request.state, states[request]} <= PAYABLE_STATES
        )
        return super(PaymentRequest, moved)._review_follow_state(states)

    def _review_submit_blockers(self):
        """Refuse an incomplete set of documents, with everything it lacks at once."""
        blockers = super()._review_submit_blockers()
        missing = self._payment_missing_documents()
        for request in self:
            messages = list(missing.get(request.id, []))
            messages.append(request._get_amount_blocker())
            messages = list(filter(None, messages))
            if messages:
                blockers.setdefault(request.id, []).extend(messages)
        return blockers

    def _review_check_no_order(self):
        """Rule: something is paid that no purchase order covers."""
        return {
            request.id: self.env._(
                "Payment without order: %s", request.no_order_reason or ""
            )
            for request in self
            if request._is_without_order()
        }

    def _review_excluded_users(self):
        """Who ordered or wrote it neither checks nor signs the payment."""
        return super()._review_excluded_users() | self.purchase_order_ids.user_id

    def _review_after_approved(self):
        """From now on the cashier may pay."""
        result = super()._review_after_approved()
        for request in self:
            if request.state == "draft":
                request._set_state("approved")
        return result

    def _review_get_amount(self):
        """Return the amount in company currency."""
        self.ensure_one()
        return self.currency_id._convert(
            self.amount,
            self.company_id.currency_id,
            self.company_id,
            self.move_id.invoice_date or fields.Date.context_today(self),
        )

    def _review_get_confirmed_message(self):
        return self.env._(
            "%s was approved: cancel it and make a new request to change it.", self.name
        )

    def _review_get_title(self):
        """Name the request by its number, its vendor and its amount."""
        self.ensure_one()
        amount = self.currency_id.format(self.amount)
        return " · ".join(filter(None, (self.name, self.partner_id.name, amount)))

    def _review_snapshot(self):
        """Freeze the set of documents as it was complete."""
        bill = self.move_id
        day = bill.invoice_date and format_date(self.env, bill.invoice_date)
        due = self.date_due and format_date(self.env, self.date_due)
        snapshot = {
            **super()._review_snapshot(),
            self.env._("Vendor"): self.partner_id.display_name,
            self.env._("Amount"): self.currency_id.format(self.amount),
            self.env._("Vendor Bill"): " · ".join(
                filter(None, (bill.name, bill.ref, day))
            ),
            self.env._("Total"): self.currency_id.format(bill.amount_total),
            self.env._("Due Date"): due or "",
            self.env._("Payment Mode"): self._get_mode_label(),
            self.env._("Recipient Bank Account"): self.partner_bank_id.acc_number or "",
            self.env._("Purchase Orders"): self.purchase_order_ids.mapped("name"),
            self.env._("Order, Receipt and Bill"): self._get_match_texts(),
            self.env._("Files"): [
                f"{file.name} ({(file.checksum or '')[:12]})"
                for file in self._get_bill_documents()
            ],
        }
        if self.no_order_reason:
            label = self.env._("Reason for Payment without Order")
            snapshot[label] = self.no_order_reason
        return snapshot

    def _get_mode_label(self):
        """Return the label of the payment mode in the language of the user."""
        labels = dict(self._fields["payment_mode"]._description_selection(self.env))
        return labels.get(self.payment_mode, "")

    def _get_match_texts(self):
        """Return one sentence for each order line that the bill stands on."""
        lines = self._get_goods_lines().purchase_line_id
        return [
            self.env._(
                "%(order)s, %(product)s: ordered %(ordered)g, received %(received)g, "
                "billed %(billed)g %(unit)s",
                order=line.order_id.name,
                product=line.product_id.display_name or line.name,
                ordered=line.product_qty,
                received=line.qty_received,
                billed=line.qty_invoiced,
                unit=line.product_uom_id.name or "",
            )
            for line in lines
        ]
