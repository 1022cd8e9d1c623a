from odoo import api, models
from odoo.exceptions import AccessError

#: Columns that only a stock check writes, as on a new line.
CHECK_FIELDS = {"stock_checked_qty": 0.0, "stock_checked_on": False}


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "review.line.mixin"]

    _review_parent_field = "order_id"
    _review_exempt_fields = ("is_downpayment", "is_expense")

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get(name) for vals in vals_list for name in CHECK_FIELDS):
            raise self._get_check_error()
        # Explicit values, so that a default_* key in the context is ignored.
        return super().create([{**vals, **CHECK_FIELDS} for vals in vals_list])

    def write(self, vals):
        if CHECK_FIELDS.keys() & vals.keys():
            raise self._get_check_error()
        return super().write(vals)

    def _order_review_write(self, vals):
        """Write the outcome of a stock check; the guard above does not apply."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _get_check_error(self):
        return AccessError(
            self.env._("The outcome of a stock check is kept by the system.")
        )

    def _review_line_is_exempt(self):
        """Leave out what nobody sells: texts, down payments, re-invoiced expenses,
        delivery charges, and what a delivery added.
        """
        self.ensure_one()
        return bool(
            super()._review_line_is_exempt()
            or self.display_type
            or self._is_invoiced_downpayment()
            or self._is_invoiced_expense()
            or self._is_delivery()
            or self._is_added_by_delivery()
        )

    def _is_invoiced_downpayment(self):
        """Tell whether the line stands for a down payment: nobody orders a quantity."""
        return self.is_downpayment and not self.product_uom_qty

    def _is_invoiced_expense(self):
        """Tell whether the line is an expense of a kind that customers are charged."""
        return self.is_expense and self.product_id.expense_policy in {
            "cost",
            "sales_price",
        }

    def _is_added_by_delivery(self):
        """Tell whether goods were delivered that nobody had ordered."""
        self.ensure_one()
        return not self.product_uom_qty and bool(self.move_ids or not self.price_unit)
