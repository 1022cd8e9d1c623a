from odoo import api, fields, models
from odoo.tools import SQL, Query

#: What a customer shows, paid or given: counted as sold.
SOLD_KINDS = ("paid", "free", "overshow", "makegood")


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
        string="Sold Days",
        readonly=True,
        help="Booked, posted and past days of customers, paid or given.",
    )
    paid_days = fields.Integer(string="Paid Days", readonly=True)
    held_days = fields.Integer(string="Held Days", readonly=True)
    maintenance_days = fields.Integer(string="Maintenance Days", readonly=True)
    filler_days = fields.Integer(string="Filler Days", readonly=True)
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
        return SQL(
            """
            SELECT row_number() OVER () AS id, face.company_id, face.id AS face_id,
                face.site_id, face.district_id, face.format_id, fact.date,
                fact.lettable_days, %(names)s,
                100.0 * fact.sold_days / NULLIF(fact.lettable_days, 0) AS occupancy
            FROM (%(lettable)s UNION ALL %(taken)s) AS fact
            JOIN media_face AS face ON face.id = fact.face_id
            """,
            names=SQL(", ").join(
                SQL("fact.%s", SQL.identifier(name)) for name in measures
            ),
            lettable=self._make_lettable_sql(measures),
            taken=self._make_taken_sql(measures),
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

    def _make_lettable_sql(self, measures):
        """Return what each face has to let in each month, from its first day on.

        The months are those of the bookings, and a year from now.
        """
        return SQL(
            """
            SELECT face.id AS face_id, month::date AS date,
                face.slot_count * (
                    LEAST(month::date + interval '1 month - 1 day', face.valid_to)::date
                    - GREATEST(month::date, face.valid_from) + 1
                ) AS lettable_days, %(zeros)s
            FROM media_face AS face
            CROSS JOIN generate_series(
                date_trunc('month', LEAST(
                    (SELECT min(date_from) FROM media_booking), %(today)s::date
                )),
                date_trunc('month', %(today)s::date + interval '12 months'),
                interval '1 month'
            ) AS month
            WHERE face.active AND %(plain)s
                AND (face.valid_from IS NULL
                    OR face.valid_from < month + interval '1 month')
                AND (face.valid_to IS NULL OR face.valid_to >= month)
            """,
            zeros=SQL(", ").join(SQL("0 AS %s", SQL.identifier(n)) for n in measures),
            today=fields.Date.context_today(self),
            plain=self._get_plain_sql(),
        )

    def _make_taken_sql(self, measures):
        """Return what each booking takes in each of its months, within the validity."""
        return SQL(
            """
            SELECT booking.face_id, month::date AS date, 0 AS lettable_days, %(values)s
            FROM media_booking AS booking
            JOIN media_face AS face ON face.id = booking.face_id
            CROSS JOIN LATERAL generate_series(
                date_trunc('month', booking.date_from),
                LEAST(
                    booking.date_to::timestamp, %(today)s::date + interval '13 months'
                ),
                interval '1 month'
            ) AS month
            CROSS JOIN LATERAL (
                SELECT LEAST(month::date + interval '1 month - 1 day',
                        booking.date_to, face.valid_to)::date
                    - GREATEST(month::date, booking.date_from, face.valid_from) + 1
            ) AS part (days)
            WHERE booking.state IN ('hold', 'booked', 'posted', 'removed', 'filler')
                AND face.active AND part.days > 0 AND %(plain)s
            """,
            values=SQL(", ").join(
                SQL("%s AS %s", expression, SQL.identifier(name))
                for name, expression in measures.items()
            ),
            today=fields.Date.context_today(self),
            plain=self._get_plain_sql(),
        )

    def _get_plain_sql(self):
        """Return the condition that leaves composite faces to their parts."""
        return SQL(
            "NOT EXISTS (SELECT FROM media_face_component_rel AS part"
            " WHERE part.composite_id = face.id)"
        )

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
