from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

#: Columns that only the notice's own verbs write, with their value on a new one.
OWN_FIELDS = {
    "state": "draft",
    "base_print": False,
    "base_version": 0,
    "reacted_at": False,
    "contacted_on": False,
    "contacted_by_id": False,
    "contact_note": False,
    "supplement_state": "undecided",
    "supplement_note": False,
    "rereview_note": False,
    "apply_error": False,
    "applied_at": False,
    "applied_by_id": False,
    "version_id": False,
}
#: What is submitted: it changes in draft only.
CONTENT_FIELDS = frozenset(
    (
        "name",
        "order_id",
        "kind",
        "is_technical",
        "affects_structure",
        "caused_by",
        "received_at",
        "reason",
        "new_commitment_date",
        "paper_ids",
        "line_ids",
    )
)
KINDS = [
    ("minor", "Minor"),
    ("delivery", "Affects delivery"),
    ("structure", "Structure or main component"),
]


class SaleChangeNotice(models.Model):
    """更改通知单: the only way to change what was agreed on a confirmed order."""

    _name = "sale.change.notice"
    _description = "Change Notice"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "deadline.mixin",
        "review.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

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
            ("review", "Under Review"),
            ("approved", "Approved"),
            ("applied", "Applied"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
            ("filed", "Filed"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Sales Order",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'sale')]",
    )
    # order
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id", string="Customer", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True, precompute=True
    )
    # what is asked for
    kind = fields.Selection(
        KINDS,
        required=True,
        default="minor",
        tracking=True,
        help="Minor: neither structure nor plan is touched. A change of the delivery "
        "date or a larger quantity affects the delivery; another product is a change "
        "of the structure.",
    )
    is_technical = fields.Boolean(string="Technical Change", tracking=True)
    affects_structure = fields.Boolean(
        string="Affects Structure, Components or Plan",
        default=True,
        help="A technical change that touches neither the overall structure nor a "
        "component model, a designated maker or the plan is only filed.",
    )
    caused_by = fields.Selection(
        [("customer", "Customer"), ("company", "Company")],
        required=True,
        default="customer",
        tracking=True,
    )
    received_at = fields.Datetime(
        required=True, default=fields.Datetime.now, tracking=True
    )
    reacted_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    reason = fields.Text(required=True)
    new_commitment_date = fields.Datetime(string="New Delivery Date", tracking=True)
    old_commitment_date = fields.Datetime(
        string="Delivery Date so far",
        compute="_compute_old_commitment_date",
        store=True,
        precompute=True,
    )
    line_ids = fields.One2many(
        "sale.change.notice.line", "notice_id", string="Lines", copy=False
    )
    amount_difference = fields.Monetary(
        string="Difference (untaxed)", compute="_compute_amount_difference", store=True
    )
    # what the order was, when this was drafted
    base_print = fields.Char(readonly=True, copy=False)
    base_version = fields.Integer(readonly=True, copy=False)

    # === COMPUTE METHODS === #

    @api.depends("order_id")
    def _compute_old_commitment_date(self):
        for notice in self:
            # sudo: designers see the date of orders they do not sell
            notice.old_commitment_date = notice.sudo().order_id.commitment_date

    @api.depends("line_ids.amount_difference")
    def _compute_amount_difference(self):
        for notice in self:
            notice.amount_difference = sum(notice.line_ids.mapped("amount_difference"))

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """Show every line of the order, to be changed or left as it is."""
        # sudo: designers see the lines of orders they do not sell
        lines = self.order_id.sudo()._change_get_lines()._origin
        rows = [Command.create({"order_line_id": line.id}) for line in lines]
        self.line_ids = [Command.clear(), *rows]

    # === CONSTRAINT METHODS === #

    @api.constrains("received_at")
    def _check_received_at(self):
        for notice in self:
            if notice.received_at > fields.Datetime.add(
                fields.Datetime.now(), minutes=1
            ):
                raise ValidationError(
                    self.env._("%s cannot be received in the future.", notice.name)
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own_fields(vals)
            self._check_order(vals.get("order_id"))
            self._check_line_commands(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        vals_list = [
            {**vals, **OWN_FIELDS, "name": self._next_name()} for vals in vals_list
        ]
        notices = super().create(vals_list)
        # Defaults of the caller are none for the clocks.
        clean = notices.with_context(clean_context(self.env.context))
        clean._keep_papers()
        clean._freeze_base()
        clean._start_reaction()
        return notices

    def write(self, vals):
        self._check_own_fields(vals)
        if CONTENT_FIELDS & vals.keys():
            self._check_draft()
            self._check_line_commands(vals)
            if vals.get("order_id") and self.order_id.ids != [vals["order_id"]]:
                raise UserError(
                    self.env._("A change notice stays with its order: draft another.")
                )
        result = super().write(vals)
        if "paper_ids" in vals:
            self._keep_papers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for notice in self:
            if notice.state != "draft":
                raise UserError(
                    self.env._("%s is evidence: cancel it instead.", notice.name)
                )

    def _check_own_fields(self, vals):
        """Refuse columns that follow from the verbs, to everybody, sudo included."""
        forged = [
            name
            for name in OWN_FIELDS.keys() & vals.keys()
            if self or (vals[name] or False) != (OWN_FIELDS[name] or False)
        ]
        if forged:
            raise AccessError(
                self.env._(
                    "%s: kept by the change notice. Use its actions.",
                    ", ".join(self._fields[name].string for name in sorted(forged)),
                )
            )

    def _check_line_commands(self, vals):
        """Refuse bad figures before anything is computed with them."""
        for command in vals.get("line_ids") or []:
            if command[0] in {Command.CREATE, Command.UPDATE}:
                self.line_ids._check_figures(command[2])

    def _check_draft(self):
        for notice in self:
            if notice.state != "draft":
                raise UserError(
                    self.env._(
                        "%s was submitted: what it asks for cannot change any more. "
                        "Recall it, or draft another.",
                        notice.name,
                    )
                )

    @api.model
    def _check_order(self, order_id):
        """Refuse an order that is not open to change notices, or not to the user."""
        order = self.env["sale.order"].browse(order_id).exists()
        technical = "sale_change_notice.group_change_technical"
        if not (self.env.su or self.env.user.has_group(technical)):
            order.check_access("read")
        order = order.sudo()  # sudo: designers draft for orders they do not sell
        if not order or order.state != "sale":
            raise UserError(
                self.env._(
                    "%s is not confirmed: change the quotation itself.",
                    order.display_name or "-",
                )
            )
        if not order.company_id.order_changes:
            raise UserError(
                self.env._(
                    "%s has no change notices. Switch them on in the settings.",
                    order.company_id.name,
                )
            )

    @api.model
    def _next_name(self):
        # sudo: whoever drafts needs no right on sequences.
        return self.env["ir.sequence"].sudo().next_by_code("sale.change.notice")

    def _notice_write(self, vals):
        """Write what only the verbs write; the gate of the review still holds."""
        # sudo: whoever decides or applies need not edit notices
        return super(SaleChangeNotice, self.sudo()).write(vals)

    def _freeze_base(self):
        """Remember what the order says, to notice when it says something else."""
        for notice in self.sudo():  # sudo: as in `_check_order`
            order = notice.order_id
            notice._notice_write(
                {
                    "base_print": order._change_get_print(),
                    "base_version": order.change_version,
                }
            )
