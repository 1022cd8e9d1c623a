import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: Columns that only the request itself writes, with their value on a new one.
OWN_FIELDS = {"state": "draft", "version": 0}
#: The vendor documents that can be paid.
BILL_TYPES = ("in_invoice", "in_receipt")


class PaymentRequest(models.Model):
    """付款申请单: what finance checks and the manager signs before a vendor is paid."""

    _name = "payment.request"
    _description = "Payment Request"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "review.mixin",
    ]
    _order = "date_due, id"
    _check_company_auto = True

    _review_state_from = ("draft",)
    _review_state_to = ("approved", "paid")
    _review_fields = (
        "move_id",
        "bill_mark",
        "amount",
        "payment_mode",
        "partner_bank_id",
        "no_order_reason",
    )

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "To Pay"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    version = fields.Integer(readonly=True, copy=False, default=0)
    move_id = fields.Many2one(
        "account.move",
        string="Vendor Bill",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('move_type', 'in', ('in_invoice', 'in_receipt')),"
        " ('state', '=', 'posted'), ('payment_state', 'in', ('not_paid', 'partial'))]",
    )
    company_id = fields.Many2one(
        related="move_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(
        related="move_id.currency_id", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id",
        string="Vendor",
        store=True,
        precompute=True,
        index=True,
    )
    bill_reference = fields.Char(related="move_id.ref", string="Bill Number")
    date_due = fields.Date(
        related="move_id.invoice_date_due", string="Due Date", store=True
    )
    bill_mark = fields.Char(
        compute="_compute_bill_mark",
        compute_sudo=True,
        help="What the bill says, and the vendor's account: a change of them asks for "
        "a new request.",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    payment_mode = fields.Selection(
        [("transfer", "Bank Transfer"), ("cash", "Cash"), ("bill", "Bill of Exchange")],
        required=True,
        default="transfer",
        tracking=True,
    )
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        string="Recipient Bank Account",
        compute="_compute_partner_bank_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('partner_id', '=', partner_id)]",
        check_company=True,
        tracking=True,
    )
    no_order_reason = fields.Text(
        string="Reason for Payment without Order",
        help="Why something is paid that no received purchase order covers.",
    )
    purchase_order_ids = fields.Many2many(
        "purchase.order",
        string="Purchase Orders",
        compute="_compute_purchase_order_ids",
        compute_sudo=True,
    )
    payment_ids = fields.One2many(
        "account.payment", "payment_request_id", string="Payments", readonly=True
    )

    _amount_check = models.Constraint(
        "CHECK(amount > 0 AND amount < 1e15)",
        "The amount of a payment request must be above zero.",
    )
    _move_open_idx = models.Index("(move_id) WHERE state <> 'cancelled'")

    # === COMPUTE METHODS === #

    @api.depends(
        "move_id.name",
        "move_id.ref",
        "move_id.invoice_date",
        "move_id.amount_total",
        "move_id.currency_id",
        "move_id.state",
        "move_id.commercial_partner_id",
        "partner_bank_id.acc_number",
    )
    def _compute_bill_mark(self):
        for request in self:
            bill = request.move_id
            parts = (
                bill.name,
                bill.ref,
                bill.invoice_date,
                f"{bill.amount_total:.6f}",
                bill.currency_id.name,
                bill.commercial_partner_id.id,
                bill.state,
                request.partner_bank_id.sanitized_acc_number,
            )
            request.bill_mark = " / ".join(str(part or "") for part in parts)

    @api.depends("move_id")
    def _compute_amount(self):
        for request in self:
            if request.move_id and not request.amount:
                request.amount = max(request._get_bill_left(), 0.0)

    @api.depends("move_id")
    def _compute_partner_bank_id(self):
        for request in self:
            request.partner_bank_id = request.move_id.partner_bank_id

    @api.depends("move_id.invoice_line_ids.purchase_line_id")
    def _compute_purchase_order_ids(self):
        for request in self:
            lines = request.move_id.invoice_line_ids
            request.purchase_order_ids = lines.purchase_line_id.order_id

    # === CONSTRAINT METHODS === #

    @api.constrains("move_id")
    def _check_move(self):
        for request in self:
            bill = request.move_id
            if bill.move_type not in BILL_TYPES or bill.state != "posted":
                raise ValidationError(
                    self.env._("%s is not a posted vendor bill.", bill.display_name)
                )

    @api.constrains("amount", "move_id")
    def _check_amount(self):
        for request in self.sudo():  # sudo: requests of others count, too
            request._lock_bill()
            message = request._get_amount_blocker()
            if message:
                raise ValidationError(message)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own_fields(vals)
            self._check_bill_readable(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        vals_list = [
            {**vals, **OWN_FIELDS, "name": self._next_name()} for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_fields(vals)
        if {"move_id", "amount"} & vals.keys() and any(
            request.state != "draft" for request in self
        ):
            raise UserError(self.env._("Bill and amount are fixed after the approval."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for request in self:
            if request.state != "draft" or request.sudo().payment_ids:  # sudo: all
                raise UserError(
                    self.env._("%s is evidence: cancel it instead.", request.name)
                )

    def _check_own_fields(self, vals):
        """Refuse columns that follow from the review and the payments, and what is
        no amount.
        """
        forged = [
            name
            for name in OWN_FIELDS.keys() & vals.keys()
            if self or (vals[name] or 0) != (OWN_FIELDS[name] or 0)
        ]
        amount = vals.get("amount")
        if isinstance(amount, (int, float)) and not 0 < amount < math.inf:
            raise UserError(
                self.env._("The amount of a payment request must be above zero.")
            )
        if forged:
            raise AccessError(
                self.env._(
                    "%s follows from the review and the payments.",
                    ", ".join(self._fields[name].string for name in sorted(forged)),
                )
            )

    @api.model
    def _check_bill_readable(self, vals):
        """Refuse a request for a bill that the user may not even read."""
        if type(vals.get("move_id")) is int:
            self.env["account.move"].browse(vals["move_id"]).check_access("read")

    @api.model
    def _next_name(self):
        # sudo: whoever applies needs no right on sequences.
        return self.env["ir.sequence"].sudo().next_by_code("payment.request")

    def _set_state(self, state):
        """Change the state on behalf of review and payments; the gate still holds."""
        # sudo: whoever decides or pays need not edit requests.
        return super(PaymentRequest, self.sudo()).write({"state": state})
