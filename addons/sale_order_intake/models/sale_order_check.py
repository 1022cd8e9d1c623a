import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from .order_intake_log import SUBJECTS


class SaleOrder(models.Model):
    """The checklist of the order review: each result with its person and time."""

    _inherit = "sale.order"

    intake_check_text = fields.Text(
        string="Checks",
        compute="_compute_intake_checks",
        groups="base.group_user",
        help="Quantity, price, address, identity, stock, and the customer's need.",
    )
    intake_checked = fields.Boolean(
        string="All Checked", compute="_compute_intake_checks", groups="base.group_user"
    )

    @api.depends(
        "intake_log_ids",
        "commitment_date",
        "partner_id",
        "partner_shipping_id",
        "payment_mode",
        "requirement_note",
        "settlement_type",
        "order_line.product_uom_qty",
        "order_line.price_unit",
        "order_line.discount",
    )
    @api.depends_context("lang", "tz")
    def _compute_intake_checks(self):
        field = self.env["order.intake.log"]._fields["subject"]
        labels = dict(field._description_selection(self.env))
        for order in self:
            rows = order._get_intake_checks() if order.order_intake else {}
            order.intake_checked = bool(rows) and order._is_intake_checked(rows)
            order.intake_check_text = "\n".join(
                order._get_check_text(labels[subject], row)
                for subject, row in rows.items()
            )

    def _get_check_text(self, label, row):
        """Return one line of the checklist."""
        if not row:
            return f"○ {label}"
        when = fields.Datetime.context_timestamp(self, row.logged_at)
        mark = "✓" if row.result == "ok" else "✗"
        text = f"{mark} {label} · {row.user_id.name} · {when:%Y-%m-%d %H:%M}"
        return f"{text} · {row.note}" if row.note else text

    # === VERBS === #

    def intake_check(self, subject, result, note=None):
        """Store what the review of the order found about one point.

        :param str subject: need, stock, quantity, price, address or identity
        :param str result: ok or wrong; wrong needs a note
        """
        self._intake_check_access(desk=True)
        self._intake_check_open()
        if subject not in SUBJECTS or result not in {"ok", "wrong"}:
            raise UserError(self.env._("Choose what was checked and the result."))
        if result == "wrong" or note:
            note = self._intake_text(note, self.env._("What is wrong"))
        if subject == "stock" and not note:
            note = self._get_stock_text()
        self._intake_log(
            "check",
            note,
            subject=subject,
            result=result,
            fingerprint=self._get_check_print(subject),
        )
        if result == "wrong":
            self._intake_flag(self.env._("Check failed: %s", note))
        self._intake_drop_reminder()
        self._intake_follow()
        return True

    def action_intake_check(self):
        """Ask for the result of a check."""
        rows = self._get_intake_checks()
        first = next((name for name, row in rows.items() if not row), "need")
        return self._intake_ask("check", subject=first)

    def action_intake_check_all(self):
        """Store that everything that is still open is correct."""
        self._intake_check_access(desk=True)
        for subject, row in self._get_intake_checks().items():
            if not row:
                self.intake_check(subject, "ok")
        return True

    # === RESULTS === #

    def _get_intake_checks(self):
        """Return ``{subject: last row that still holds, or an empty one}``.

        A row holds as long as what was checked is as it was.
        """
        self.ensure_one()
        # sudo: the rows count for everybody who confirms
        rows = self._origin.sudo().intake_log_ids.filtered(
            lambda row: row.kind == "check"
        )
        rows, result = rows.sorted("id", reverse=True), {}
        for subject in SUBJECTS:
            last = rows.filtered(lambda row, name=subject: row.subject == name)[:1]
            holds = last and last.fingerprint == self._get_check_print(subject)
            result[subject] = last if holds else rows.browse()
        return result

    def _is_intake_checked(self, rows=None):
        """Tell whether every point of the checklist was found correct."""
        rows = self._get_intake_checks() if rows is None else rows
        return all(row.result == "ok" for row in rows.values())

    def _get_check_print(self, subject):
        """Return the fingerprint of what a check looks at."""
        self.ensure_one()
        lines, prices = self._get_line_prints()
        address, owner = self.partner_shipping_id, self.partner_id.commercial_partner_id
        terms = (self.settlement_type, self.payment_mode, self.payment_term_id.id)
        place = tuple(address[name] for name in ("street", "street2", "city", "zip"))
        due = fields.Datetime.to_string(self.commitment_date)
        content = {
            "need": (lines, due, self.requirement_note),
            "stock": (lines, due),
            "quantity": lines,
            "price": (prices, self.pricelist_id.id, terms),
            "address": (address.id, *place, address.country_id.id),
            "identity": (owner.id, owner.name, owner.vat),
        }
        return hashlib.sha256(repr(content[subject]).encode()).hexdigest()

    def _get_line_prints(self):
        """Return what is ordered, and at which prices, in an order of its own."""
        goods = self.order_line.filtered("product_id")
        quantities, prices = [], []
        for line in goods:
            ordered = (line.product_id.id, round(line.product_uom_qty, 6))
            quantities.append((*ordered, line.product_uom_id.id))
            price = (round(line.price_unit, 6), round(line.discount, 6))
            prices.append((*ordered, *price))
        return sorted(quantities), sorted(prices)

    def _get_stock_text(self):
        """Return what is free for each line, to be kept with the check."""
        return "\n".join(
            self.env._(
                "%(product)s: %(free)g free",
                product=line.product_id.display_name,
                free=line.free_qty_today,
            )
            for line in self.order_line
            if line.product_id.is_storable
        )
