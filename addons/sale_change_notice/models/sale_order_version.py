import json

from odoo import api, fields, models
from odoo.tools import format_amount, format_datetime
from odoo.tools.misc import formatLang

from ..content import differences


class SaleOrderVersion(models.Model):
    """What a confirmed order said before and after each change; never edited."""

    _name = "sale.order.version"
    _description = "Version of a Sales Order"
    _inherit = ["evidence.mixin"]
    _order = "order_id, number desc"
    _rec_name = "number"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    number = fields.Integer(string="Version", required=True, readonly=True)
    notice_id = fields.Many2one(
        comodel_name="sale.change.notice",
        string="Change Notice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    created_at = fields.Datetime(
        string="Since", readonly=True, default=fields.Datetime.now
    )
    # Texts: JSON columns do not keep the order of what they hold.
    content = fields.Text(required=True, readonly=True)
    changes = fields.Text(required=True, readonly=True)
    difference_text = fields.Text(
        string="Differences", compute="_compute_difference_text"
    )

    _number_uniq = models.Constraint(
        "UNIQUE(order_id, number)",
        "This order was changed at the same moment. Try again.",
    )

    @api.depends("changes")
    @api.depends_context("lang", "tz")
    def _compute_difference_text(self):
        for version in self:
            version.difference_text = "\n".join(
                version._get_difference_line(*row)
                for row in json.loads(version.changes or "[]")
            )

    @api.depends("number", "order_id")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(order)s version %(number)s",
                order=version.order_id.name,
                number=version.number,
            )

    # === CRUD METHODS === #

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "Versions of an order are its history: applied change notices add them, "
            "and nobody changes them."
        )

    @api.model
    def _append_change(self, order, notice, before):
        """Add the version of an order after a change.

        :param before: what the order said, as ``_change_content()`` returns it
        """
        after, number = order._change_content(), order.change_version
        vals_list = [] if number else [self._prepare_version(order, 0, before, [])]
        changes = differences(before, after)
        vals_list.append(
            {
                **self._prepare_version(order, number + 1, after, changes),
                "notice_id": notice.id,
                "user_id": self.env.uid,
            }
        )
        order._change_write({"change_version": number + 1})
        return self._append(vals_list)[-1:]

    def _prepare_version(self, order, number, content, changes):
        return {
            "order_id": order.id,
            "number": number,
            "content": json.dumps(content, ensure_ascii=False),
            "changes": json.dumps(changes, ensure_ascii=False),
        }

    # === DISPLAY === #

    @api.model
    def _get_labels(self):
        """Return the labels of the stored keys in the language of the reader."""
        return {
            "commitment_date": self.env._("Delivery Date"),
            "total": self.env._("Total"),
            "product": self.env._("Product"),
            "quantity": self.env._("Quantity"),
            "unit": self.env._("Unit of Measure"),
            "price": self.env._("Unit Price"),
            "discount": self.env._("Discount (%)"),
            "taxes": self.env._("Taxes"),
            "date": self.env._("Line's Delivery Date"),
        }

    def _get_difference_line(self, subject, key, before, after):
        """Return one difference in words."""
        values = self._get_value_text(key, before), self._get_value_text(key, after)
        text = f"{self._get_labels().get(key, key)}: {values[0]} → {values[1]}"
        return f"{subject} · {text}" if subject else text

    def _get_value_text(self, key, value):
        if value is None or value is False or value == []:
            text = "–"
        elif key == "total":
            text = format_amount(self.env, value, self.order_id.currency_id)
        elif key in {"commitment_date", "date"}:
            text = format_datetime(self.env, value, dt_format="yyyy-MM-dd HH:mm")
        elif isinstance(value, list):
            text = str(value[-1])
        elif isinstance(value, float):
            text = formatLang(self.env, value)
        else:
            text = str(value)
        return text
