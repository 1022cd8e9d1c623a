from odoo import api, fields, models

from ..rate_terms import Tariff, count_units
from .media_rate import UNITS


class MediaPackage(models.Model):
    """Faces that are sold together, at a price of their own or below the rate card."""

    _name = "media.package"
    _description = "Media Package"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    face_ids = fields.Many2many(
        "media.face", string="Faces", required=True, check_company=True
    )
    face_count = fields.Integer(compute="_compute_face_count")
    price = fields.Monetary(
        help="Leave it empty to sell at the rate card less the discount."
    )
    unit = fields.Selection(
        [unit for unit in UNITS if unit[0] != "period"],
        string="Per",
        required=True,
        default="month",
    )
    discount = fields.Float(string="Discount (%)", digits=(5, 2))
    note = fields.Text()

    _figures_check = models.Constraint(
        "CHECK(coalesce(price, 0) >= 0 AND coalesce(price, 0) < 1e15"
        " AND coalesce(discount, 0) BETWEEN 0 AND 100)",
        "A package has a positive price and a discount between 0 and 100 %.",
    )

    @api.depends("face_ids")
    def _compute_face_count(self):
        for package in self:
            package.face_count = len(package.face_ids)

    # === BUSINESS METHODS === #

    def _get_list_price(self, date_from, date_to):
        """Return the price of the package for a period in its company's currency.

        :return: None when a face has no rate and the package no price of its own
        """
        self.ensure_one()
        if self.price:
            own = Tariff((), date_from, date_to, self.unit, 1, self.price)
            return count_units(own, date_from, date_to) * self.price
        rates = self.env["media.rate"]
        prices = rates._get_list_price(self.face_ids, date_from, date_to).values()
        if None in prices:
            return None
        return sum(prices) * (1 - self.discount / 100)
