import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

FIGURES = ("new_quantity", "new_price_unit", "new_discount")
#: No quantity and no price reaches it.
TOO_LARGE = 1e12
#: Frozen when the line is drafted.
OLD_FIELDS = ("old_product_id", "old_quantity", "old_price_unit", "old_discount")


class SaleChangeNoticeLine(models.Model):
    """One line of the order, as it is and as it shall be."""

    _name = "sale.change.notice.line"
    _description = "Change Notice Line"
    _inherit = ["review.line.mixin"]
    _review_parent_field = "notice_id"

    notice_id = fields.Many2one(
        "sale.change.notice", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="notice_id.currency_id")
    order_id = fields.Many2one(related="notice_id.order_id")
    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('order_id', '=', order_id)]",
        help="Empty for a line that is added.",
    )
    is_removed = fields.Boolean(string="Remove")
    # before
    old_product_id = fields.Many2one(
        "product.product",
        string="Product so far",
        compute="_compute_old",
        store=True,
        precompute=True,
    )
    old_quantity = fields.Float(
        string="Quantity so far",
        compute="_compute_old",
        store=True,
        precompute=True,
        digits="Product Unit",
    )
    old_price_unit = fields.Float(
        string="Price so far",
        compute="_compute_old",
        store=True,
        precompute=True,
        digits="Product Price",
    )
    old_discount = fields.Float(
        string="Discount so far (%)",
        compute="_compute_old",
        store=True,
        precompute=True,
        digits="Discount",
    )
    # after
    new_product_id = fields.Many2one(
        "product.product",
        compute="_compute_new_product_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('sale_ok', '=', True)]",
    )
    new_quantity = fields.Float(
        compute="_compute_new_figures",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Unit",
    )
    new_price_unit = fields.Float(
        string="New Price",
        compute="_compute_new_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Price",
    )
    new_discount = fields.Float(
        string="New Discount (%)",
        compute="_compute_new_figures",
        store=True,
        readonly=False,
        precompute=True,
        digits="Discount",
    )
    new_date = fields.Datetime(
        help="For this line alone: when its goods are to leave.",
    )
    amount_difference = fields.Monetary(
        string="Difference", compute="_compute_amount_difference", store=True
    )
    is_changed = fields.Boolean(compute="_compute_is_changed", store=True)

    _figures_check = models.Constraint(
        "CHECK(ABS(new_quantity) < 1e12 AND ABS(new_price_unit) < 1e12"
        " AND new_discount BETWEEN -1e6 AND 100)",
        "A figure of the change notice is not possible.",
    )
    _order_line_uniq = models.Constraint(
        "UNIQUE(notice_id, order_line_id)",
        "A line of the order stands twice on the change notice.",
    )

    # === COMPUTE METHODS === #

    @api.depends("order_line_id")
    def _compute_old(self):
        for line in self:
            old = line.order_line_id.sudo()  # sudo: designers do not read orders
            line.old_product_id = old.product_id
            line.old_quantity = old.product_uom_qty
            line.old_price_unit = old.price_unit
            line.old_discount = old.discount

    @api.depends("order_line_id")
    def _compute_new_product_id(self):
        for line in self:
            if line.order_line_id:
                line.new_product_id = line.sudo().order_line_id.product_id  # as above

    @api.depends("order_line_id", "is_removed")
    def _compute_new_figures(self):
        for line in self:
            old = line.order_line_id.sudo()  # sudo: as above
            quantity = old.product_uom_qty if old else line.new_quantity or 1.0
            line.new_quantity = 0.0 if line.is_removed else quantity
            line.new_discount = old.discount if old else line.new_discount

    @api.depends("order_line_id", "new_product_id")
    def _compute_new_price_unit(self):
        """Propose the price so far, of another product that of the price list."""
        for line in self:
            old = line.order_line_id.sudo()  # sudo: as above
            if old and line.new_product_id == old.product_id:
                line.new_price_unit = old.price_unit
            elif line.new_product_id:
                line.new_price_unit = line._get_list_price()
            else:
                line.new_price_unit = 0.0

    @api.depends("is_changed", "is_removed", *FIGURES, *OLD_FIELDS[1:])
    def _compute_amount_difference(self):
        for line in self:
            after = line.new_quantity * line.new_price_unit
            before = line.old_quantity * line.old_price_unit
            line.amount_difference = after * (1 - line.new_discount / 100) - (
                before * (1 - line.old_discount / 100)
            )

    @api.depends("is_removed", "new_date", "new_product_id", *FIGURES, *OLD_FIELDS)
    def _compute_is_changed(self):
        for line in self:
            line.is_changed = bool(line._get_changes())

    # === CONSTRAINT METHODS === #

    @api.constrains("order_line_id", "notice_id", "new_product_id")
    def _check_order_line(self):
        for line in self.sudo():  # sudo: as above
            order, old = line.notice_id.order_id, line.order_line_id
            if old and (old.order_id != order or old._change_is_exempt()):
                raise ValidationError(
                    self.env._(
                        "%(line)s is no line of %(order)s that can change.",
                        line=old.display_name,
                        order=order.display_name,
                    )
                )
            if not line.new_product_id:
                raise ValidationError(
                    self.env._("%s: choose the product.", line.notice_id.name)
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_figures(vals)
        lines = super().create(
            [
                {k: v for k, v in vals.items() if k not in OLD_FIELDS}
                for vals in vals_list
            ]
        )
        lines.notice_id._check_draft()
        return lines

    def write(self, vals):
        self._check_figures(vals)
        self.notice_id._check_draft()
        vals = {name: vals[name] for name in vals if name not in OLD_FIELDS}
        result = super().write(vals)
        self.notice_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self.notice_id._check_draft()

    def _check_figures(self, vals):
        """Refuse figures that no order has, in words."""
        for name in vals.keys() & set(FIGURES):
            value = vals[name] or 0.0
            finite = isinstance(value, (int, float)) and math.isfinite(value)
            if not finite or abs(value) >= TOO_LARGE:
                raise UserError(
                    self.env._(
                        "%s is not a number below 1,000,000,000,000.",
                        self._fields[name].string,
                    )
                )
            if name == "new_quantity" and value < 0:
                raise UserError(
                    self.env._(
                        "The quantity is negative. Goods that come back are a return, "
                        "no change."
                    )
                )

    # === HELPERS === #

    def _get_changes(self):
        """Return the keys of what the single line changes."""
        self.ensure_one()
        if not self.order_line_id:
            return {"added"}
        if self.is_removed:
            return {"removed"}
        names = {"quantity": "Product Unit", "price_unit": "Product Price"}
        precision = self.env["decimal.precision"].precision_get
        changes = {
            name
            for name, usage in {**names, "discount": "Discount"}.items()
            if float_compare(
                self[f"new_{name}"],
                self[f"old_{name}"],
                precision_digits=precision(usage),
            )
        }
        if self.new_product_id != self.old_product_id:
            changes.add("product")
        if self.new_date:
            changes.add("date")
        return changes

    def _get_list_price(self):
        """Return what the price list of the order asks for the new product."""
        order, product = self.notice_id.order_id.sudo(), self.new_product_id  # as above
        if not order.pricelist_id:
            return product.lst_price
        return order.pricelist_id._get_product_price(
            product, self.new_quantity or 1.0, currency=order.currency_id
        )

    def _freeze_old(self):
        """Read again what the order says now."""
        self._compute_old()
