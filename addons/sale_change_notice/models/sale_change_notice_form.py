from odoo import api, fields, models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang


class SaleChangeNotice(models.Model):
    """The notice in words: for reviewers, on paper and in the list."""

    _inherit = "sale.change.notice"

    change_text = fields.Text(
        string="Changes",
        compute="_compute_change_text",
        compute_sudo=True,
        help="From → to, a line each.",
    )

    @api.depends("line_ids.is_changed", "new_commitment_date")
    @api.depends_context("lang", "tz")
    def _compute_change_text(self):
        for notice in self:
            notice.change_text = "\n".join(notice._get_change_texts())

    def _get_change_texts(self):
        """Return one sentence for each change."""
        texts = [line._get_change_text() for line in self._get_changed_lines()]
        if self.new_commitment_date:
            label = self.env._("Delivery Date")
            texts.insert(0, f"{label}: {self._get_date_text()}")
        return texts

    def _get_date_text(self):
        dates = self.old_commitment_date, self.new_commitment_date
        return " → ".join(
            format_datetime(self.env, date, dt_format="yyyy-MM-dd HH:mm")
            if date
            else "–"
            for date in dates
        )

    def _get_selection_texts(self):
        """Return the labels of the selections in the language of the user."""
        return {
            name: dict(self._fields[name]._description_selection(self.env)).get(
                self[name], ""
            )
            for name in ("kind", "caused_by", "supplement_state")
        }

    # === PRINT === #

    def _get_form_head(self):
        """Return what the notice is about, for people who do not read orders, too."""
        labels, notice = self._get_selection_texts(), self.sudo()  # sudo: names only
        times = {
            name: format_datetime(self.env, self[name], dt_format="yyyy-MM-dd HH:mm")
            for name in ("received_at", "reacted_at")
        }
        return [
            (self.env._("Sales Order"), notice.order_id.name),
            (self.env._("Customer"), notice.partner_id.display_name),
            (self.env._("Kind"), labels["kind"]),
            (self.env._("Caused by"), labels["caused_by"]),
            (self.env._("Received"), times["received_at"]),
            (self.env._("Reacted"), times["reacted_at"]),
        ]

    def _get_form_lines(self):
        """Return the rows of the form: what was, what shall be."""
        rows = [line._get_form_row() for line in self._get_changed_lines()]
        if self.new_commitment_date:
            before, after = self._get_date_text().split(" → ")
            subject = self.env._("Delivery Date")
            rows.insert(0, {"subject": subject, "before": before, "after": after})
        return rows

    def _get_form_terms(self):
        """Return what was recorded besides."""
        labels = self._get_selection_texts()
        pairs = [
            (self.env._("Reason"), self.reason),
            (self.env._("Customer's Answer"), self.contact_note),
            (
                self.env._("Supplementary Contract"),
                " · ".join(
                    filter(None, (labels["supplement_state"], self.supplement_note))
                ),
            ),
            (
                self.env._("Customer's Papers"),
                ", ".join(self.sudo().paper_ids.mapped("name")),  # sudo: names only
            ),
        ]
        return [(label, text) for label, text in pairs if text]

    def _get_form_signatures(self):
        """Return who signed: the salesperson, then the reviewers."""
        # sudo: the print shows who signed to everybody who may print the notice
        tasks = self.sudo().review_request_id._get_standing_tasks()
        rows = [
            {
                "role": self.env._("Salesperson"),
                "name": self.user_id.name or "",
                "date": "",
            }
        ]
        for task in tasks.filtered(
            lambda task: task.state in {"waiting", "todo", "approved"}
        ):
            done = task.done_at and format_date(self.env, task.done_at)
            rows.append(
                {
                    "role": task.step_name,
                    "name": task.done_by.name or "",
                    "date": done or "",
                }
            )
        return rows


class SaleChangeNoticeLine(models.Model):
    _inherit = "sale.change.notice.line"

    def _get_figures_text(self, prefix):
        """Return product, quantity, price and discount of one side in one text."""
        product = self[f"{prefix}_product_id"]
        if not product:
            return "–"
        quantity = formatLang(self.env, self[f"{prefix}_quantity"])
        price = formatLang(self.env, self[f"{prefix}_price_unit"])
        text = f"{product.display_name}, {quantity} × {price}"
        discount = self[f"{prefix}_discount"]
        return f"{text} − {formatLang(self.env, discount)} %" if discount else text

    def _get_after_text(self):
        text = "–" if self.is_removed else self._get_figures_text("new")
        if self.new_date:
            date = format_datetime(
                self.env, self.new_date, dt_format="yyyy-MM-dd HH:mm"
            )
            text = f"{text}, {date}"
        return text

    def _get_change_text(self):
        return f"{self._get_figures_text('old')} → {self._get_after_text()}"

    def _get_form_row(self):
        product = self.old_product_id or self.new_product_id
        return {
            "subject": product.display_name,
            "before": self._get_figures_text("old"),
            "after": self._get_after_text(),
        }
