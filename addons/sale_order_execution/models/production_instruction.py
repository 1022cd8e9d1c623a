from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .order_execution_document import is_figure

LIVE_STATES = ("draft", "issued", "acknowledged")
STAGES = ("take", "place", "production", "quality", "ship")


class ProductionInstruction(models.Model):
    """生产指令单: what production is to make for an order, and how far it is."""

    _name = "production.instruction"
    _description = "Production Instruction"
    _inherit = ["order.execution.document"]
    _order = "date_promised, id"
    _check_company_auto = True

    _sequence_code = "production.instruction"
    _engine_fields = {
        "name": False,
        "state": "draft",
        "stage": "take",
        "version": 0,
        "issued_on": False,
        "issued_by_id": False,
        "acknowledged_on": False,
        "acknowledged_by_id": False,
        "close_reason": False,
        "tracked_date": False,
    }
    _content_fields = frozenset(
        ("order_id", "company_id", "requirement", "date_promised", "line_ids")
    )

    name = fields.Char(string="Number", readonly=True, copy=False)
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    order_name = fields.Char(related="order_id.name", string="Order Number", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        related="order_id.partner_id", string="Customer", store=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Merchandiser",
        domain="[('share', '=', False)]",
        tracking=True,
        help="Issues the instruction and follows the order until it is delivered.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("acknowledged", "Acknowledged"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    stage = fields.Selection(
        [
            ("take", "Take order"),
            ("place", "Place order"),
            ("production", "Production follow-up"),
            ("quality", "Quality check"),
            ("ship", "Pack and ship"),
        ],
        default="take",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_promised = fields.Datetime(string="Promised On", readonly=True, tracking=True)
    requirement = fields.Text(help="What production has to keep in mind.")
    line_ids = fields.One2many("production.instruction.line", "instruction_id")
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    version_ids = fields.One2many(
        "production.instruction.version",
        "instruction_id",
        string="Versions",
        readonly=True,
    )
    issued_on = fields.Datetime(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    close_reason = fields.Text(readonly=True, copy=False)
    tracked_date = fields.Datetime(
        readonly=True,
        copy=False,
        help="The promised date for which a reminder is set.",
    )
    progress_ids = fields.One2many(
        "production.progress", "instruction_id", readonly=True
    )
    tracking_ids = fields.One2many("order.tracking", "instruction_id", readonly=True)
    quantity_ordered = fields.Float(
        compute="_compute_quantities", compute_sudo=True, digits="Product Unit"
    )
    quantity_done = fields.Float(
        compute="_compute_quantities", compute_sudo=True, digits="Product Unit"
    )
    percent_done = fields.Float(
        string="Done (%)", compute="_compute_quantities", compute_sudo=True
    )
    problem_count = fields.Integer(
        string="Open Problems", compute="_compute_problem_count", compute_sudo=True
    )
    delivery_late = fields.Boolean(
        compute="_compute_delivery_late",
        search="_search_delivery_late",
        help="The promised date has passed and the order is not delivered.",
    )

    _order_uniq = models.UniqueIndex(
        "(order_id) WHERE state != 'cancelled'",
        "This order has a production instruction already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("line_ids.quantity", "progress_ids.quantity")
    def _compute_quantities(self):
        sums = {}
        for model in ("production.instruction.line", "production.progress"):
            domain = Domain("instruction_id", "in", self.ids)
            sums[model] = dict(
                self.env[model]._read_group(
                    domain, ["instruction_id"], ["quantity:sum"]
                )
            )
        for instruction in self:
            ordered = sums["production.instruction.line"].get(instruction, 0.0)
            done = sums["production.progress"].get(instruction, 0.0)
            instruction.quantity_ordered = ordered
            instruction.quantity_done = done
            share = min(max(done / ordered, 0.0), 1.0) if ordered else 0.0
            instruction.percent_done = 100.0 * share

    @api.depends("progress_ids.problem_state")
    def _compute_problem_count(self):
        counts = dict(
            self.env["production.progress"]._read_group(
                Domain("instruction_id", "in", self.ids)
                & Domain("problem_state", "=", "open"),
                ["instruction_id"],
                ["__count"],
            )
        )
        for instruction in self:
            instruction.problem_count = counts.get(instruction, 0)

    @api.depends("state", "date_promised")
    def _compute_delivery_late(self):
        now = fields.Datetime.now()
        for instruction in self:
            instruction.delivery_late = bool(
                instruction.state in LIVE_STATES
                and instruction.date_promised
                and instruction.date_promised < now
            )

    def _search_delivery_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", LIVE_STATES) & Domain(
            "date_promised", "<", fields.Datetime.now()
        )

    @api.constrains("order_id", "company_id")
    def _check_order(self):
        for instruction in self.sudo():  # sudo: production reads no orders
            order = instruction.order_id
            if order.state != "sale" or order.company_id != instruction.company_id:
                raise ValidationError(
                    self.env._(
                        "%s is not confirmed: there is nothing to produce yet.",
                        order.display_name,
                    )
                )

    # === PROGRESS === #

    def log_progress(self, quantity, note=None, problem=False, product_id=False):
        """Add a row to the progress log.

        :param float quantity: done since the last row; negative takes back
        :param bool problem: keeps the row on the list of problems until it is solved
        """
        self._check_progress()
        self._check_quantity(quantity)
        if problem or quantity <= 0:
            note = self._clean(note, self.env._("Note"))
        note = self._clean_note(note)
        product = self.line_ids.product_id.filtered(lambda row: row.id == product_id)
        self.env["production.progress"]._append(
            [
                {
                    "instruction_id": self.id,
                    "date": fields.Date.context_today(self),
                    "product_id": (product or self.line_ids.product_id[:1]).id,
                    "quantity": quantity,
                    "note": note or False,
                    "problem": bool(problem),
                    "problem_state": "open" if problem else False,
                    "user_id": self.env.uid,
                }
            ]
        )
        if problem:
            users = self._get_clerks() - self.env.user
            self._tell(users, self.env._("Problem in production"), note, act=False)
        return True

    def _check_quantity(self, quantity):
        if not is_figure(quantity):
            raise ValidationError(self.env._("Enter the quantity done as a number."))
        if self.quantity_done + quantity < 0:
            raise ValidationError(
                self.env._(
                    "%s: no more can be taken back than was done.", self.display_name
                )
            )

    def action_log_progress(self):
        """Ask how far production is."""
        self._check_progress()
        return self._ask("progress", problem=False)

    def action_log_problem(self):
        """Ask what keeps production from going on."""
        self._check_progress()
        return self._ask("progress", problem=True)
