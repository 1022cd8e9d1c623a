from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .media_enquiry_line import POSITIVE


class MediaBooking(models.Model):
    """A booking made of the answer to an enquiry stays inside what was confirmed."""

    _inherit = "media.booking"

    enquiry_line_id = fields.Many2one(
        "media.enquiry.line",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    enquiry_id = fields.Many2one(related="enquiry_line_id.enquiry_id")

    def _filter_granted(self, requests):
        """Grant what process control has confirmed to the caller, and remember it."""
        granted = super()._filter_granted(requests)
        lines = self.env["media.enquiry.line"]._find_answers(
            self.env["media.face"].browse(
                [request.get("face_id") for request in requests]
            )
        )
        for request in requests:
            line = lines.filtered(lambda line, asked=request: line._covers(asked))[:1]
            if line and request not in granted:
                request["enquiry_line_id"] = line.id
                request["partner_id"] = line.enquiry_id.partner_id.id
                granted.append(request)
        return granted

    def _after_placed(self, heads):
        """Move the enquiries on of which everything wanted is held now."""
        super()._after_placed(heads)
        # sudo: whoever holds for a colleague need not read the colleague's enquiry.
        enquiries = heads.sudo().enquiry_line_id.enquiry_id
        enquiries._become_held()

    def _move(self, date_from, date_to, face_id=None, verb="move"):
        """Keep others than process control inside the confirmed window."""
        if not self._is_control():
            self._check_window(date_from, date_to, face_id)
        return super()._move(date_from, date_to, face_id, verb)

    def _check_window(self, date_from, date_to, face_id=None):
        """Raise unless a period lies inside what process control has confirmed.

        Without an enquiry the days that are booked now are the window.
        """
        # sudo: an order of a colleague is amended, too.
        booking = self.sudo()
        start, end = self.env["media.face"]._read_period(date_from, date_to)
        line = booking.enquiry_line_id
        first = min(line.answer_from or booking.date_from, booking.date_from)
        last = max(line.answer_to or booking.date_to, booking.date_to)
        other = face_id and face_id != booking.face_id.id
        if first <= start and end <= last and not other:
            return
        raise UserError(
            self.env._(
                "Process control has confirmed %(face)s from %(first)s to %(last)s."
                " Other dates or faces need a new media enquiry.",
                face=booking.face_id.code,
                first=format_date(self.env, first),
                last=format_date(self.env, last),
            )
        )


class MediaEnquiry(models.Model):
    _inherit = "media.enquiry"

    def _become_held(self):
        """Mark answered enquiries as held when each wanted face is."""
        full = self.filtered(
            lambda enquiry: (
                enquiry.state == "answered"
                and all(
                    line.booking_ids
                    for line in enquiry.line_ids
                    if line.take and line.answer in POSITIVE
                )
            )
        )
        if full:
            full._transition({"state": "held"})


class MediaEnquiryLine(models.Model):
    _inherit = "media.enquiry.line"

    def _find_answers(self, faces):
        """Return the caller's lines whose answer confirms one of the faces now."""
        return self.search(
            Domain("answer_face_id", "in", faces.ids)
            & Domain("answer", "in", POSITIVE)
            & Domain("user_id", "=", self.env.uid)
            & Domain("enquiry_id.state", "=", "answered")
            & Domain("enquiry_id.valid_until", ">=", fields.Datetime.now()),
            order="id",
        )

    def _covers(self, request):
        """Return whether the answer confirms the face, dates and customer asked for."""
        start, end = self.env["media.face"]._read_period(
            request.get("date_from"), request.get("date_to")
        )
        partner = request.get("partner_id") or self.enquiry_id.partner_id.id
        return (
            self.answer_face_id.id == request.get("face_id")
            and self.answer_from <= start
            and end <= self.answer_to
            and partner == self.enquiry_id.partner_id.id
        )

    def _hold(self):
        """Hold the confirmed faces and queue for those that are not free.

        All of it happens in one transaction; the caller has checked who may.
        """
        bookings = self.env["media.booking"]
        positive = self.filtered(lambda line: line.take and line.answer in POSITIVE)
        queued = self.filtered(lambda line: line.take and line.answer == "not_free")
        for state, lines in (("hold", positive), ("option", queued)):
            if lines:
                bookings._place([line._prepare_booking() for line in lines], state)

    def _prepare_booking(self):
        """Return the request of a hold or an option for a line."""
        self.ensure_one()
        face, first, last = self._get_window()
        return {
            "face_id": face.id,
            "date_from": first,
            "date_to": last,
            "kind": "paid",
            "slot_qty": 1,
            "partner_id": self.enquiry_id.partner_id.id,
            "user_id": self.enquiry_id.user_id.id,
            "enquiry_line_id": self.id,
        }
