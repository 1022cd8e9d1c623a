from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..board import COMPARISONS, Window, stack_slots
from ..const import LIVE_STATES
from ..tools import is_whole
from .media_face_search import MAX_OFFSET

#: The most faces of one answer, and the most days of its window.
MAX_FACES, MAX_WINDOW = 500, 800
#: How long the period is whose list price stands beside a face.
PRICE_DAYS = 30
FIELDS = (
    "code",
    "name",
    "site_id",
    "district_id",
    "format_id",
    "lit",
    "slot_count",
    "component_ids",
    "valid_from",
    "valid_to",
    "company_id",
)


class MediaFace(models.Model):
    """The availability board: faces × time, in one answer."""

    _inherit = "media.face"

    list_price = fields.Monetary(
        compute="_compute_list_price",
        search="_search_list_price",
        help="List price of 30 days from today.",
    )

    # === COMPUTE METHODS === #

    def _compute_list_price(self):
        prices = self._get_board_prices(fields.Date.context_today(self))
        for face in self:
            face.list_price = prices.get(face.id) or 0

    def _search_list_price(self, operator, value):
        """Compare the prices of all faces: they follow from rates, none is stored."""
        compare = COMPARISONS.get(operator)
        if not compare:
            return NotImplemented
        faces = self.search([("active", "=", True)])
        prices = faces._get_board_prices(fields.Date.context_today(self))
        found = [
            face.id
            for face in faces
            if prices.get(face.id) is not None and compare(prices[face.id], value)
        ]
        return Domain("id", "in", found)

    # === BOARD === #

    @api.model
    @api.readonly
    def get_board(self, domain, date_from, date_to, limit=80, offset=0, **options):
        """Return a page of the board.

        Bookings that the reader may not see are ``taken``, without whom and by whom:
        whether a day is free is the same for everybody.

        :param domain: which faces
        :param date_from: first day of the window, as text or date
        :param date_to: last day of the window
        :param options: ``free``: first and last day on which the faces have to be free
        :return: dict with ``length`` of the faces found and ``total`` without ``free``,
            ``currency``, ``rights`` and ``faces``; the ``bars`` of a face are lists of
            first day, last day, state, label, id of the booking (0: hidden), detail
        """
        window = self._read_board_window(date_from, date_to)
        wanted = self._read_domain(domain)
        free = options.get("free") and self._read_period(*options["free"])
        shown = wanted & self._get_free_domain(*free) if free else wanted
        faces, length = self._read_board_page(shown, limit, offset)
        return {
            "length": length,
            "total": self.search_count(wanted) if free else length,
            "currency": self.env.company.currency_id.id,
            "rights": {"hold": self._can_hold_freely()},
            "faces": faces._get_board_rows(window, free),
        }

    @api.model
    def _read_board_page(self, domain, limit, offset):
        """Return the faces of a page, and how many there are on all pages."""
        if not is_whole(limit, 1, MAX_FACES) or not is_whole(offset, 0, MAX_OFFSET):
            raise UserError(self.env._("A page has between 1 and %s faces.", MAX_FACES))
        faces = self.search_fetch(domain, FIELDS, offset, limit)
        length = len(faces)
        if offset or length == limit:
            length = self.search_count(domain)
        return faces, length

    @api.model
    def _read_board_window(self, date_from, date_to):
        """Return the window between two days that a caller sent.

        :raise UserError: for what is no such window
        """
        window = Window(*self._read_period(date_from, date_to))
        if (window.date_to - window.date_from).days >= MAX_WINDOW:
            raise UserError(
                self.env._(
                    "The board shows at most %s days: choose a shorter period.",
                    MAX_WINDOW,
                )
            )
        return window

    @api.model
    def _can_hold_freely(self):
        """Return whether the reader holds faces without an enquiry."""
        return self.env.user.has_group("media_booking.group_media_control")

    def _get_board_rows(self, window, free=None):
        """Return the rows of these faces, with a constant number of queries."""
        start = max(window.date_from, fields.Date.context_today(self))
        prices = self._get_board_prices(*(free or (start,)))
        bars = self._get_board_bars(window)
        ends = self._get_board_ends(window)
        windows = self._get_board_windows(window)
        return [
            face._make_board_row()
            | {
                "price": prices.get(face.id) or 0,
                "bars": bars.get(face.id, []),
                "ends": ends.get(face.id, []),
                "windows": windows.get(face.id, []),
            }
            for face in self
        ]

    def _make_board_row(self):
        """Return what does not change with the window; flags only where they hold."""
        self.ensure_one()
        row = {
            "id": self.id,
            "code": self.code,
            "name": " ".join(filter(None, (self.site_id.name, self.name))),
            "district": self.district_id.name or "",
            "format": self.format_id.name,
        }
        if self.lit:
            row["lit"] = 1
        if self.slot_count > 1:
            row["slots"] = self.slot_count
        if self.component_ids:
            row["parts"] = len(self.component_ids)
        if self.valid_from:
            row["opens"] = fields.Date.to_string(self.valid_from)
        return row

    # === PARTS OF A ROW === #

    def _get_board_prices(self, date_from, date_to=None):
        """Return the list price of each face, for 30 days unless they are given."""
        date_to = date_to or date_from + timedelta(days=PRICE_DAYS - 1)
        return self.env["media.rate"]._get_list_price(self, date_from, date_to)

    def _get_board_ends(self, window):
        """Return ``{face id: [[last day, reason]]}`` of what ends inside the window.

        A reason is ``end`` (no longer let), ``permit`` or ``lease``.
        """
        permits = self.env["media.permit"]._get_ends(self)
        ends = {}
        for face in self:
            for day, reason in ((face.valid_to, "end"), (permits[face.id], "permit")):
                if day and day < window.date_to:
                    end = [fields.Date.to_string(day), reason]
                    ends.setdefault(face.id, []).append(end)
        return ends

    def _get_board_windows(self, window):
        """Return ``{face id: [[first day, last day, enquiry]]}`` of what I may hold."""
        lines = self.env["media.enquiry.line"]._find_windows(self, *window, inside=True)
        windows = {}
        for line in lines:
            windows.setdefault(line.answer_face_id.id, []).append(
                [
                    fields.Date.to_string(line.answer_from),
                    fields.Date.to_string(line.answer_to),
                    line.enquiry_id.name,
                ]
            )
        return windows

    def _get_board_bars(self, window):
        """Return ``{face id: bars}``, the loops summed up in shares of their slots."""
        bars = {}
        for face_id, rows in self._fetch_board_bookings(window).items():
            slots = self.browse(face_id).slot_count
            if slots > 1:
                live = [row for row in rows if row.state in LIVE_STATES]
                bars[face_id] = stack_slots(live, slots, window)
            else:
                bars[face_id] = [row.make_bar() for row in rows if row.is_shown]
        return bars
