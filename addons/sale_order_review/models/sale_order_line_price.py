from typing import NamedTuple

from odoo import api, fields, models
from odoo.models import BaseModel


class PriceVerdict(NamedTuple):
    """What the price authority says about one order line."""

    list_unit: float  # untaxed pricelist price of one unit, in the order's currency
    percent: float  # net untaxed price in percent of it; 0 without a list price
    state: str  # for the first step: within | below | above | none
    difference: float  # how far outside, in percentage points
    step: BaseModel  # the first step that may let the price pass, empty if none


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    price_list_unit = fields.Float(
        string="List Price",
        compute="_compute_price_authority",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Price",
        help="Untaxed unit price of the price list.",
    )
    price_percent = fields.Float(
        string="% of List",
        compute="_compute_price_authority",
        compute_sudo=True,
        groups="base.group_user",
        digits=(16, 1),
        help="Net price in percent of the list price, order discounts included.",
    )
    price_authority_state = fields.Selection(
        [
            ("within", "Within authority"),
            ("below", "Below authority"),
            ("above", "Above authority"),
            ("none", "No authority"),
        ],
        string="Price Authority",
        compute="_compute_price_authority",
        compute_sudo=True,
        groups="base.group_user",
    )
    price_authority_text = fields.Char(
        string="Authority",
        compute="_compute_price_authority",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "order_id.pricelist_id",
        "order_id.partner_id",
        "order_id.company_id",
        "order_id.order_line.price_subtotal",
    )
    def _compute_price_authority(self):
        verdicts = self._get_price_verdicts()
        for line in self:
            verdict = verdicts.get(line)
            line.price_list_unit = verdict.list_unit if verdict else 0.0
            line.price_percent = verdict.percent if verdict else 0.0
            line.price_authority_state = verdict.state if verdict else False
            line.price_authority_text = line._get_authority_text(verdict)

    def _get_authority_text(self, verdict):
        """Return the few words of the badge on the line."""
        if not verdict or not verdict.state:
            return False
        difference = f"{verdict.difference:.4g}"
        return {
            "within": self.env._("Within"),
            "below": self.env._("%s %% below", difference),
            "above": self.env._("%s %% above", difference),
            "none": self.env._("No authority"),
        }[verdict.state]

    def _get_price_verdicts(self):
        """Return ``{line: PriceVerdict}`` for the priced lines among these."""
        verdicts = {}
        levels_by_company = self.order_id._get_price_levels()
        for order, lines in self.grouped("order_id").items():
            if not order.order_review:
                continue
            factor = order._get_order_discount_factor()
            levels = levels_by_company.get(order.company_id, [])
            for line in lines.filtered(lambda line: line._has_list_price()):
                verdicts[line] = line._get_price_verdict(levels, factor)
        return verdicts

    def _get_price_verdict(self, levels, factor):
        """Judge one line.

        :param levels: ``[(step, price ranges)]`` in the order of the steps
        :param factor: share of the price that discounts of the whole order leave
        """
        self.ensure_one()
        list_subtotal = self._get_list_subtotal()
        quantity = self.product_uom_qty
        list_unit = list_subtotal / quantity if quantity else 0.0
        percent = _get_percent(self.price_subtotal * factor, list_subtotal)
        no_step = self.env["review.step"]
        if not levels:
            return PriceVerdict(list_unit, percent, "", 0.0, no_step)
        ranges = [(step, rows._find_closest(self)) for step, rows in levels]
        passing = (step for step, row in ranges if row and row._contains(percent))
        state, difference = ranges[0][1]._judge(percent)
        return PriceVerdict(
            list_unit, percent, state, difference, next(passing, no_step)
        )

    def _has_list_price(self):
        """Tell whether the line is goods with a price of its own to compare."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self._review_line_is_exempt()
            and not self._is_order_discount()
            and self.product_type != "combo"
        )

    def _is_order_discount(self):
        """Tell whether the line is a discount on the others."""
        self.ensure_one()
        return self.price_unit * self.product_uom_qty < 0 or self._is_global_discount()

    def _get_list_subtotal(self):
        """Return the untaxed amount of the line at the price of the price list, in the
        currency of the order.
        """
        self.ensure_one()
        price = (
            self._get_display_price()
            if self.combo_item_id
            else self._get_pricelist_price()
        )
        company = self.order_id.company_id
        taxes = self.product_id.taxes_id._filter_taxes_by_company(company)
        fiscal_position = self.order_id.fiscal_position_id
        price = self.product_id._get_tax_included_unit_price_from_price(
            price, product_taxes=taxes, fiscal_position=fiscal_position
        )
        amounts = fiscal_position.map_tax(taxes).compute_all(
            price,
            currency=self.currency_id,
            quantity=self.product_uom_qty,
            product=self.product_id,
        )
        return amounts["total_excluded"]


def _get_percent(net, list_amount):
    """Return a price in percent of its list price; without one only nothing is 100.

    >>> _get_percent(92.0, 100.0), _get_percent(5.0, 0.0), _get_percent(0.0, 0.0)
    (92.0, 0.0, 100.0)
    """
    if list_amount:
        return net / list_amount * 100
    return 0.0 if net else 100.0
