from odoo import models
from odoo.tools import format_amount, format_date
from odoo.tools.misc import formatLang


class SaleOrder(models.Model):
    """The Sales Application as it is submitted and printed."""

    _inherit = "sale.order"

    def _review_get_title(self):
        """Name the order by its number, its customer and its amount."""
        self.ensure_one()
        parts = (
            self.name,
            self.partner_id.name,
            self.currency_id.format(self.amount_total),
        )
        return " · ".join(filter(None, parts))

    def _review_snapshot(self):
        """Freeze what the reviewers compare: prices, list prices, stock, total."""
        return {**super()._review_snapshot(), **self._get_application_snapshot()}

    def _get_application_snapshot(self):
        """Return the part of the snapshot that comes from the order itself."""
        self.ensure_one()
        snapshot = {
            self.env._("Customer"): self.partner_id.display_name,
            self.env._("Total"): format_amount(
                self.env, self.amount_total, self.currency_id
            ),
            self.env._("Order Channel"): self._get_selection_label("order_channel"),
            self.env._("Payment Mode"): self._get_selection_label("payment_mode"),
        }
        if self.cash_remark:
            remark = self._get_selection_label("cash_remark")
            snapshot[self.env._("Remark")] = remark
        snapshot[self.env._("Lines")] = [
            line._get_application_text() for line in self._review_get_lines()
        ]
        return snapshot

    def _get_selection_label(self, name):
        """Return the label of a selection in the language of the user."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    # === PRINT === #

    def action_print_application(self):
        """Print the Sales Application in its two copies."""
        self.check_access("read")
        report = self.env.ref("sale_order_review.sale_order_report_application")
        return report.report_action(self)

    def _get_application_lines(self):
        """Return the lines that stand for goods or services."""
        return self.order_line.filtered(lambda line: not line.display_type)

    def _get_application_settlement(self):
        """Return how the order is settled and paid."""
        names = ("settlement_type", "payment_mode")
        return " ".join(filter(None, map(self._get_selection_label, names)))

    def _get_application_signatures(self):
        """Return role, name and date of the people who sign, blank until they do."""
        self.ensure_one()
        # sudo: the print shows who signed to everybody who may print the order.
        tasks = (
            self.sudo()
            .review_request_id._get_standing_tasks()
            .filtered(
                lambda task: task.state in {"waiting", "todo", "approved", "rejected"}
            )
        )
        rows = [self._prepare_signature(self.env._("Salesperson"), self.user_id)]
        rows += [
            self._prepare_signature(task.step_name, task.done_by, task.done_at)
            for task in tasks
        ]
        filed = self.sudo()
        rows.append(
            self._prepare_signature(
                self.env._("Finance"),
                filed.finance_copy_filed_by_id,
                filed.finance_copy_filed_on,
            )
        )
        return rows

    def _prepare_signature(self, role, user, date=False):
        return {
            "role": role,
            "name": user.name or "",
            "date": format_date(self.env, date) if date else "",
        }

    def _get_application_figures(self):
        """Return label and text of what other modules froze at submission, such as the
        credit limit and the receivables; what the form shows anyway is left out.
        """
        self.ensure_one()
        own = self._get_application_snapshot()
        return [
            (label, text)
            for label, text in self._review_get_snapshot().items()
            if label not in own and isinstance(text, str)
        ]

    def _get_application_reasons(self):
        """Return the reasons of the last submission, one a line."""
        self.ensure_one()
        messages = [reason["message"] for reason in self.review_exceptions or []]
        if messages or not self.review_revision:
            return "\n".join(messages)
        return self.env._("None: inside price range and credit limit, under contract.")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_application_text(self):
        """Return the line in one sentence: goods, price, list price, stock."""
        self.ensure_one()
        text = self.env._(
            "%(product)s: %(quantity)g %(unit)s at %(price)s, list price %(list)s "
            "(%(percent).1f %%)",
            product=self.product_id.display_name,
            quantity=self.product_uom_qty,
            unit=self.product_uom_id.name,
            price=format_amount(self.env, self.price_reduce_taxexcl, self.currency_id),
            list=format_amount(self.env, self.price_list_unit, self.currency_id),
            percent=self.price_percent,
        )
        if self.price_authority_state not in {False, "within"}:
            text += f" · {self.price_authority_text}"
        if self.stock_checked_on:
            text += " · " + self.env._("%g free", self.stock_checked_qty)
        return text

    def _get_application_stock(self):
        """Return the free quantity of the last stock check, or nothing without one."""
        self.ensure_one()
        return formatLang(self.env, self.stock_checked_qty) * bool(
            self.stock_checked_on
        )

    def _get_application_percent(self):
        """Return the price in percent of the list price, and what it exceeds."""
        self.ensure_one()
        percent = f"{self.price_percent:.1f} %" if self.price_percent else ""
        beyond = self.price_authority_state not in {False, "within"}
        return "\n".join(filter(None, (percent, beyond and self.price_authority_text)))
