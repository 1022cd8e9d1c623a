from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rate_terms import Tariff, price_period

UNITS = [
    ("day", "Day"),
    ("week", "Week"),
    ("month", "Month"),
    ("period", "Shortest booking"),
]


class MediaRate(models.Model):
    """The list price (刊例价) of a face, or of all faces of a format.

    Of the rates that hold on a day the most specific one wins: a face before its
    format, a season before the rest of the year, the longer shortest booking before the
    shorter one. Two rates that would be equally specific exclude each other.
    """

    _name = "media.rate"
    _description = "Media Rate"
    _order = "format_id, face_id, date_from, min_days, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    face_id = fields.Many2one(
        "media.face", index="btree_not_null", ondelete="cascade", check_company=True
    )
    format_id = fields.Many2one(
        "media.format", index="btree_not_null", ondelete="cascade"
    )
    season = fields.Char(
        help="The name of a season, such as: Spring Festival. Its rates go before "
        "those of the rest of the year."
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    min_days = fields.Integer(
        string="Shortest Booking (days)",
        required=True,
        default=1,
        help="The rate holds for bookings of at least so many days.",
    )
    price = fields.Monetary(required=True)
    unit = fields.Selection(UNITS, string="Per", required=True, default="month")
    active = fields.Boolean(default=True)

    _target_check = models.Constraint(
        "CHECK(num_nonnulls(face_id, format_id) = 1)",
        "A rate is of one face or of one format.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)", "A rate cannot end before it begins."
    )
    _season_check = models.Constraint(
        "CHECK(season IS NULL OR num_nonnulls(date_from, date_to) = 2)",
        "A season begins and ends on certain days.",
    )
    _figures_check = models.Constraint(
        "CHECK(min_days BETWEEN 1 AND 3660 AND price >= 0 AND price < 1e15)",
        "A price is a positive amount, the shortest booking between 1 and 3,660 days.",
    )
    _rate_excl = models.Constraint(
        "EXCLUDE USING gist (company_id WITH =, (coalesce(face_id, 0)) WITH =,"
        " (coalesce(format_id, 0)) WITH =, ((season IS NOT NULL)::int) WITH =,"
        " min_days WITH =, daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "There is already a rate for the same days and the same shortest booking:"
        " change that one, or give this one other days.",
    )

    @api.depends("face_id.code", "format_id.name", "season")
    def _compute_display_name(self):
        for rate in self:
            target = rate.face_id.code or rate.format_id.name
            rate.display_name = " ".join(filter(None, (target, rate.season)))

    @api.constrains("season")
    def _check_season(self):
        if any(rate.season is not False and not rate.season.strip() for rate in self):
            raise ValidationError(
                self.env._("Give the season a name, or leave it empty.")
            )

    # === BUSINESS METHODS === #

    @api.model
    def _get_list_price(self, faces, date_from, date_to):
        """Return the list prices of faces for a period, both days included.

        A composite face without a rate costs what its parts cost together.

        :return: ``{face id: amount in the face's company currency}``, None for faces
            without a rate on one of the days
        """
        parts = faces.component_ids
        tariffs = self._find_tariffs(faces | parts, date_from, date_to)
        prices = {
            face.id: price_period(self._pick(tariffs, face), date_from, date_to)
            for face in faces | parts
        }
        for face in faces:
            if prices[face.id] is None and face.component_ids:
                amounts = [prices[part.id] for part in face.component_ids]
                prices[face.id] = None if None in amounts else sum(amounts)
        return {face.id: prices[face.id] for face in faces}

    @api.model
    def _pick(self, tariffs, face):
        """Return the tariffs that could hold for a face."""
        company = face.company_id.id
        return [
            *tariffs.get((company, "face", face.id), ()),
            *tariffs.get((company, "format", face.format_id.id), ()),
        ]

    @api.model
    def _find_tariffs(self, faces, date_from, date_to):
        """Return the tariffs of faces and formats that touch a period."""
        target = Domain("face_id", "in", faces.ids)
        target |= Domain("format_id", "in", faces.format_id.ids)
        began = Domain("date_from", "=", False) | Domain("date_from", "<=", date_to)
        lasts = Domain("date_to", "=", False) | Domain("date_to", ">=", date_from)
        length = (date_to - date_from).days + 1
        rates = self.search(
            Domain("company_id", "in", faces.company_id.ids)
            & Domain("min_days", "<=", length)
            & target
            & began
            & lasts
        )
        tariffs = {}
        for rate in rates:
            name = "face" if rate.face_id else "format"
            key = (rate.company_id.id, name, rate[f"{name}_id"].id)
            tariffs.setdefault(key, []).append(rate._get_tariff(date_from))
        return tariffs

    def _get_tariff(self, day):
        """Return the rate in the currency of its company, at the course of a day."""
        company = self.company_id
        price = self.currency_id._convert(
            self.price, company.currency_id, company, day, round=False
        )
        return Tariff(
            rank=(bool(self.face_id), bool(self.season), self.min_days),
            date_from=self.date_from or date.min,
            # One day less: the day after is counted, too.
            date_to=self.date_to or date.max.replace(day=30),
            unit=self.unit,
            min_days=self.min_days,
            price=price,
        )
