from odoo import api, models
from odoo.exceptions import AccessError

#: What the lines say: a written value would outlive its lines and fool every check.
ORDER_TOTALS = frozenset(
    ("amount_untaxed", "amount_tax", "amount_total", "currency_rate")
)
LINE_TOTALS = frozenset(("price_subtotal", "price_tax", "price_total", "invoice_lines"))


class SaleOrder(models.Model):
    """Totals are computed, never written, where a check relies on them."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._check_totals_kept(name for vals in vals_list for name in vals)
        return orders

    def write(self, vals):
        self._check_totals_kept(vals)
        return super().write(vals)

    def _check_totals_kept(self, names):
        if forged := ORDER_TOTALS.intersection(names):
            self._refuse_totals(forged)

    def _refuse_totals(self, names):
        """Refuse written totals of orders that are checked before they are sold."""
        if any(order._confirm_is_checked() for order in self.sudo()):  # whoever writes
            raise AccessError(
                self.env._(
                    "%(fields)s follow from the order and cannot be written. Change "
                    "the lines instead.",
                    fields=", ".join(sorted(names)),
                )
            )

    # === HOOKS === #

    def _confirm_is_checked(self):
        """Return whether a check of the single order relies on its totals."""
        self.ensure_one()
        return False


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # The web client sends an empty list for a new line's invoice lines.
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_totals_kept(
            name for vals in vals_list for name, value in vals.items() if value != []
        )
        return lines

    def write(self, vals):
        self._check_totals_kept(vals)
        return super().write(vals)

    def _check_totals_kept(self, names):
        if forged := LINE_TOTALS.intersection(names):
            self.order_id._refuse_totals(forged)
