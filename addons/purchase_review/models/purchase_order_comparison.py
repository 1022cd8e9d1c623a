from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """Which suppliers were asked, what they offered, and why one was chosen."""

    _inherit = "purchase.order"

    comparison_html = fields.Html(
        string="Comparison",
        compute="_compute_comparison_html",
        compute_sudo=True,
        sanitize=False,
        groups="base.group_user",
        help="Under review and afterwards, the comparison as it was submitted.",
    )

    @api.depends("purchase_group_id.order_ids", "review_state", "review_request_id")
    def _compute_comparison_html(self):
        for order in self:
            rows = order._get_comparison_shown()
            order.comparison_html = bool(rows) and self.env["ir.qweb"]._render(
                "purchase_review.comparison_table",
                {
                    "rows": rows,
                    "headers": order._get_comparison_headers(),
                    "reason": order.choice_reason,
                },
            )

    def _get_alternatives(self):
        """Return the other offers for the single order."""
        self.ensure_one()
        others = self.purchase_group_id.order_ids - self._origin
        return others.filtered(lambda order: order.state != "cancel")

    def _get_comparison_headers(self):
        """Return the titles of the columns by the keys of a row."""
        return {
            "supplier": self.env._("Supplier"),
            "order": self.env._("Offer"),
            "prices": self.env._("Prices"),
            "total": self.env._("Total"),
            "arrival": self.env._("Delivery"),
            "terms": self.env._("Payment Terms"),
            "chosen": self.env._("Chosen"),
        }

    def _get_comparison_shown(self):
        """Return the rows as submitted while that counts, else as they are now."""
        self.ensure_one()
        if self.review_state not in {"open", "approved"}:
            return self._get_comparison()
        tables = [
            value
            for value in self._review_get_snapshot().values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        return tables[0] if tables else []

    def _get_comparison(self):
        """Return a row of each supplier, the chosen one first; none without others."""
        self.ensure_one()
        others = self._get_alternatives()
        offers = self | others.sorted("amount_total_cc")
        return [order._get_comparison_row(self) for order in offers if others]

    def _get_comparison_row(self, chosen):
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line._review_line_is_exempt())
        return {
            "supplier": self.partner_id.display_name,
            "order": self.name,
            "prices": "\n".join(line._get_review_text() for line in lines),
            "total": self.currency_id.format(self.amount_total),
            "arrival": self._format_day(self.date_planned),
            "terms": self.payment_term_id.name or "",
            "chosen": "✓" if self == chosen else "",
        }

    # === REASONS === #

    def _is_single_source(self):
        """Tell whether the single order needs a reason for asking one supplier."""
        limit = self.company_id.purchase_single_source_amount
        return not self._get_alternatives() and self.amount_total_cc >= limit

    def _get_choice_blockers(self):
        """Return what the single order lacks to explain its supplier."""
        if (self.choice_reason or "").strip():
            return []
        if self._get_alternatives():
            return [
                self.env._(
                    "%(order)s: say why %(supplier)s was chosen among the suppliers.",
                    order=self.name,
                    supplier=self.partner_id.display_name,
                )
            ]
        if self._is_single_source():
            return [
                self.env._(
                    "%(order)s: ask other suppliers (Alternatives), or say why only "
                    "%(supplier)s was asked.",
                    order=self.name,
                    supplier=self.partner_id.display_name,
                )
            ]
        return []

    def _review_check_single_source(self):
        """Rule: a large order for which one supplier was asked."""
        return {
            order.id: self.env._(
                "Only %(supplier)s was asked: %(reason)s",
                supplier=order.partner_id.display_name,
                reason=order.choice_reason or "",
            )
            for order in self
            if order._is_single_source()
        }

    def _review_check_not_cheapest(self):
        """Rule: another supplier offers the whole for less."""
        reasons = {}
        for order in self:
            others = order._get_alternatives().filtered("amount_total_cc")
            cheapest = others.sorted("amount_total_cc")[:1]
            if cheapest and cheapest.amount_total_cc < order.amount_total_cc:
                reasons[order.id] = self.env._(
                    "%(other)s offers %(total)s: %(reason)s",
                    other=cheapest.partner_id.display_name,
                    total=cheapest.currency_id.format(cheapest.amount_total),
                    reason=order.choice_reason or "",
                )
        return reasons
