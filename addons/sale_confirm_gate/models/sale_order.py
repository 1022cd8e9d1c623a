from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .res_partner import PAYMENT_MODES, SETTLEMENT_TYPES

#: Written by the gate alone, see ``_confirm_gate_write``.
HOLD_FIELDS = frozenset(
    (
        "confirm_held",
        "confirm_hold_codes",
        "confirm_hold_reason",
        "confirm_held_on",
        "confirm_requested",
        "confirm_requested_by",
        "confirm_mail_requested",
    )
)
#: What core writes to confirm: nothing among it can change the verdict.
CONFIRMATION_FIELDS = frozenset(("state", "date_order", "locked"))
SETTLEMENT_FIELDS = ("settlement_type", "payment_mode")


class SaleOrder(models.Model):
    """The hard door: no order enters the state ``sale`` while something blocks it."""

    _inherit = "sale.order"

    settlement_type = fields.Selection(
        selection=SETTLEMENT_TYPES,
        compute="_compute_settlement",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="When the customer pays this order; fixed once it is confirmed.",
    )
    payment_mode = fields.Selection(
        selection=PAYMENT_MODES,
        compute="_compute_settlement",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="How the customer pays this order; fixed once it is confirmed.",
    )
    confirm_held = fields.Boolean(
        string="Held",
        readonly=True,
        copy=False,
        help="Somebody asked to confirm this order, but something still blocks it.",
    )
    confirm_hold_codes = fields.Char(
        string="Hold Codes", readonly=True, copy=False, groups="base.group_user"
    )
    confirm_hold_reason = fields.Text(
        string="Held Because", readonly=True, copy=False, groups="base.group_user"
    )
    confirm_held_on = fields.Datetime(string="Held Since", readonly=True, copy=False)
    confirm_requested = fields.Boolean(
        string="Confirmation Requested",
        readonly=True,
        copy=False,
        help="The order is confirmed by itself as soon as nothing blocks it.",
    )
    confirm_requested_by = fields.Many2one(
        comodel_name="res.users",
        string="Confirmation Requested By",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    confirm_mail_requested = fields.Boolean(
        string="Send Confirmation Mail", readonly=True, copy=False
    )

    _confirm_requested_idx = models.Index(
        "(confirm_held_on, id) WHERE confirm_requested IS TRUE"
    )

    @api.depends("partner_id")
    def _compute_settlement(self):
        for order in self:
            if order.state == "sale":
                continue  # another customer does not change what was agreed
            customer = order.partner_id.commercial_partner_id
            order.settlement_type = customer.settlement_type
            order.payment_mode = customer.payment_mode

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse orders created as confirmed sales while something blocks them."""
        for vals in vals_list:
            self._check_hold_fields(name for name in HOLD_FIELDS if vals.get(name))
        # Explicit values, so that defaults of the context cannot fill them either.
        unheld = dict.fromkeys(HOLD_FIELDS, False)
        orders = super().create([{**vals, **unheld} for vals in vals_list])
        orders.filtered(lambda order: order.state == "sale")._confirm_gate_recheck()
        return orders

    def write(self, vals):
        """Refuse the state ``sale`` while something blocks it, whoever writes it."""
        self._check_hold_fields(HOLD_FIELDS.intersection(vals))
        self._check_settlement_fixed(vals)
        entering = self.browse()
        if vals.get("state") == "sale":
            entering = self.filtered(lambda order: order.state != "sale")
            entering._confirm_gate_check()
        entering |= self._get_confirmed_elsewhere(vals)
        result = super().write(vals)
        if entering and not CONFIRMATION_FIELDS.issuperset(vals):
            entering._confirm_gate_recheck()
        if vals.get("state") in {"draft", "sale", "cancel"}:
            self._confirm_hold_clear()
        return result

    # === HARD DOOR === #

    def _get_confirmed_elsewhere(self, vals):
        """Return the confirmed orders that ``vals`` brings into another company.

        What another company let pass is checked again by the rules of this one.
        """
        if "company_id" not in vals:
            return self.browse()
        return self.filtered(
            lambda order: (
                order.state == "sale" and order.company_id.id != vals["company_id"]
            )
        )

    def _confirm_gate_check(self):
        """Raise for the orders of ``self`` that something blocks.

        :raise UserError: naming each order with its reasons and remedies
        """
        blockers = self._confirm_blockers() if self else {}
        texts = [
            self.env._(
                "%(order)s cannot be confirmed:\n%(reasons)s",
                order=order.display_name,
                reasons="\n".join(f"- {message}" for _code, message in reasons),
            )
            for order in self
            if (reasons := blockers.get(order.id))
        ]
        if texts:
            raise UserError("\n\n".join(texts))

    def _confirm_gate_recheck(self):
        """Judge orders that became ``sale`` together with other values.

        The new values count, the state does not: every check sees the order as the
        quotation it was, so that none counts it among the confirmed ones.
        """
        if not self:
            return
        silent = self.with_context(tracking_disable=True)
        silent._confirm_gate_write({"state": "draft"})
        self._confirm_gate_check()
        silent._confirm_gate_write({"state": "sale"})

    def _confirm_gate_write(self, vals):
        """Write what only the gate may write: the way around ``write`` above.

        ``sudo`` because holds are also set for customers and readers.
        """
        return super(SaleOrder, self.sudo()).write(vals)

    def _check_hold_fields(self, names):
        if refused := sorted(names):
            raise AccessError(
                self.env._(
                    "%(fields)s are kept by the system. Confirm, cancel or reset the "
                    "order instead of writing them.",
                    fields=", ".join(refused),
                )
            )

    def _check_settlement_fixed(self, vals):
        for name in SETTLEMENT_FIELDS:
            if name not in vals:
                continue
            for order in self:
                if order.state == "sale" and (order[name] or False) != (
                    vals[name] or False
                ):
                    raise UserError(
                        self.env._(
                            "%(order)s is confirmed, so its settlement type and "
                            "payment mode are fixed. Cancel it and set it back to "
                            "quotation to change them.",
                            order=order.display_name,
                        )
                    )

    # === HOOKS === #

    def _confirm_blockers(self):
        """Return why orders of ``self`` may not be confirmed now.

        Extend with ``super()`` and ``setdefault(order.id, []).append(...)``.  The
        orders are not confirmed yet; nothing is written.

        :return: ``{order id: [(code, message with reason and remedy)]}``
        """
        return {}

    def _confirm_hold_responsible(self):
        """Return the users told that the single order is held."""
        self.ensure_one()
        order = self.sudo()  # told even when the customer asked
        for user in (
            order.user_id,
            order.team_id.user_id,
            order.confirm_requested_by,
            order.create_uid,
        ):
            if user.active and user._is_internal():
                return user
        managers = self.env.ref("sales_team.group_sale_manager").sudo().all_user_ids
        return managers.filtered(
            lambda user: user.active and order.company_id in user.company_ids
        )[:1]
