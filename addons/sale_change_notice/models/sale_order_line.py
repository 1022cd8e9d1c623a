from odoo import api, models

from odoo.addons.base_review.tools import canonical_json, read_values

from .sale_order_content import LINE_FIELDS

#: A change of these can change what is agreed, or whether it is.
WATCHED_FIELDS = frozenset(
    (*LINE_FIELDS, "order_id", "is_downpayment", "is_expense", "display_type")
)


class SaleOrderLine(models.Model):
    """The lines of a closed order stay as agreed, whoever writes them."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        closed = lines.order_id._change_get_closed()
        if closed:
            added = lines.filtered(
                lambda line: line.order_id in closed and not line._change_is_exempt()
            )
            added.order_id._change_refuse()
        return lines

    def write(self, vals):
        if not WATCHED_FIELDS & vals.keys():
            return super().write(vals)
        watched = self.filtered(lambda line: line.order_id._change_get_closed())
        closed, before = watched.order_id, watched._change_get_values()
        result = super().write(vals)
        if "order_id" in vals:
            closed |= self.order_id._change_get_closed()
            watched = self
        if closed:
            after = watched._change_get_values()
            if any(after[line.id] != before.get(line.id, "") for line in watched):
                closed._change_refuse()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        closed = self.order_id._change_get_closed()
        if closed:
            agreed = self.filtered(
                lambda line: line.order_id in closed and not line._change_is_exempt()
            )
            agreed.order_id._change_refuse()

    def _change_get_values(self):
        """Return ``{id: canonical text}``, empty for lines that nobody agreed on."""
        names = (*LINE_FIELDS, "order_id")
        return {
            line.id: ""
            if line._change_is_exempt()
            else canonical_json(read_values(line, names))
            for line in self.sudo()  # sudo: compared whoever writes
        }

    def _change_is_exempt(self):
        """Leave out what nobody agreed on: texts, down payments, charged expenses,
        delivery charges, and what a delivery added.
        """
        self.ensure_one()
        if self.display_type:
            return True
        if self.is_downpayment or not self.product_uom_qty:
            return not self.product_uom_qty and bool(
                self.is_downpayment or self.move_ids or not self.price_unit
            )
        charged = self.is_expense and self.product_id.expense_policy != "no"
        return bool(charged or self._is_delivery())

    def _change_content(self):
        """Return what is agreed about the single line as ordered pairs."""
        return [
            ["product", [self.product_id.id, self.product_id.display_name]],
            ["quantity", self.product_uom_qty],
            ["unit", [self.product_uom_id.id, self.product_uom_id.name]],
            ["price", self.price_unit],
            ["discount", self.discount],
            ["taxes", [self.tax_ids.ids, ", ".join(self.tax_ids.mapped("name"))]],
        ]
