from odoo import models
from odoo.tools import float_compare

from .sale_change_notice import KINDS

RANKS = {kind: rank for rank, (kind, _label) in enumerate(KINDS)}
#: The least kind that a change of a line is; extend ``_change_line_kind`` for more.
LINE_KINDS = {
    "product": "structure",
    "added": "delivery",
    "date": "delivery",
}


class SaleChangeNotice(models.Model):
    """Which of the three kinds a change is: judged by what it changes."""

    _inherit = "sale.change.notice"

    def _change_line_kind(self, line):
        """Return the least kind of the changes of one line (hook)."""
        changes = line._get_changes()
        kinds = [LINE_KINDS.get(change, "minor") for change in changes]
        if "quantity" in changes and line.new_quantity > line.old_quantity:
            kinds.append("delivery")
        return max(kinds, key=RANKS.get, default="minor")

    def _change_least_kind(self):
        """Return the least kind the single notice may be filed as (hook)."""
        self.ensure_one()
        kinds = [self._change_line_kind(line) for line in self._get_changed_lines()]
        if self.new_commitment_date:
            kinds.append("delivery")
        if self.is_technical and self.affects_structure:
            kinds.append("delivery")
        if self.rereview_note:
            kinds.append("structure")
        return max(kinds, key=RANKS.get, default="minor")

    def _get_changed_lines(self):
        return self.line_ids.filtered(lambda line: line._get_changes())

    def _get_kind_refusal(self):
        """Return why the kind is too low, or an empty text."""
        least = self._change_least_kind()
        if RANKS[self.kind] >= RANKS[least]:
            return ""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(notice)s cannot be filed as '%(kind)s': what it changes is at least "
            "'%(least)s'. Choose that kind.",
            notice=self.name,
            kind=labels[self.kind],
            least=labels[least],
        )

    def _is_filing_only(self):
        """Return whether the technical change touches nothing of the order."""
        return self.is_technical and not self.affects_structure

    def _get_draft_refusals(self):
        """Return what keeps the single notice from its review."""
        messages = [self._get_kind_refusal(), self._get_paper_refusal()]
        changes = self._get_changed_lines() or self.new_commitment_date
        if self._is_filing_only():
            messages.append(
                self.env._(
                    "%s is a technical change without effect: file it, it needs no "
                    "review.",
                    self.name,
                )
            )
        elif not changes and not self.is_technical:
            messages.append(
                self.env._("%s changes nothing: enter what shall be new.", self.name)
            )
        messages.append(self._get_base_refusal())
        return [message for message in messages if message]

    def _get_base_refusal(self):
        """Return that the order is not what the notice was drafted on, or ''."""
        order = self.order_id
        if order.state != "sale":
            return self.env._(
                "%(order)s is not confirmed any more: %(notice)s cannot change it.",
                order=order.name,
                notice=self.name,
            )
        if self.base_print == order._change_get_print():
            return ""
        return self.env._(
            "%(order)s changed since %(notice)s was drafted. Cancel it and request the "
            "change again, or refresh the draft.",
            order=order.name,
            notice=self.name,
        )


class SaleChangeNoticeLine(models.Model):
    _inherit = "sale.change.notice.line"

    def _is_cheaper(self):
        """Tell whether goods cost less than they did, new ones than on the list."""
        changes = self._get_changes()
        if "removed" in changes:
            return False
        known = "added" not in changes and "product" not in changes
        before = self.old_price_unit * (1 - self.old_discount / 100)
        price = before if known else self._get_list_price()
        net = self.new_price_unit * (1 - self.new_discount / 100)
        return float_compare(net, price, precision_digits=2) < 0
