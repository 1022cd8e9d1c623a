import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import MAX_DAYS
from ..tools import is_period, is_whole, read_date

ORDER_TERM = re.compile(r"^(\w+)(?: (?:asc|desc))?$", re.IGNORECASE)
#: The most faces of one page and the farthest page.
MAX_PAGE, MAX_OFFSET = 1000, 1_000_000


class MediaFace(models.Model):
    """The one search for free faces: board, picker, enquiries and refusals ask here."""

    _inherit = "media.face"

    @api.model
    @api.readonly
    def search_free(self, domain, date_from, date_to, limit=80, offset=0, order=None):
        """Return the faces that can be held for the whole period.

        Everybody gets the same answer, whatever bookings they may read.

        :param list domain: on faces, judged with the caller's rights
        :param date_from: first day, :param date_to: last day, inclusive
        :return: ``{"length": all that match, "records": the values of one page}``
        :raise UserError: for anything that is no period, page, order or domain
        """
        start, end = self._read_period(date_from, date_to)
        if not is_whole(limit, 1, MAX_PAGE) or not is_whole(offset, 0, MAX_OFFSET):
            raise UserError(self.env._("A page has between 1 and %s faces.", MAX_PAGE))
        wanted = self._read_domain(domain) & self._get_free_domain(start, end)
        names = self._get_search_free_fields()
        stored = [name for name in names if self._fields[name].store]
        faces = self.search_fetch(
            wanted, stored, offset, limit, self._read_order(order)
        )
        length = offset + len(faces)
        if len(faces) == limit or (offset and not faces):
            length = self.search_count(wanted)
        return {"length": length, "records": faces.read(names)}

    def _get_search_free_fields(self):
        """Return the names of the fields that the search for free faces answers."""
        return [
            "code",
            "name",
            "display_name",
            "site_id",
            "district_id",
            "format_id",
            "road",
            "facing",
            "lit",
            "area",
            "slot_count",
            "latitude",
            "longitude",
        ]

    # === DOMAINS === #

    @api.model
    def _get_free_domain(self, date_from, date_to, slots=1):
        """Return the domain of the faces that are free for the whole period.

        ``any!`` asks past the record rules of bookings: under a rule "own bookings
        only" a plain ``not any`` would call nearly every face free.
        """
        busy = self.env["media.booking"]._get_busy_domain(date_from, date_to)
        room = self._get_room_domain(date_from, date_to, slots)
        return (
            (Domain("valid_from", "=", False) | Domain("valid_from", "<=", date_from))
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", date_to))
            & Domain("min_days", "<=", (date_to - date_from).days + 1)
            & Domain("booking_ids", "not any!", busy & Domain("loop", "=", False))
            & Domain("component_ids", "not any!", Domain("booking_ids", "any!", busy))
            & (room if slots > 1 else Domain("slot_count", "=", 1) | room)
        )

    @api.model
    def _get_room_domain(self, date_from, date_to, slots):
        """Return the domain of the loops in which so many slots are free throughout."""
        busy = self.env["media.booking"]._get_busy_sql(date_from, date_to)

        def to_sql(_model, alias, _query):
            return SQL(
                "%(slot_count)s > 1 AND %(slots)s <= %(slot_count)s - ("
                "SELECT count(DISTINCT b.slot) FROM media_booking b"
                " WHERE b.face_id = %(id)s AND %(busy)s)",
                slot_count=SQL.identifier(alias, "slot_count"),
                slots=slots,
                id=SQL.identifier(alias, "id"),
                busy=busy,
            )

        return Domain.custom(to_sql=to_sql)

    # === WHAT CALLERS SEND === #

    @api.model
    def _read_period(self, date_from, date_to):
        """Return the two dates of a period that a caller sent."""
        start, end = read_date(date_from), read_date(date_to)
        if not is_period(start, end):
            raise UserError(
                self.env._(
                    "Give a first and a last day, in this order and at most %s days"
                    " apart.",
                    MAX_DAYS,
                )
            )
        return start, end

    @api.model
    def _read_domain(self, domain):
        try:
            wanted = Domain(domain or Domain.TRUE)
            wanted.validate(self)
        except (ValueError, TypeError, AssertionError) as error:
            raise UserError(
                self.env._("This is no filter of faces: %s", error)
            ) from error
        return wanted

    @api.model
    def _read_order(self, order):
        """Return a checked order; without one the faces come by code."""
        if not order:
            return None
        terms = order.split(",") if isinstance(order, str) else [""]
        for term in terms:
            match = ORDER_TERM.match(term.strip())
            field = match and self._fields.get(match[1])
            if not field or not field.store:
                raise UserError(self.env._("Faces cannot be sorted by %s.", order))
        return order
