from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    media_hold_renewals = fields.Integer(
        string="Renewals of a Hold",
        default=1,
        help="So often a hold may be renewed by the same length.",
    )
    media_psa_share = fields.Float(
        string="Public-Service Share (%)",
        default=3,
        help="Part of the year in which every face shows public-service pictures.",
    )

    _media_limits_check = models.Constraint(
        "CHECK(coalesce(media_hold_renewals, 0) BETWEEN 0 AND 100"
        " AND coalesce(media_psa_share, 0) BETWEEN 0 AND 100)",
        "Holds are renewed at most 100 times, and the public-service share is a"
        " percentage.",
    )
