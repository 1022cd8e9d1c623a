from odoo import api, fields, models
from odoo.tools import SQL, Query

#: What a customer shows, paid or given: counted as sold.
SOLD_KINDS = ("paid", "free", "overshow", "makegood")
#: The months from the first booking to a year from today, what each face has to let
#: in them, and what each booking takes of it within the validity of its face.
#: Conditions on the month reach the list of months before anything is joined.
FACTS = """
    WITH month AS MATERIALIZED (
        SELECT first_day::date, (first_day + interval '1 month - 1 day')::date
            AS last_day, (first_day::date - date '1970-01-01') AS number
        FROM generate_series(
            date_trunc('month', LEAST(
                (SELECT min(date_from) FROM media_booking), %(today)s::date
            )),
            date_trunc('month', %(today)s::date + interval '12 months'),
            interval '1 month'
        ) AS first_day
    ), plain AS MATERIALIZED (
        SELECT id, company_id, site_id, district_id, format_id, slot_count,
            coalesce(valid_from, '-infinity') AS valid_from,
            coalesce(valid_to, 'infinity') AS valid_to
        FROM media_face AS face
        WHERE active AND NOT EXISTS (
            SELECT FROM media_face_component_rel AS part
            WHERE part.composite_id = face.id)
    )
    SELECT (face.id::bigint * 65536 + month.number) * 2 AS id,
        face.company_id, face.id AS face_id, face.site_id, face.district_id,
        face.format_id, month.first_day AS date,
        face.slot_count * (
            LEAST(month.last_day, face.valid_to)
            - GREATEST(month.first_day, face.valid_from) + 1
        ) AS lettable_days, %(zeros)s, 0.0 AS occupancy
    FROM month
    JOIN plain AS face
        ON face.valid_from <= month.last_day AND face.valid_to >= month.first_day
    UNION ALL
    SELECT (booking.id::bigint * 65536 + month.number) * 2 + 1,
        face.company_id, face.id, face.site_id, face.district_id, face.format_id,
        month.first_day, 0, %(expressions)s, NULL
    FROM month
    JOIN media_booking AS booking
        ON booking.date_from <= month.last_day AND booking.date_to >= month.first_day
    JOIN plain AS face ON face.id = booking.face_id
    CROSS JOIN LATERAL (
        SELECT LEAST(month.last_day, booking.date_to, face.valid_to)
            - GREATEST(month.first_day, booking.date_from, face.valid_from) + 1
    ) AS part (days)
    WHERE booking.state IN ('hold', 'booked', 'posted', 'removed', 'filler')
        AND part.days > 0
"""


class MediaOccupancy(models.Model):
    """Occupancy (上刊率) by face and month, in days of its slots.

    Two sorts of rows are added up: what a face has to let in a month, and what each
    booking takes of it. A composite face is left out: its parts are counted.
    """

    _name = "media.occupancy"
    _description = "Media Occupancy"
    _auto = False
    _order = "date desc, district_id, face_id"
    _rec_name = "face_id"

    date = fields.Date(string="Month", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    face_id = fields.Many2one("media.face", readonly=True)
    site_id = fields.Many2one("media.site", readonly=True)
    district_id = fields.Many2one("media.district", readonly=True)
    format_id = fields.Many2one("media.format", readonly=True)
    lettable_days = fields.Integer(string="Days to Let", readonly=True)
    sold_days = fields.Integer(
        readonly=True,
        help="Booked, posted and past days of customers, paid or given.",
    )
    paid_days = fields.Integer(readonly=True)
    held_days = fields.Integer(readonly=True)
    maintenance_days = fields.Integer(readonly=True)
    filler_days = fields.Integer(readonly=True)
    occupancy = fields.Float(
        string="Occupancy (%)",
        readonly=True,
        aggregator="avg",
        help="Sold days in percent of the days to let.",
    )

    # === SQL === #

    @property
    def _table_query(self):
        measures = self._get_booking_measures()
        expressions = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in measures.items()
        )
        zeros = SQL(", ").join(SQL("0 AS %s", SQL.identifier(n)) for n in measures)
        return SQL(
            FACTS,
            today=fields.Date.context_today(self),
            zeros=zeros,
            expressions=expressions,
        )

    @api.model
    def _get_booking_measures(self):
        """Return the expressions over a booking in a month, by the name of the column.

        ``days`` are those of the booking in the month. A bridge adds its own, such as
        the revenue of these days, together with the field.
        """
        sold = SQL("booking.state IN ('booked', 'posted', 'removed')")
        return {
            "sold_days": SQL(
                "days * (%s AND booking.kind IN %s)::int", sold, SOLD_KINDS
            ),
            "paid_days": SQL("days * (%s AND booking.kind = 'paid')::int", sold),
            "held_days": SQL("days * (booking.state = 'hold')::int"),
            "maintenance_days": SQL(
                "days * (%s AND booking.kind = 'maintenance')::int", sold
            ),
            "filler_days": SQL(
                "days * (booking.state = 'filler'"
                " OR (%s AND booking.kind = 'psa'))::int",
                sold,
            ),
        }

    # === GROUPS === #

    def _read_group_select(self, aggregate_spec: str, query: Query) -> SQL:
        """Weigh the occupancy: sold days of the group over its days to let."""
        if aggregate_spec != "occupancy:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100.0 * SUM(%(sold)s) / NULLIF(SUM(%(lettable)s), 0)",
            sold=self._field_to_sql(self._table, "sold_days", query),
            lettable=self._field_to_sql(self._table, "lettable_days", query),
        )
