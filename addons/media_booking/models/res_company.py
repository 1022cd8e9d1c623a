from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    media_hold_days = fields.Integer(
        string="Length of a Hold (days)",
        default=3,
        help="A hold lapses after so many days unless it is renewed or booked.",
    )
    media_hold_renewals = fields.Integer(
        string="Renewals of a Hold",
        default=1,
        help="So often a hold may be renewed by the same length.",
    )
    media_challenge_hours = fields.Float(
        string="Hours to Answer a Challenge",
        default=24,
        help="Once challenged, the holder books within so many hours or the hold ends.",
    )
    media_psa_share = fields.Float(
        string="Public-Service Share (%)",
        default=3,
        help="Part of the year in which every face shows public-service pictures.",
    )

    _media_limits_check = models.Constraint(
        "CHECK(coalesce(media_hold_days, 1) BETWEEN 1 AND 365"
        " AND coalesce(media_hold_renewals, 0) BETWEEN 0 AND 100"
        " AND coalesce(media_challenge_hours, 1) BETWEEN 1 AND 720"
        " AND coalesce(media_psa_share, 0) BETWEEN 0 AND 100)",
        "Holds last 1 to 365 days with at most 100 renewals, challenges 1 to 720 hours,"
        " and the public-service share is a percentage.",
    )
