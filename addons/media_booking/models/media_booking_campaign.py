from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import ONE_DAY, is_id, read_date

KINDS_AFTER = ("makegood", "overshow")


class MediaBooking(models.Model):
    """What is done with bookings: posted, moved, extended, taken down, made good."""

    _inherit = "media.booking"

    def action_post(self):
        """Note that the pictures hang, not before their first day."""
        today = fields.Date.context_today(self)
        bookings = self._take(("booked",), control=True)
        for booking in bookings:
            if booking.date_from > today:
                raise UserError(
                    self.env._(
                        "%(booking)s starts on %(start)s and is not posted earlier."
                        " Move the booking first.",
                        booking=booking.display_name,
                        start=self._say_date(booking.date_from),
                    )
                )
            booking._check_may_post()
        bookings._transition({"state": "posted", "posted_on": today})
        self.env["media.booking.event"]._log(bookings, "post")

    def action_remove(self):
        """Note that the pictures are taken down; early, the rest becomes free."""
        today = fields.Date.context_today(self)
        bookings = self._take(("posted",), control=True)
        bookings._transition({"state": "removed", "removed_on": today})
        for booking in bookings:
            if booking.date_to > today:
                booking._transition({"date_to": max(today, booking.date_from)})
        self.env["media.booking.event"]._log(bookings, "remove")
        self._promote(bookings.face_id)

    def change_creative(self, name, reason=None):
        """Show another picture from now on (换画); the history keeps the old one."""
        bookings = self._take(("hold", "booked", "posted"))
        text = self._read_reason(name)
        note = reason.strip()[:500] if isinstance(reason, str) else None
        bookings._transition({"creative": text})
        self.env["media.booking.event"]._log(bookings, "creative", note)

    # === WHO === #

    def transfer(self, user_id=None, partner_id=None, reason=None):
        """Give holds, options or bookings to another salesperson or customer.

        Another customer jumps a queue, so only process control names one.
        """
        bookings = self._take(
            ("option", "hold", "booked"), control=partner_id is not None
        )
        vals = {}
        for name, value in (("user_id", user_id), ("partner_id", partner_id)):
            if value is None:
                continue
            model = self.env[self._fields[name].comodel_name]
            if not is_id(value) or not model.browse(value).exists():
                raise UserError(self.env._("Choose whom to transfer to."))
            vals[name] = value
        if not vals:
            raise UserError(self.env._("Choose whom to transfer to."))
        for booking in bookings:
            partner = model.browse(value) if "partner_id" in vals else None
            period = booking.date_from, booking.date_to
            if partner and (
                reasons := self._get_face_obstacles(booking.face_id, *period, partner)
            ):
                raise UserError("\n".join(reasons))
        bookings._transition(vals)
        note = reason.strip()[:500] if isinstance(reason, str) else None
        self.env["media.booking.event"]._log(bookings, "transfer", note)

    # === WHEN AND WHERE === #

    def move(self, date_from, date_to, face_id=None):
        """Move one booking to other dates or another face, if they are free."""
        self.ensure_one()
        booking = self._take(("option", "hold", "booked", "filler"), control=True)
        booking._move(date_from, date_to, face_id)

    def extend(self, date_to):
        """Let one booking run longer, if the days after it are free."""
        self.ensure_one()
        booking = self._take(("hold", "booked", "posted"), control=True)
        end = read_date(date_to)
        if not end or end <= booking.date_to:
            raise UserError(self.env._("Choose a later last day."))
        booking._move(booking.date_from, end, verb="extend")

    def _move(self, date_from, date_to, face_id=None, verb="move"):
        """Move a booking; the caller has checked who may.

        :raise UserError: saying what stands in the way, and what is free instead
        """
        booking = self.sudo()  # sudo: an order moves what it has booked
        old = booking.face_id
        values = {
            "face_id": face_id or old.id,
            "date_from": date_from,
            "date_to": date_to,
            "kind": booking.kind,
            "slot_qty": booking.slot_qty,
            "partner_id": booking.partner_id.id,
        }
        request = self._read_request(values)
        face = old.browse(request["face_id"])
        (old | face)._take_turn(bump=True)
        self._lapse(face)
        self._check_request(request, face, booking.state)
        vals = {name: request[name] for name in ("face_id", "date_from", "date_to")}
        seats = [(face.id, booking.slot)]
        if booking.state != "option":
            seats = booking._find_new_seats(request, face)
        booking._drop_children()
        booking._transition({**vals, "slot": seats[0][1], "loop": face.slot_count > 1})
        booking.flush_recordset()
        booking._add_children(booking, [seats[1:]])
        self.env["media.booking.event"]._log(booking, verb)
        self._promote(old | face)

    def _find_new_seats(self, request, face):
        """Return the seats of a move, as if the booking were not there itself."""
        own = self | self.child_ids
        taken = self._get_taken(face, [request], self.state, without=own)
        seats = []
        if self.face_id == face:
            seats = self._find_seats({**request, "slot": self.slot}, face, taken)
        seats = seats or self._find_seats(request, face, taken)
        if not seats:
            raise UserError(self._get_refusal([(request, face)], taken))
        return seats

    # === AFTERWARDS === #

    def make_good(self, date_from, date_to, face_id=None, kind="makegood"):
        """Book free days for a booking that lost some; return the new booking's id.

        :param kind: ``makegood`` or ``overshow``, which follows at once
        """
        self.ensure_one()
        booking = self._take(("booked", "posted", "removed"), control=True)
        if kind not in KINDS_AFTER:
            raise UserError(self.env._("Choose a make-good or an overshow."))
        if kind == "overshow":
            date_from = booking.date_to + ONE_DAY
        request = {
            "face_id": face_id or booking.face_id.id,
            "date_from": date_from,
            "date_to": date_to,
            "kind": kind,
            "slot_qty": booking.slot_qty,
            "partner_id": booking.partner_id.id,
            "user_id": booking.user_id.id,
            "origin_id": booking.id,
            "creative": booking.creative,
        }
        return self._place([request], "booked").id

    def _create_running(self, requests):
        """Book what runs already, as an import finds it; no rights are checked.

        Each request may carry ``posted_on``; then it is posted.
        """
        bookings = self._place(requests, "booked")
        posted = bookings.filtered("posted_on")
        if posted:
            posted._transition({"state": "posted"})
        return bookings

    # === HOOKS === #

    def _check_may_post(self):
        """Raise if the picture of this one booking may not go up yet."""
