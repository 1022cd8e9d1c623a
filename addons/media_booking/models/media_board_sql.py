from odoo import fields, models
from odoo.tools import SQL

from ..board import Occupation

#: What the faces of a page, and the parts of composite ones, are taken by.
OCCUPATIONS = """
    WITH RECURSIVE scope (shown_id, face_id) AS (
        SELECT id, id FROM unnest(%(ids)s) AS id
        UNION
        SELECT scope.shown_id, part.component_id
        FROM scope
        JOIN media_face_component_rel AS part
            ON part.composite_id = scope.face_id
    )
    SELECT scope.shown_id, coalesce(booking.parent_id, booking.id),
        booking.date_from, booking.date_to,
        booking.state, booking.kind, booking.slot, booking.hold_until,
        partner.complete_name, booking.id IN %(readable)s
    FROM scope
    JOIN media_booking AS booking ON booking.face_id = scope.face_id
    LEFT JOIN media_booking AS whole ON whole.id = booking.parent_id
    LEFT JOIN res_partner AS partner ON partner.id = booking.partner_id
    WHERE booking.date_from <= %(date_to)s
        AND booking.date_to >= %(date_from)s
        AND booking.state IN
            ('option', 'hold', 'booked', 'posted', 'removed', 'filler')
        AND (booking.state <> 'hold'
            OR booking.hold_until >= %(now)s)
        AND (scope.shown_id = scope.face_id
            OR whole.face_id IS DISTINCT FROM scope.shown_id)
    ORDER BY scope.shown_id, booking.date_from, booking.id
"""


class MediaFace(models.Model):
    """The one statement behind the bars of the board."""

    _inherit = "media.face"

    def _fetch_board_bookings(self, window):
        """Return ``{face id: occupations}``, those of its parts with a composite face.

        What a page of faces is taken by is read past the record rules; whether the
        reader may see a booking is asked of them in the same statement.
        """
        if not self:
            return {}
        rows = self.env.execute_query(self._make_board_sql(window))
        occupations = {}
        for face_id, *values in rows:
            occupations.setdefault(face_id, []).append(Occupation(*values))
        return occupations

    def _make_board_sql(self, window):
        booking = self.env["media.booking"]
        booking.flush_model()
        self.env["res.partner"].flush_model(["complete_name"])
        self.flush_model(["component_ids"])
        return SQL(
            OCCUPATIONS,
            ids=list(self.ids),
            readable=self._make_readable_sql(window),
            date_from=window.date_from,
            date_to=window.date_to,
            now=fields.Datetime.now(),
        )

    def _make_readable_sql(self, window):
        """Return the bookings of the window that the reader may see, as a subquery."""
        booking = self.env["media.booking"]
        if not booking.has_access("read"):
            return SQL("(SELECT 0 WHERE FALSE)")
        return booking._search(
            [
                ("date_from", "<=", window.date_to),
                ("date_to", ">=", window.date_from),
            ]
        ).subselect()
