from odoo import api, fields, models
from odoo.fields import Domain


class SalePriceAuthority(models.Model):
    """How far from the price list a review step may let an order go.

    The range is in percent of the pricelist unit price, net of discount, untaxed.
    """

    _name = "sale.price.authority"
    _description = "Price Authority"
    _order = "step_sequence, product_tmpl_id, categ_id, partner_category_id, id"
    _check_company_auto = True

    step_id = fields.Many2one(
        "review.step",
        string="Review Step",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('flow_id.model', '=', 'sale.order'), ('is_final', '=', False)]",
        help="Who signs orders whose prices lie in this range.",
    )
    step_sequence = fields.Integer(related="step_id.sequence", store=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave it empty for a range of all companies.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        index="btree_not_null",
        ondelete="cascade",
    )
    partner_category_id = fields.Many2one(
        "res.partner.category",
        string="Customer Category",
        index="btree_not_null",
        ondelete="cascade",
    )
    percent_min = fields.Float(
        string="Lowest %",
        default=100.0,
        digits=(16, 2),
        help="Lowest net price in percent of the pricelist unit price.",
    )
    percent_max = fields.Float(
        string="Highest %",
        digits=(16, 2),
        help="Highest net price in percent of the pricelist unit price; 0 is no limit.",
    )
    active = fields.Boolean(default=True)

    _range_check = models.Constraint(
        "CHECK(percent_min >= 0 AND percent_min <= 1000 AND percent_max <= 100000"
        " AND (percent_max = 0 OR percent_max >= percent_min))",
        "A price range goes from its lowest to its highest percentage.",
    )
    _scope_uniq = models.UniqueIndex(
        "(step_id, COALESCE(company_id, 0), COALESCE(product_tmpl_id, 0),"
        " COALESCE(categ_id, 0), COALESCE(partner_category_id, 0)) WHERE active",
        "This step has a price range for the same products and customers already.",
    )

    @api.depends("step_id", "percent_min", "percent_max")
    def _compute_display_name(self):
        for authority in self:
            highest = f"{authority.percent_max:g} %" if authority.percent_max else "∞"
            authority.display_name = (
                f"{authority.step_id.name}: {authority.percent_min:g} % - {highest}"
            )

    @api.model
    def _get_by_step(self, flow, company):
        """Return ``[(step, ranges)]`` of the flow in the order of its steps, ``[]``
        when the company restricts no price at all.
        """
        steps = flow.step_ids.filtered(lambda step: not step.is_final).sorted()
        ranges = self.search(
            Domain("step_id", "in", steps.ids)
            & Domain("company_id", "in", [False, company.id])
        )
        if not ranges:
            return []
        grouped = ranges.grouped("step_id")
        return [(step, grouped.get(step, self.browse())) for step in steps]

    def _find_closest(self, line):
        """Return the range that fits the order line most closely: the product before
        its category before the customer's category before a general range.
        """
        fitting = [
            (specificity, authority)
            for authority in self
            if (specificity := authority._get_specificity(line))
        ]
        if not fitting:
            return self.browse()
        return max(fitting, key=lambda item: (item[0], item[1].id))[1]

    def _get_specificity(self, line):
        """Return how closely the range fits the line as a sortable tuple, or None."""
        self.ensure_one()
        product = line.product_id
        depth = _depth_in(self.categ_id, product.categ_id)
        customer_depth = _depth_in(
            self.partner_category_id, line.order_id._get_price_partner_categories()
        )
        if (
            (self.product_tmpl_id and self.product_tmpl_id != product.product_tmpl_id)
            or depth is None
            or customer_depth is None
        ):
            return None
        return (
            bool(self.product_tmpl_id),
            depth,
            customer_depth,
            bool(self.company_id),
        )

    def _contains(self, percent):
        """Tell whether the percentage lies in the range, to two decimals."""
        return self._judge(percent)[0] == "within"

    def _judge(self, percent):
        """Return ``(within | below | above | none, points outside)``; an empty range
        gives no authority.
        """
        if not self:
            return "none", 0.0
        percent = round(percent, 2)
        if percent < self.percent_min:
            return "below", self.percent_min - percent
        if self.percent_max and percent > self.percent_max:
            return "above", percent - self.percent_max
        return "within", 0.0


def _depth_in(ancestor, nodes):
    """Return how deep ``ancestor`` lies in the tree above ``nodes``; 0 when it is
    empty (fits all) and None when none of the nodes lies below it.
    """
    if not ancestor:
        return 0
    for node in nodes:
        path = (node.parent_path or "").strip("/").split("/")
        if str(ancestor.id) in path:
            return path.index(str(ancestor.id)) + 1
    return None
