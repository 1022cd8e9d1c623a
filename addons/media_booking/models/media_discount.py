from odoo import fields, models


class MediaDiscount(models.Model):
    """A kind of discount on media, such as the commission of an agency (返点)."""

    _name = "media.discount"
    _description = "Media Discount"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty for a kind that holds in every company.",
    )
    kind = fields.Selection(
        [
            ("deduction", "Taken off the price"),
            ("commission", "Paid back to the agency"),
        ],
        required=True,
        default="deduction",
    )
    percent = fields.Float(string="Usual (%)", digits=(5, 2))
    max_percent = fields.Float(
        string="Highest (%)",
        digits=(5, 2),
        help="What nobody goes beyond without the price authority's approval.",
    )

    _percent_check = models.Constraint(
        "CHECK(coalesce(percent, 0) BETWEEN 0 AND 100"
        " AND coalesce(max_percent, 0) BETWEEN 0 AND 100"
        " AND coalesce(percent, 0) <= coalesce(max_percent, 0))",
        "Discounts lie between 0 and 100 %, the usual one not above the highest.",
    )

    # === HOOKS === #

    def _get_authority(self, user):
        """Return the percentage up to which a user may grant this kind."""
        self.ensure_one()
        return self.max_percent
