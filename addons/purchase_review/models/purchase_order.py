from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class PurchaseOrder(models.Model):
    """An order is the purchase plan and the choice of supplier until it is placed."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "review.mixin", "deadline.mixin"]

    _review_state_from = ("draft", "sent", "to approve")
    _review_state_to = ("purchase",)
    _review_fields = (
        "partner_id",
        "currency_id",
        "payment_term_id",
        "plan_reason",
        "plan_needed_by",
        "request_department_ids",
        "choice_reason",
    )
    _review_lines = {
        "order_line": (
            "product_id",
            "product_qty",
            "product_uom_id",
            "price_unit",
            "discount",
            "tax_ids",
            "date_planned",
        )
    }

    purchase_review = fields.Boolean(compute="_compute_purchase_review")
    plan_reason = fields.Text(
        string="Purpose",
        groups="base.group_user",
        help="What the purchase is for; needed to submit it for review.",
    )
    plan_needed_by = fields.Date(
        string="Needed by",
        copy=False,
        help="When the goods are needed; needed to submit the order for review.",
    )
    request_department_ids = fields.Many2many(
        "hr.department",
        string="Related Departments",
        groups="base.group_user",
        check_company=True,
        help="Their managers check the order before it is placed.",
    )
    choice_reason = fields.Text(
        string="Reason for the Supplier",
        copy=False,
        groups="base.group_user",
        help="Why this supplier was chosen, or why only one was asked.",
    )

    @api.depends("company_id", "review_state")
    def _compute_purchase_review(self):
        for order in self:
            order.purchase_review = (
                order.review_state != "none" or order._review_is_required()
            )

    # === CONFIRMATION === #

    def button_confirm(self):
        """Refuse in words what was not approved, before anything else happens."""
        waiting = self.filtered(lambda order: order.state in {"draft", "sent"})
        blockers = waiting._review_gate_blockers()
        if blockers:
            orders = waiting.filtered(lambda order: order.id in blockers)
            raise UserError(orders._get_confirm_message(blockers))
        return super().button_confirm()

    def _get_confirm_message(self, blockers):
        """Return why the orders wait, and what those to submit still lack."""
        closed = self.filtered(lambda order: order.review_state in {"none", "rejected"})
        # sudo: the check looks at the orders of other buyers, too.
        missing = closed.sudo()._review_submit_blockers()
        lines = []
        for order in self:
            lines += [blockers[order.id], *missing.get(order.id, [])]
        return "\n".join(lines)

    # === REVIEW === #

    def _review_submit_blockers(self):
        """Say what the plan and the order still lack."""
        blockers = super()._review_submit_blockers()
        for order in self:
            messages = [*order._get_plan_blockers(), *order._get_choice_blockers()]
            if messages:
                blockers.setdefault(order.id, []).extend(messages)
        return blockers

    def _get_plan_blockers(self):
        """Return what the single order lacks as a plan and as an order."""
        name, messages = self.name, []
        if not self._review_get_lines():
            messages.append(self.env._("%s: add what is to be bought.", name))
        if not (self.plan_reason or "").strip():
            messages.append(self.env._("%s: enter the purpose of the purchase.", name))
        if not self.plan_needed_by:
            messages.append(self.env._("%s: enter when the goods are needed.", name))
        if not self.payment_term_id:
            messages.append(self.env._("%s: choose the payment terms.", name))
        if not self.request_department_ids:
            messages.append(
                self.env._("%s: name the departments that check the order.", name)
            )
        return messages + self._get_department_blockers()

    def _get_department_blockers(self):
        """Return which departments have nobody who could check the single order."""
        return [
            self.env._(
                "%(order)s: department %(department)s has no manager with a login. "
                "Name one, or choose another department.",
                order=self.name,
                department=department.name,
            )
            for department in self.request_department_ids
            if not department.manager_id.user_id
        ]

    def _review_excluded_users(self):
        """Nobody reviews an order that he places or wrote."""
        return super()._review_excluded_users() | self.user_id

    def _review_get_amount(self):
        """Return the total in company currency."""
        self.ensure_one()
        return self.amount_total_cc

    def _review_get_title(self):
        """Name the order by its number, its supplier and its amount."""
        self.ensure_one()
        parts = (
            self.name,
            self.partner_id.name,
            self.currency_id.format(self.amount_total),
        )
        return " · ".join(filter(None, parts))

    def _review_snapshot(self):
        """Freeze what the reviewers compare: plan, lines, suppliers, reason."""
        snapshot = {
            **super()._review_snapshot(),
            self.env._("Supplier"): self.partner_id.display_name,
            self.env._("Total"): self.currency_id.format(self.amount_total),
            self.env._("Payment Terms"): self.payment_term_id.name or "",
            self.env._("Purpose"): self.plan_reason or "",
            self.env._("Needed by"): self._format_day(self.plan_needed_by),
            self.env._("Related Departments"): ", ".join(
                self.request_department_ids.mapped("name")
            ),
            self.env._("Reason for the Supplier"): self.choice_reason or "",
            self.env._("Lines"): [
                line._get_review_text() for line in self._review_get_lines()
            ],
        }
        rows = self._get_comparison()
        if rows:
            snapshot[self.env._("Comparison")] = rows
        return snapshot

    def _format_day(self, value):
        return format_date(self.env, value) if value else ""
