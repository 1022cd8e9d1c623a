from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
#: The column of the deliveries nobody asked to release.
TO_REQUEST = _lt("To Request")

#: Written by the release alone, see ``_release_write``.
RELEASE_FIELDS = frozenset(
    (
        "release_held",
        "release_hold_codes",
        "release_hold_reason",
        "release_held_on",
        "release_requested_by",
    )
)


class StockPicking(models.Model):
    """A delivery is released by the supervisor's signature: the shipping notice."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "review.mixin", "deadline.mixin"]

    _review_state_from = ("draft", "waiting", "confirmed", "assigned")
    _review_state_to = ("done",)
    _review_fields = ("partner_id", "location_dest_id")
    _review_lines = {"move_ids": ("product_id", "product_uom_qty", "product_uom")}

    review_step_id = fields.Many2one(falsy_value_label=TO_REQUEST)
    release_needed = fields.Boolean(
        string="Needs a Signature",
        compute="_compute_release_needed",
        search="_search_release_needed",
        compute_sudo=True,
        help="The goods leave the store with this transfer, after the signature only.",
    )
    released_on = fields.Datetime(compute="_compute_released", compute_sudo=True)
    released_by = fields.Many2one(
        comodel_name="res.users", compute="_compute_released", compute_sudo=True
    )
    release_held = fields.Boolean(
        string="Held",
        readonly=True,
        copy=False,
        help="Something stands against letting these goods go.",
    )
    # Customers read their deliveries, but not what is said about their credit.
    release_hold_codes = fields.Char(
        string="Hold Codes", readonly=True, copy=False, groups="base.group_user"
    )
    release_hold_reason = fields.Text(
        string="Held Because", readonly=True, copy=False, groups="base.group_user"
    )
    release_held_on = fields.Datetime(string="Held Since", readonly=True, copy=False)
    release_requested_by = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    _release_held_idx = models.Index("(release_held_on) WHERE release_held IS TRUE")

    @api.depends("move_ids.state", "review_state")
    def _compute_release_needed(self):
        needed = self._filter_release_needed()
        needed.release_needed = True
        (self - needed).release_needed = False

    def _search_release_needed(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: every company's deliveries, the cron looks at all of them
        flows = self.env["review.flow"].sudo().search([("model", "=", self._name)])
        released = Domain.TRUE
        if all(flow.company_id for flow in flows):
            released = Domain("company_id", "in", flows.company_id.ids)
        outward = Domain("location_dest_id.usage", "=", "customer") | Domain(
            "location_final_id.usage", "=", "customer"
        )
        step = outward & Domain("location_id.usage", "not in", ("customer", "supplier"))
        first = step & ~Domain("move_orig_ids", "any", step)
        exempt = Domain("picking_type_id.code", "=", "outgoing") & Domain(
            "picking_type_id.release_required", "=", False
        )
        return (
            released
            & ~exempt
            & Domain("move_ids", "any", first & Domain("state", "!=", "cancel"))
        )

    @api.depends("review_state", "review_request_id")
    def _compute_released(self):
        for picking in self:
            request = picking.review_request_id
            is_released = picking.review_state == "approved"
            picking.released_on = is_released and request.closed_at
            picking.released_by = is_released and request.closed_by

    def _filter_release_needed(self):
        """Return the transfers by which goods leave under a signature of their own."""
        if not self.env["review.flow"]._is_live("stock.picking"):
            return self.browse()
        return self.filtered(
            # sudo: the gate sees every step, whoever asks
            lambda picking: any(
                move._needs_signature() for move in picking.sudo().move_ids
            )
        )

    def _is_counter_sale(self):
        """Return whether the goods are handed over at a point of sale."""
        return bool("pos_session_id" in self._fields and self.pos_session_id)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._release_refuse_fields(
                name for name in RELEASE_FIELDS if vals.get(name)
            )
        # Explicit values, so that defaults of the context cannot fill them either.
        free = dict.fromkeys(RELEASE_FIELDS, False)
        return super().create([{**vals, **free} for vals in vals_list])

    def write(self, vals):
        self._release_refuse_fields(RELEASE_FIELDS.intersection(vals))
        result = super().write(vals)
        if "scheduled_date" in vals and self._review_is_live():
            self._release_restart_notice()
        return result

    def _release_refuse_fields(self, names):
        if refused := sorted(names):
            raise AccessError(
                self.env._(
                    "%(fields)s are kept by the system. Request the release of the "
                    "delivery instead of writing them.",
                    fields=", ".join(refused),
                )
            )

    def _release_write(self, vals):
        """Write what only the release may write: the way around ``write`` above."""
        # sudo: holds are also set when somebody else confirms money
        return super(StockPicking, self.sudo()).write(vals)

    # === REVIEW === #

    def _review_is_required(self):
        return super()._review_is_required() and bool(self._filter_release_needed())

    def _review_get_guarded(self):
        """Leave the transfers alone that are leaving now: they were checked before."""
        departing = self._release_get_departing()
        guarded = super()._review_get_guarded()
        return guarded.filtered(lambda picking: picking.id not in departing)

    def _review_excluded_users(self):
        """Who draws the goods, or planned the delivery by hand, does not sign for it.

        A delivery that a rule planned has no author: whoever confirmed the order, its
        approver perhaps, only happened to trigger it.
        """
        authors = super()._review_excluded_users()
        if self.move_ids.rule_id:
            authors -= self.create_uid
        return authors | self.user_id

    def _review_get_title(self):
        return " · ".join(filter(None, (self.name, self.partner_id.display_name)))

    def _review_snapshot(self):
        self.ensure_one()
        day = fields.Datetime.to_string(self.scheduled_date) or ""
        moves = self._review_get_lines("move_ids")
        return {
            **super()._review_snapshot(),
            self.env._("Delivery Address"): self.partner_id._display_address(),
            self.env._("Source Document"): self.origin or "",
            self.env._("Scheduled Date"): day,
            self.env._("Goods"): [move._get_release_row() for move in moves],
        }

    def _review_get_confirmed_message(self):
        return self.env._(
            "%s has left as it was signed for: what was signed cannot change any more. "
            "Make a return or another delivery.",
            self.display_name,
        )
