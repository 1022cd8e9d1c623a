import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

FEASIBILITY_ACTIVITY = "sale_order_intake.mail_activity_type_feasibility"
#: The order waits for an answer, or has one that still holds.
ANSWERABLE = {"asked", "feasible", "infeasible", "negotiation"}


class SaleOrder(models.Model):
    """Whether the order can be made and delivered in time, and who said so."""

    _inherit = "sale.order"

    feasibility_state = fields.Selection(
        [
            ("none", "Not Asked"),
            ("asked", "Asked"),
            ("feasible", "Feasible"),
            ("infeasible", "Not Feasible"),
            ("negotiation", "Negotiated with Customer"),
            ("refused", "Not Accepted"),
        ],
        string="Feasibility",
        default="none",
        readonly=True,
        copy=False,
        tracking=True,
    )
    feasibility_print = fields.Char(readonly=True, copy=False, groups="base.group_user")
    feasibility_ids = fields.One2many(
        "order.feasibility",
        "order_id",
        string="Feasibility Rounds",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )
    feasibility_count = fields.Integer(
        string="Rounds",
        compute="_compute_feasibility_count",
        groups="sales_team.group_sale_salesman",
    )
    feasibility_text = fields.Text(
        string="Answers",
        compute="_compute_feasibility_text",
        groups="base.group_user",
    )
    feasibility_needed = fields.Boolean(
        compute="_compute_feasibility_text", groups="base.group_user"
    )

    @api.depends("feasibility_ids")
    def _compute_feasibility_count(self):
        rows = self.env["order.feasibility"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = dict(rows)
        for order in self:
            order.feasibility_count = counts.get(order._origin, 0)

    @api.depends("feasibility_state", "order_line.product_id", "company_id")
    def _compute_feasibility_text(self):
        for order in self:
            order.feasibility_needed = order._needs_feasibility()
            order.feasibility_text = order._get_feasibility_answer()

    # === WHAT IT IS ABOUT === #

    def _needs_feasibility(self):
        """Tell whether departments answer for the single order before it moves on."""
        self.ensure_one()
        if not self.company_id.order_intake:
            return False
        flow = self.env["review.flow"]._get_flow("order.feasibility", self.company_id)
        return bool(flow and self._get_feasibility_lines())

    def _get_feasibility_lines(self):
        """Return the lines that somebody has to make, buy or deliver."""
        return self.order_line.filtered(
            lambda line: (
                line._is_intake_goods()
                and not line.surcharge_id
                and (
                    self.order_class == "nonstandard"
                    or (
                        line.product_type != "service"
                        and line.product_id.ask_feasibility
                    )
                )
            )
        )

    def _get_feasibility_print(self):
        """Return the fingerprint of what the departments answer about."""
        self.ensure_one()
        lines = sorted(
            (line.product_id.id, round(line.product_uom_qty, 6), line.product_uom_id.id)
            for line in self._get_feasibility_lines()
        )
        terms = (
            fields.Datetime.to_string(self.commitment_date),
            self.order_class,
            self.nonstandard_reason or "",
            (self.requirement_note or "").strip(),
        )
        return hashlib.sha256(repr((lines, terms)).encode()).hexdigest()

    def _is_feasible(self):
        """Tell whether every department said so about the order as it stands."""
        order = self.sudo()  # hidden column
        return not order._needs_feasibility() or (
            order.feasibility_state == "feasible"
            and order.feasibility_print == order._get_feasibility_print()
        )

    def _get_feasibility(self):
        """Return the last round of the single order."""
        # sudo: rounds count whoever reads the order
        return (
            self.env["order.feasibility"]
            .sudo()
            .search([("order_id", "=", self._origin.id)], limit=1)
        )

    def _get_feasibility_answer(self):
        """Return who said what in the last round, and since when it waits."""
        if self.feasibility_state not in ANSWERABLE:
            return ""
        last = self._get_feasibility()
        texts = [last.opinion_text]
        if last.state == "asked" and last.review_waiting_on:
            texts.append(self.env._("Waiting on %s", last.review_waiting_on))
        return "\n".join(filter(None, texts))

    # === HOOKS OF THE DESK === #

    def _intake_follow(self):
        """An answer holds as long as the order is what it was."""
        for order in self._intake_orders():
            if order.feasibility_state in ANSWERABLE and order._is_answer_outdated():
                order._feasibility_void()
        return super()._intake_follow()

    def _is_answer_outdated(self):
        if self.state not in {"draft", "sent"}:
            return self.state == "cancel"
        order = self.sudo()  # hidden column
        return order.feasibility_print != order._get_feasibility_print()

    def _feasibility_void(self):
        """Ask again: the single order changed, or is cancelled."""
        self._get_feasibility()._void(self.env._("The order changed."))
        self._intake_write({"feasibility_state": "none", "feasibility_print": False})
        self._intake_log("feasibility", event="void")
        if self.state != "cancel":
            self._feasibility_remind(
                self._get_desk_user(),
                self.env._("The order changed: ask for feasibility again"),
            )
        else:
            # sudo: the reminder may be a colleague's
            self.sudo().activity_unlink([FEASIBILITY_ACTIVITY])

    def _intake_is_reviewed(self):
        """The order moves on when every department said feasible (OCM-08)."""
        return super()._intake_is_reviewed() and (
            self.state == "sale" or self._is_feasible()
        )

    def _get_intake_blockers(self):
        """Add what the departments still have to answer."""
        found = super()._get_intake_blockers()
        if not self._is_feasible():
            found.append(("feasibility", self._get_feasibility_message()))
        return found

    def _get_feasibility_message(self):
        """Return why the order waits, and the remedy."""
        answer = (self._get_feasibility_answer() or "").replace("\n", "; ")
        if self.feasibility_state == "asked":
            return self.env._(
                "The departments have not all said whether it is feasible. %s", answer
            )
        if self.feasibility_state in {"infeasible", "negotiation"}:
            return self.env._(
                "Not feasible: %s. Agree on a later date with the customer, or ask "
                "the management not to accept the order.",
                answer,
            )
        return self.env._("Ask the departments whether the order is feasible.")

    def _get_reviewed_on(self):
        """The later of the desk's review and the departments' answers."""
        checked = super()._get_reviewed_on()
        if self.feasibility_state != "feasible":
            return checked
        answered = self._get_feasibility().answered_on
        return max(checked, answered) if checked and answered else checked or answered

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        # sudo: rounds count whoever deletes
        rounds = self.env["order.feasibility"].sudo()
        asked = rounds.search([("order_id", "in", self.ids)], limit=1).order_id
        if asked:
            raise UserError(
                self.env._(
                    "The departments were asked about %s: cancel it instead of "
                    "deleting it.",
                    asked.name,
                )
            )

    def _feasibility_remind(self, user, summary, note=""):
        self._intake_schedule(FEASIBILITY_ACTIVITY, user, note, summary)
