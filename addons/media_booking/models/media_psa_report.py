from odoo import fields, models
from odoo.tools import SQL

#: The days from last year to next year, in one pass over the bookings.
QUERY = """
    WITH years AS (
        SELECT make_date(y, 1, 1) AS first, make_date(y, 12, 31) AS last
          FROM generate_series(
               extract(year FROM now())::int - 1,
               extract(year FROM now())::int + 1) AS y
    ), shown AS (
        SELECT b.face_id, range_agg(daterange(b.date_from, b.date_to, '[]'))
            FILTER (WHERE b.state = 'filler') AS filler,
               range_agg(daterange(b.date_from, b.date_to, '[]'))
            FILTER (WHERE b.kind = 'psa'
                      AND b.state IN ('booked', 'posted', 'removed')) AS psa,
               range_agg(daterange(b.date_from, b.date_to, '[]'))
            FILTER (WHERE b.kind <> 'psa' AND NOT b.loop
                      AND b.state IN ('booked', 'posted', 'removed')) AS paid
          FROM media_booking b
         WHERE b.state IN ('filler', 'booked', 'posted', 'removed')
           AND (b.kind = 'psa' OR b.state <> 'filler')
      GROUP BY b.face_id
    ), counted AS (
        SELECT f.id AS face_id, f.company_id, f.district_id, y.first,
               y.last - y.first + 1 AS length,
               coalesce((
                   SELECT sum(upper(r) - lower(r))
                     FROM unnest(
                          (coalesce(s.filler, '{}'::datemultirange)
                           - coalesce(s.paid, '{}'::datemultirange)
                           + coalesce(s.psa, '{}'::datemultirange))
                          * datemultirange(daterange(y.first, y.last, '[]'))
                     ) AS r
               ), 0)::int AS days
          FROM media_face f
    CROSS JOIN years y
     LEFT JOIN shown s ON s.face_id = f.id
         WHERE f.active
    )
    SELECT c.face_id * 10 + mod(extract(year FROM c.first)::int, 10) AS id,
           c.face_id, c.company_id, c.district_id, c.days,
           extract(year FROM c.first)::int::text AS year,
           100.0 * c.days / c.length AS share,
           ceil(c.length * p.share / 100)::int AS required_days,
           greatest(0, ceil(c.length * p.share / 100)::int - c.days)
               AS missing_days
      FROM counted c
      JOIN LATERAL (
           SELECT coalesce(r.media_psa_share, 0) AS share
             FROM res_company r WHERE r.id = c.company_id) p ON true
"""


class MediaPsaReport(models.Model):
    """How many days of a year each face shows public-service pictures.

    A filler shows only while nothing paid covers it; a booked public-service campaign
    shows throughout.
    """

    _name = "media.psa.report"
    _description = "Public-Service Share"
    _auto = False
    _order = "year desc, share, face_id"

    face_id = fields.Many2one("media.face", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    district_id = fields.Many2one("media.district", readonly=True)
    year = fields.Char(readonly=True)
    days = fields.Integer(string="Public-Service Days", readonly=True)
    required_days = fields.Integer(readonly=True, aggregator="sum")
    share = fields.Float(string="Share (%)", readonly=True, aggregator="avg")
    missing_days = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        """Count the days of every active face and year."""
        return SQL(QUERY)
