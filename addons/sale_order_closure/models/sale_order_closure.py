import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Columns that only the closure itself writes, with their value on a new one.
OWN_FIELDS = {
    "state": "draft",
    "outcome": False,
    "closed_on": False,
    "closed_by": False,
}
#: What is agreed with the customer and read by the reviewers.
TERMS = (
    "order_id",
    "kind",
    "asked_by",
    "reason",
    "paper_ids",
    "penalty_payer",
    "penalty_percent",
    "penalty_amount",
    "penalty_terms",
)


class SaleOrderClosure(models.Model):
    """Why and how a confirmed order ends before everything is delivered."""

    _name = "sale.order.closure"
    _description = "Order Closure"
    _inherit = ["mail.thread", "mail.activity.mixin", "review.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _review_state_from = ("draft",)
    _review_state_to = ("done",)
    _review_fields = TERMS

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("done", "Closed"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'sale'), ('closure_kind', '=', False)]",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    partner_id = fields.Many2one(
        related="order_id.partner_id", string="Customer", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True, precompute=True
    )
    amount_total = fields.Monetary(
        related="order_id.amount_total", string="Order Total"
    )
    kind = fields.Selection(
        selection=[
            ("short_close", "Short-close: deliver no more"),
            ("cancel", "Cancel the whole order"),
        ],
        required=True,
        default="short_close",
        tracking=True,
    )
    asked_by = fields.Selection(
        selection=[("customer", "Customer"), ("company", "Our company")],
        required=True,
        default="customer",
        tracking=True,
    )
    reason = fields.Text(required=True)
    paper_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="sale_order_closure_paper_rel",
        string="Customer's Paper",
        copy=False,
        help="What the customer wrote; needed when the customer asks for the closure.",
    )
    penalty_payer = fields.Selection(
        selection=[
            ("none", "No penalty"),
            ("customer", "The customer pays"),
            ("company", "We pay"),
        ],
        string="Penalty",
        required=True,
        default="none",
    )
    penalty_percent = fields.Float(
        string="Penalty (%)", help="Of what will not be delivered; 0 for an amount."
    )
    penalty_amount = fields.Monetary(
        compute="_compute_penalty_amount", store=True, readonly=False, precompute=True
    )
    penalty_terms = fields.Text(help="What the contract or the customer's order says.")
    amount_open = fields.Monetary(
        string="Not Delivered",
        compute="_compute_preview",
        compute_sudo=True,
        help="What of the order will not be delivered, tax included.",
    )
    preview = fields.Text(
        string="What Follows",
        compute="_compute_preview",
        compute_sudo=True,
        help="What the closure does as things stand now.",
    )
    outcome = fields.Text(string="What Followed", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one(comodel_name="res.users", readonly=True, copy=False)

    _order_uniq = models.UniqueIndex(
        "(order_id) WHERE state <> 'withdrawn'",
        "This order has a closure already.",
    )
    _penalty_check = models.Constraint(
        "CHECK (penalty_amount >= 0 AND penalty_amount < 1e15"
        " AND penalty_percent >= 0 AND penalty_percent <= 100)",
        "A penalty is an amount of money, or 0 to 100 %.",
    )

    # === COMPUTE METHODS === #

    @api.depends("penalty_percent", "penalty_payer", "order_id")
    def _compute_penalty_amount(self):
        for closure in self:
            share = closure.penalty_percent / 100
            if closure.penalty_payer == "none":
                closure.penalty_amount = 0.0
            elif share and closure.order_id:
                order = closure.order_id.sudo()  # sudo: only the lines are read
                amount = share * order._closure_get_open_amount()
                closure.penalty_amount = order.currency_id.round(amount)

    @api.depends(*TERMS, "state", "order_id.order_line.qty_delivered")
    def _compute_preview(self):
        for closure in self:
            order, texts = closure.order_id, []
            if order.state == "sale" and closure.state == "draft":
                texts = [text for _code, text in closure._get_preview()]
            closure.preview = "\n".join(texts)
            closure.amount_open = order._closure_get_open_amount() if texts else 0.0

    def _get_preview(self):
        """Return ``[(code, message)]`` of what the single closure does now."""
        return [*self.order_id._closure_preview(self.kind), *self._get_penalty_tasks()]

    def _get_penalty_tasks(self):
        if self.penalty_payer == "none" or not self.penalty_amount:
            return []
        amount = self.currency_id.format(self.penalty_amount)
        if self.penalty_payer == "customer":
            text = self.env._("Invoice a penalty of %s to the customer.", amount)
        else:
            text = self.env._("Credit a penalty of %s to the customer.", amount)
        return [("penalty", text)]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own_fields(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        closures = super().create(
            [{**vals, **OWN_FIELDS, "name": self._next_name()} for vals in vals_list]
        )
        closures._check_orders()
        closures._adopt_papers()
        return closures

    def write(self, vals):
        self._check_own_fields(vals)
        if set(TERMS) & vals.keys() and any(row.state != "draft" for row in self):
            raise UserError(self.env._("A closure is evidence: it does not change."))
        result = super().write(vals)
        if "order_id" in vals:
            self._check_orders()
        if "paper_ids" in vals:
            self._adopt_papers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if any(closure.state != "draft" for closure in self):
            raise UserError(self.env._("A closure is evidence: it stays."))

    def _check_own_fields(self, vals):
        """Refuse columns that the closure keeps, and what is no figure."""
        forged = sorted(
            name
            for name in OWN_FIELDS.keys() & vals.keys()
            if self or (vals[name] or False) != OWN_FIELDS[name]
        )
        if forged:
            labels = ", ".join(self._fields[name].string for name in forged)
            raise AccessError(
                self.env._("%s follows from the review of the closure.", labels)
            )
        for name in ("penalty_percent", "penalty_amount"):
            value = vals.get(name) or 0.0
            if not isinstance(value, (int, float)) or not math.isfinite(value):
                raise UserError(self.env._("The penalty is not a number."))

    def _check_orders(self):
        """Refuse orders of others, and those with nothing to close."""
        self.order_id.check_access("write")
        for order in self.order_id:
            if not order._closure_is_on():
                text = self.env._(
                    "%s does not close its orders by review: cancel the order itself.",
                    order.company_id.name,
                )
                raise UserError(text)
            if order.state != "sale" or order.closure_kind:
                text = self.env._(
                    "%s is not a running order: there is nothing to close.",
                    order.display_name,
                )
                raise UserError(text)

    def _adopt_papers(self):
        """Make the papers readable with their closure, and only papers of one's own."""
        for closure in self:
            papers = closure.paper_ids.filtered(
                lambda file, own=closure: (
                    (file.res_model, file.res_id) != (own._name, own.id)
                )
            )
            papers.check_access("write")
            # sudo: the paper belongs to the closure from now on
            papers.sudo().write({"res_model": closure._name, "res_id": closure.id})

    @api.model
    def _next_name(self):
        # sudo: salespeople need no right on sequences
        return self.env["ir.sequence"].sudo().next_by_code("sale.order.closure")

    def _write_own(self, vals):
        """Write what only the closure itself writes; the review still guards it."""
        # sudo: reviewers need no right to write on closures
        return super(SaleOrderClosure, self.sudo()).write(vals)
