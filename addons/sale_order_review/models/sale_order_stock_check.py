from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class SaleOrder(models.Model):
    """Stock is looked up before an order goes to review, and what was seen is kept."""

    _inherit = "sale.order"

    stock_checked_on = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the quantities of the lines were last compared with the stock.",
    )

    def action_check_stock(self):
        """Compare the lines with the free stock now and keep what was found."""
        self.check_access("write")
        for order in self:
            if order.state not in self._review_state_from or order.review_state in {
                "open",
                "approved",
            }:
                raise UserError(
                    self.env._(
                        "%s was submitted with the stock that was seen then. Recall it "
                        "to check again.",
                        order.name,
                    )
                )
        self._check_stock()

    def _check_stock(self):
        """Store on each line to check what its warehouse has free at this moment."""
        # sudo: the free quantity is a figure of the warehouse, not of the salesperson;
        # the result is written by the check alone.
        orders = self.sudo()
        now = fields.Datetime.now()
        lines = orders.order_line.filtered(lambda line: line._needs_stock_check())
        free = lines._get_free_quantities()
        (orders.order_line - lines)._write_stock_check(False, False)
        for line in lines:
            line._write_stock_check(free[line], now)
        orders._order_review_write({"stock_checked_on": now})

    def _get_stock_shortages(self):
        """Return ``{order id: [message]}`` for lines that the stock does not cover."""
        shortages = defaultdict(list)
        # sudo: see _check_stock, the same figures are read.
        lines = self.sudo().order_line.filtered(lambda line: line._needs_stock_check())
        free = lines._get_free_quantities()
        for line in lines:
            missing = line._get_missing_quantity(free[line])
            if missing:
                shortages[line.order_id.id].append(
                    line._get_shortage_message(free[line], missing)
                )
        return shortages


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    stock_checked_qty = fields.Float(
        string="Free When Checked",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Free quantity of the warehouse for this line, in the unit of the line.",
    )
    stock_checked_on = fields.Datetime(readonly=True, copy=False)

    def _needs_stock_check(self):
        """Tell whether the line must be covered by stock that is already there: goods
        kept in stock that no route makes or buys for this very order.
        """
        self.ensure_one()
        return (
            not self._review_line_is_exempt()
            and self.product_id.is_storable
            and not self.is_mto
        )

    def _get_free_quantities(self):
        """Return ``{line: free quantity in the line's unit}``; lines of one order that
        want the same product from the same warehouse share what is there.
        """
        result, used = {}, defaultdict(float)
        for warehouse, lines in self.grouped(
            lambda line: line.warehouse_id or line.order_id.warehouse_id
        ).items():
            products = lines.product_id.with_context(warehouse_id=warehouse.id)
            free = {product.id: product.free_qty for product in products}
            for line in lines:
                key = (line.order_id, warehouse, line.product_id)
                left = max(free[line.product_id.id] - used[key], 0.0)
                uom, product_uom = line.product_uom_id, line.product_id.uom_id
                result[line] = product_uom._compute_quantity(
                    left, uom, rounding_method="DOWN"
                )
                used[key] += uom._compute_quantity(line.product_uom_qty, product_uom)
        return result

    def _get_missing_quantity(self, free):
        """Return how much of the line the free quantity leaves open, 0 when covered."""
        self.ensure_one()
        rounding = self.product_uom_id.rounding
        if float_compare(self.product_uom_qty, free, precision_rounding=rounding) <= 0:
            return 0.0
        return self.product_uom_qty - free

    def _get_shortage_message(self, free, missing):
        """Return the sentence that names product, quantities and the way out."""
        self.ensure_one()
        warehouse = self.warehouse_id or self.order_id.warehouse_id
        return self.env._(
            "%(product)s: %(ordered)g %(unit)s ordered, %(free)g free in "
            "%(warehouse)s, %(missing)g missing. Apply for its purchase or "
            "production first.",
            product=self.product_id.display_name,
            ordered=self.product_uom_qty,
            unit=self.product_uom_id.name,
            free=free,
            warehouse=warehouse.name,
            missing=missing,
        )

    def _write_stock_check(self, quantity, checked_on):
        """Keep the outcome of a check; no user writes these fields."""
        changed = self.filtered(
            lambda line: (
                line.stock_checked_on or checked_on
            )  # untouched stays untouched
        )
        if changed:
            changed._order_review_write(
                {"stock_checked_qty": quantity, "stock_checked_on": checked_on}
            )
