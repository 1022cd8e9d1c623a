from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Blocker codes of the credit gate.
CREDIT_CODES = frozenset(
    ("credit", "overdue", "cash_only", "credit_hold", "certification")
)
#: Written by the engine alone.
CREDIT_FIELDS = frozenset(
    (
        "credit_partner_id",
        "credit_open",
        "credit_open_delivered",
        "credit_state",
        "credit_closed",
    )
)


class SaleOrder(models.Model):
    """What an order stores for the credit check, and who may write it: nobody."""

    _inherit = "sale.order"

    credit_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    credit_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Credit customer",
        compute="_compute_credit_partner_id",
        store=True,
        copy=False,
        help="The company whose credit limit this order uses.",
    )
    credit_open = fields.Monetary(
        string="Open on credit",
        compute="_compute_credit_open",
        store=True,
        copy=False,
        currency_field="credit_currency_id",
        help="What of the confirmed order is not invoiced yet, taxes included.",
    )
    credit_open_delivered = fields.Monetary(
        string="Delivered, not invoiced",
        compute="_compute_credit_open",
        store=True,
        copy=False,
        currency_field="credit_currency_id",
    )
    credit_state = fields.Selection(
        selection=[
            ("none", "Not checked"),
            ("ok", "Within the limit"),
            ("held", "Held"),
            ("released", "Released"),
        ],
        string="Credit",
        compute="_compute_credit_state",
        store=True,
        copy=False,
    )
    credit_closed = fields.Boolean(
        string="Short-closed",
        readonly=True,
        copy=False,
        help="The rest of the order will not be delivered and uses no credit.",
    )
    credit_decision_ids = fields.One2many(
        comodel_name="credit.decision",
        inverse_name="order_id",
        groups="account_credit_limit.group_credit_user",
    )

    _credit_open_idx = models.Index(
        "(credit_partner_id, company_id) INCLUDE (credit_open, credit_open_delivered) "
        "WHERE credit_open <> 0"
    )
    _credit_held_idx = models.Index(
        "(credit_partner_id, company_id) WHERE credit_state = 'held'"
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_invoice_id.commercial_partner_id", "company_id")
    def _compute_credit_partner_id(self):
        for order in self:
            controlled = order.company_id.credit_control
            order.credit_partner_id = controlled and order._get_credit_partner()

    @api.depends(
        "state",
        "company_id",
        "confirm_held",
        "confirm_hold_codes",
        "credit_decision_ids.expires_at",
    )
    def _compute_credit_state(self):
        now = fields.Datetime.now()
        for order in self:
            # evidence expires by the clock, the nightly net refreshes the state
            released = any(d.expires_at >= now for d in order.credit_decision_ids)
            if not order.company_id.credit_control:
                order.credit_state = "none"
            elif order.state == "sale":
                decided = bool(order.credit_decision_ids)
                order.credit_state = "released" if decided else "ok"
            elif order.confirm_held and order._get_hold_codes() & CREDIT_CODES:
                order.credit_state = "released" if released else "held"
            else:
                order.credit_state = "released" if released else "none"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        context = self.env.context
        self._check_credit_fields(n for n in CREDIT_FIELDS if f"default_{n}" in context)
        for vals in vals_list:
            self._check_credit_fields(n for n in CREDIT_FIELDS if vals.get(n))
        return super().create(vals_list)

    def write(self, vals):
        self._check_credit_fields(CREDIT_FIELDS & vals.keys())
        with self._follow_credit_amendment(vals):
            return super().write(vals)

    def _write_credit(self, vals):
        """Write what only the engine may write: the way around ``write`` above."""
        # sudo: the calling method has checked the right to close or reopen
        return super(SaleOrder, self.sudo()).write(vals)

    def _check_credit_fields(self, names):
        if refused := sorted(names):
            raise AccessError(
                self.env._(
                    "%(fields)s are kept by the credit control. Use the credit "
                    "buttons of the order instead of writing them.",
                    fields=", ".join(refused),
                )
            )

    # === HELPERS === #

    def _get_credit_partner(self):
        """Return the company that owes what this order will be invoiced."""
        return self.partner_invoice_id.commercial_partner_id

    def _get_hold_codes(self):
        return set((self.confirm_hold_codes or "").split(","))
