from odoo import api, fields, models


class OrderFeasibility(models.Model):
    """One round of opinions on whether an order can be delivered as agreed (会签).

    The row keeps what the departments were asked, so that earlier rounds stay
    readable whatever becomes of the order.
    """

    _name = "order.feasibility"
    _description = "Feasibility of an Order"
    _inherit = ["evidence.mixin", "mail.thread", "mail.activity.mixin", "review.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    _review_state_from = ("asked",)
    _review_state_to = ("feasible",)

    name = fields.Char(string="Number", required=True, readonly=True)
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(string="Round", required=True, readonly=True)
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("feasible", "Feasible"),
            ("infeasible", "Not Feasible"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="asked",
        index=True,
        tracking=True,
        group_expand=True,
    )
    order_class = fields.Selection(selection="_selection_order_class", readonly=True)
    nonstandard_reason = fields.Selection(
        selection="_selection_nonstandard_reason", readonly=True
    )
    date_asked = fields.Datetime(
        string="Delivery Date",
        readonly=True,
        help="The date that the departments were asked about.",
    )
    content = fields.Text(string="Products", readonly=True)
    requirement_note = fields.Text(string="Requirement", readonly=True)
    packing_method = fields.Char(readonly=True)
    opinion = fields.Text(
        string="Opinion of the Sales Clerk", required=True, readonly=True
    )
    asked_by_id = fields.Many2one("res.users", readonly=True)
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    answered_on = fields.Datetime(readonly=True)
    date_possible = fields.Date(
        string="Possible From",
        readonly=True,
        help="The latest of the dates that the departments proposed.",
    )
    opinion_text = fields.Text(
        string="Opinions", compute="_compute_opinion_text", compute_sudo=True
    )
    customer_answer = fields.Text(string="What the Customer Said", readonly=True)
    customer_contact = fields.Char(string="Said By", readonly=True)
    customer_answer_by_id = fields.Many2one(
        "res.users", string="Noted By", readonly=True
    )
    customer_answer_on = fields.Datetime(string="Noted On", readonly=True)
    date_agreed = fields.Date(readonly=True)
    customer_document_ids = fields.Many2many(
        "ir.attachment",
        "order_feasibility_document_rel",
        string="Customer's Papers",
        readonly=True,
    )

    _round_uniq = models.Constraint(
        "UNIQUE(order_id, number)", "This round was opened by somebody else. Reload."
    )
    _asked_uniq = models.UniqueIndex(
        "(order_id) WHERE state = 'asked'",
        "The departments are asked about this order already. Reload it.",
    )

    def _selection_order_class(self):
        return self._get_order_labels("order_class")

    def _selection_nonstandard_reason(self):
        return self._get_order_labels("nonstandard_reason")

    def _get_order_labels(self, name):
        return self.env["sale.order"]._fields[name]._description_selection(self.env)

    # === COMPUTE METHODS === #

    @api.depends("review_state", "review_step_id")
    @api.depends_context("lang")
    def _compute_opinion_text(self):
        tasks = self.env["review.task"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ("approved", "rejected")),
            ]
        )
        labels = {
            "approved": self.env._("feasible"),
            "rejected": self.env._("not feasible"),
        }
        texts = {}
        for task in tasks:
            text = f"{task.step_name} · {task.done_by.name} · {labels[task.state]}"
            texts.setdefault(task.res_id, []).append(f"{text}: {task.reason}")
        for round_ in self:
            round_.opinion_text = "\n".join(texts.get(round_.id, []))

    # === CRUD METHODS === #

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "Feasibility is asked on the order and answered by the departments; its "
            "rounds are evidence that nobody edits."
        )

    @api.model
    def _append(self, vals_list):
        self.flush_model(["state"])  # the last round closes before the next opens
        return super()._append(vals_list)

    def action_open_order(self):
        """Open the order, for those who may read it."""
        self.ensure_one()
        self.order_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }
