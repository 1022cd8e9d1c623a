from odoo import fields, models
from odoo.tools import SQL

#: How far ahead vacancies are looked for.
AHEAD_DAYS = 365

#: Before, between and after what is taken.
GAPS = """
    WITH lettable AS (
        SELECT face.id AS face_id, slot, face.company_id, face.site_id,
            face.district_id, face.format_id,
            GREATEST(%(today)s::date, face.valid_from) AS first_day,
            LEAST(%(today)s::date + %(ahead)s, face.valid_to) AS last_day
        FROM media_face AS face
        CROSS JOIN LATERAL generate_series(1, face.slot_count) AS slot
        WHERE face.active AND NOT EXISTS (
            SELECT FROM media_face_component_rel AS part
            WHERE part.composite_id = face.id)
    ), edge AS (
        SELECT face_id, slot, date_from, date_to
        FROM media_booking
        WHERE date_to >= %(today)s::date
            AND (state IN ('booked', 'posted', 'removed')
                OR (state = 'hold' AND hold_until >= %(now)s))
        UNION ALL
        SELECT face_id, slot, last_day + 1, last_day + 1 FROM lettable
    ), gap AS (
        SELECT lettable.*,
            GREATEST(lettable.first_day, lag(edge.date_to) OVER slots + 1)
                AS date_from,
            LEAST(lettable.last_day, edge.date_from - 1) AS date_to
        FROM edge
        JOIN lettable USING (face_id, slot)
        WINDOW slots AS (
            PARTITION BY edge.face_id, edge.slot ORDER BY edge.date_from
        )
    )
    SELECT row_number() OVER () AS id, company_id, face_id, slot, site_id,
        district_id, format_id, date_from, date_to,
        date_to - date_from + 1 AS days
    FROM gap
    WHERE date_to >= date_from
"""


class MediaVacancy(models.Model):
    """What is still to let: the gaps ahead of each face, of each slot of a loop."""

    _name = "media.vacancy"
    _description = "Media Vacancy"
    _auto = False
    _order = "date_from, days desc, face_id"
    _rec_name = "face_id"

    company_id = fields.Many2one("res.company", readonly=True)
    face_id = fields.Many2one("media.face", readonly=True)
    slot = fields.Integer(readonly=True)
    site_id = fields.Many2one("media.site", readonly=True)
    district_id = fields.Many2one("media.district", readonly=True)
    format_id = fields.Many2one("media.format", readonly=True)
    date_from = fields.Date(string="Free from", readonly=True)
    date_to = fields.Date(string="Free until", readonly=True)
    days = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        """Return the gaps: before, between and after what is taken, until a year on.

        A gap begins the day after the latest end so far; bookings of a slot do not
        overlap, so that is the day after the one before.
        """
        return SQL(
            GAPS,
            ahead=AHEAD_DAYS,
            now=fields.Datetime.now(),
            today=fields.Date.context_today(self),
        )

    def action_view_face(self):
        """Open the face; a gap itself is no record."""
        return self.face_id[:1]._get_records_action()
