from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from .sale_order import is_figure

FIGURES = ("product_uom_qty", "price_unit", "discount")
#: Kept by the surcharge action alone.
SURCHARGE_FIELDS = ("surcharge_id", "surcharge_line_id", "surcharge_amount")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    surcharge_id = fields.Many2one("order.surcharge", readonly=True, copy=False)
    surcharge_line_id = fields.Many2one(
        "sale.order.line", string="Surcharge On", readonly=True, copy=False
    )
    surcharge_amount = fields.Float(readonly=True, copy=False)
    price_off_list = fields.Float(
        string="Off List (%)",
        compute="_compute_price_off_list",
        compute_sudo=True,
        digits=(16, 1),
        groups="base.group_user",
        help="Difference of the net price from the company's price list.",
    )

    @api.depends("product_id", "product_uom_qty", "price_unit", "discount")
    def _compute_price_off_list(self):
        for line in self:
            line.price_off_list = (
                line._get_price_off_list() if line.order_id.order_intake else 0.0
            )

    def _get_price_off_list(self):
        """Return by how many percent the net price differs from the price list."""
        self.ensure_one()
        if not self._is_intake_goods():
            return 0.0
        net = self.price_unit * (1 - self.discount / 100)
        listed = self.surcharge_amount if self.surcharge_id else self._get_list_price()
        if not listed:
            return 100.0 if net else 0.0
        percent = (net - listed) / listed * 100
        return percent if float_compare(percent, 0.0, precision_digits=2) else 0.0

    def _get_list_price(self):
        """Return the unit price of the price list in the terms of the line."""
        self.ensure_one()
        if not self.product_id or not self.order_id:
            return 0.0
        return self._get_pricelist_price()

    def _is_intake_goods(self):
        """Tell whether the line is something the customer orders at a price."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_expense
            and not self.combo_item_id
            and self.product_type != "combo"
            and not (self.price_unit < 0 < self.product_uom_qty)
        )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(name) for name in SURCHARGE_FIELDS):
                self._refuse_surcharge()
            order = self.env["sale.order"].browse(vals.get("order_id"))
            if order.company_id.order_intake:
                self._check_figures(vals)
        lines = super().create(
            [{**vals, **dict.fromkeys(SURCHARGE_FIELDS, False)} for vals in vals_list]
        )
        lines.order_id._intake_follow()
        return lines

    def write(self, vals):
        if any(name in vals for name in SURCHARGE_FIELDS):
            self._refuse_surcharge()
        if any(order.company_id.order_intake for order in self.order_id):
            self._check_figures(vals)
        orders = self.order_id
        result = super().write(vals)
        (orders | self.order_id)._intake_follow()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders.exists()._intake_follow()
        return result

    def _surcharge_write(self, vals):
        """Tie a line to the surcharge that made it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _refuse_surcharge(self):
        raise AccessError(
            self.env._("Surcharges come from the special-shape table: 'Add Surcharge'.")
        )

    def _check_figures(self, vals):
        """Refuse figures that no order has, in words."""
        for name in FIGURES:
            if name not in vals:
                continue
            value, label = vals[name] or 0.0, self._fields[name].string
            product = self.env["product.product"].browse(vals.get("product_id"))
            what = product.display_name or self[:1].display_name or self.env._("Line")
            if not is_figure(value):
                raise UserError(
                    self.env._(
                        "%(what)s: %(label)s is not a number below 1,000,000,000,000.",
                        what=what,
                        label=label,
                    )
                )
            if name == "product_uom_qty" and value < 0:
                raise UserError(
                    self.env._(
                        "%s: the quantity is negative. Goods that come back are a "
                        "return, not an order.",
                        what,
                    )
                )
