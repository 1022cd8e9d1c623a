from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Columns of this module that only its own steps write, as on a new order.
APPLICATION_FIELDS = {
    "stock_checked_on": False,
    "finance_copy_state": "none",
    "finance_copy_sent_on": False,
    "finance_copy_filed_on": False,
    "finance_copy_filed_by_id": False,
}


class SaleOrder(models.Model):
    """An order goes through the review of its Sales Application before it is sold."""

    _name = "sale.order"
    _inherit = ["sale.order", "review.mixin"]

    _review_state_from = ("draft", "sent")
    _review_state_to = ("sale",)
    _review_fields = (
        "partner_id",
        "partner_invoice_id",
        "pricelist_id",
        "currency_id",
        "payment_term_id",
        "settlement_type",
        "payment_mode",
    )
    _review_lines = {
        "order_line": (
            "product_id",
            "product_uom_qty",
            "product_uom_id",
            "price_unit",
            "discount",
            "tax_ids",
        )
    }

    order_review = fields.Boolean(compute="_compute_order_review")
    order_channel = fields.Selection(
        [
            ("telephone", "By telephone"),
            ("in_person", "In person"),
            ("message", "By message"),
            ("email", "By e-mail"),
            ("online", "Online"),
        ],
        tracking=True,
        help="How the customer placed the order; needed to submit it for review.",
    )
    cash_remark = fields.Selection(
        [("cash", "Cash transaction")],
        string="Remark",
        compute="_compute_cash_remark",
        help="Set by itself when the customer pays in cash or by cheque.",
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "review_state")
    def _compute_order_review(self):
        for order in self:
            order.order_review = (
                order.review_state != "none" or order._review_is_required()
            )

    @api.depends("payment_mode")
    def _compute_cash_remark(self):
        for order in self:
            is_cash = order.payment_mode in {"cash", "cheque"}
            order.cash_remark = "cash" if is_cash else False

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_application_vals(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        return super().create([{**vals, **APPLICATION_FIELDS} for vals in vals_list])

    def write(self, vals):
        self._check_application_vals(vals)
        units = {order: order.team_id for order in self if order.review_state == "open"}
        result = super().write(vals)
        self._review_follow_units(units)
        return result

    def _review_follow_units(self, units):
        """Start again with the leaders of the new unit where the old ones reviewed.

        :param dict units: the business unit of the orders under review before a change
        """
        moved = self.filtered(
            lambda order: (
                order.review_state == "open"
                and order.team_id != units.get(order, order.team_id)
            )
        )
        moved.sudo()._review_apply_edit()  # sudo: the engine writes evidence

    def _check_application_vals(self, vals):
        """Refuse figures of the application that only its own steps write."""
        forged = sorted(
            name
            for name in APPLICATION_FIELDS.keys() & vals.keys()
            if self or (vals[name] or False) != APPLICATION_FIELDS[name]
        )
        if forged:
            raise AccessError(
                self.env._(
                    "%s: the Sales Application keeps this by itself.",
                    ", ".join(self._fields[name].string for name in forged),
                )
            )

    def _order_review_write(self, vals):
        """Write the columns of the application; the guard above does not apply."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    # === REVIEW: WHAT IS SUBMITTED === #

    def _review_submit_blockers(self):
        """Say what an application still lacks: channel, lines, stock."""
        blockers = super()._review_submit_blockers()
        shortages = self._get_stock_shortages()
        for order in self:
            messages = []
            if not order.order_channel:
                messages.append(
                    self.env._(
                        "%s: enter how the customer placed the order (channel).",
                        order.name,
                    )
                )
            if not order._review_get_lines():
                messages.append(
                    self.env._("%s: add what the customer orders.", order.name)
                )
            messages += shortages.get(order.id, [])
            if messages:
                blockers.setdefault(order.id, []).extend(messages)
        return blockers

    def _review_open(self):
        """Put the stock that is seen at submission onto the application."""
        self._check_stock()
        return super()._review_open()

    def _review_excluded_users(self):
        """Nobody reviews an order they sell or wrote."""
        return super()._review_excluded_users() | self.user_id | self.create_uid

    def _review_get_amount(self):
        """Return the total, taxes included, at the rate of the order's date."""
        self.ensure_one()
        return self.currency_id._convert(
            self.amount_total,
            self.company_id.currency_id,
            self.company_id,
            self.date_order or fields.Date.context_today(self),
        )

    # === REVIEW: WHAT FOLLOWS === #

    def _review_after_approved(self):
        """Open the finance copy and let the order go on by itself."""
        result = super()._review_after_approved()
        self._open_finance_copy()
        for order in self:
            requester = order.review_request_id.requester_id
            request = order.with_user(requester).sudo()._prepare_confirm_request()
            order._confirm_gate_write(request)
        self._confirm_trigger()
        return result

    def _confirm_is_checked(self):
        """Reviewers judge prices by the totals of the lines."""
        return super()._confirm_is_checked() or bool(self._review_get_flow())

    def _confirm_blockers(self):
        blockers = super()._confirm_blockers()
        for order_id, message in self._review_gate_blockers().items():
            blockers.setdefault(order_id, []).append(("review", message))
        return blockers
