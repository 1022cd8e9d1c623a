from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.media_booking.const import LIVE_STATES


class SaleOrderLine(models.Model):
    """From the hold that process control confirmed to the booking of the order."""

    _inherit = "sale.order.line"

    # === WHAT THE LINE HAS === #

    def _media_find(self):
        """Return ``{line: booking}``: its own, else the customer's hold that fits.

        One query for all lines; a hold serves one line.
        """
        lines = self.sudo()  # sudo: whoever confirms need not see all holds
        now = fields.Datetime.now()
        own = Domain("sale_line_id", "in", lines.ids)
        unused = (
            Domain("sale_line_id", "=", False)
            & Domain("state", "=", "hold")
            & Domain("hold_until", ">=", now)
            & Domain("face_id", "in", lines.media_face_id.ids)
        )
        bookings = lines.env["media.booking"].search(
            Domain("parent_id", "=", False)
            & Domain("state", "in", LIVE_STATES)
            & (own | unused),
            order="id",
        )
        found, used = {}, bookings.browse()
        for line in lines:
            fitting = (bookings - used).filtered(line._media_fits)
            booking = fitting.filtered("sale_line_id")[:1] or fitting[:1]
            if booking:
                found[line] = booking
                used |= booking
        return found

    def _media_fits(self, booking):
        """Return whether a booking is the line's, or a hold of its customer for it."""
        if booking.sale_line_id:
            return booking.sale_line_id == self
        customer = self.order_id.partner_id.commercial_partner_id
        return (
            booking.face_id == self.media_face_id
            and booking.partner_id.commercial_partner_id == customer
            and booking.slot_qty == self.media_slot_qty
            and self._media_is_inside(booking)
        )

    def _media_is_inside(self, booking):
        return (
            booking.face_id == self.media_face_id
            and booking.date_from <= self.media_date_from
            and self.media_date_to <= booking.date_to
        )

    # === GATE === #

    def _media_get_blockers(self):
        """Return ``{line id: why its face cannot be booked now}``; nothing is written.

        The dates of a line lie inside what process control has confirmed by a hold.
        """
        lines = self.sudo().filtered("media_face_id")  # sudo: see _media_find
        found = lines._media_find() if lines else {}
        reasons = {}
        for line in lines:
            booking = found.get(line)
            reason = line._media_judge(booking) if booking else line._media_judge_free()
            if reason:
                reasons[line.id] = reason
        return reasons

    def _media_judge(self, booking):
        """Return why a hold does not let the line pass, or nothing."""
        if booking.state == "hold" and booking.hold_until < fields.Datetime.now():
            return self.env._(
                "The hold of %s has lapsed. Ask process control to hold it again.",
                booking.display_name,
            )
        if not self._media_is_inside(booking):
            return self.env._(
                "%(face)s is confirmed from %(start)s to %(end)s only. Keep the line"
                " inside these dates, or ask process control for others.",
                face=booking.face_id.code,
                start=booking._say_date(booking.date_from),
                end=booking._say_date(booking.date_to),
            )
        partner = self.order_id.partner_id
        period = self.media_date_from, self.media_date_to
        return "\n".join(
            booking._get_face_obstacles(self.media_face_id, *period, partner)
        )

    def _media_judge_free(self):
        """Return why a line without a hold may not be booked, or nothing."""
        bookings = self.env["media.booking"]
        face, start, end = self.media_face_id, self.media_date_from, self.media_date_to
        free = Domain("id", "=", face.id) & face._get_free_domain(
            start, end, self.media_slot_qty
        )
        if not face.search_count(free):
            request = {
                "date_from": start,
                "date_to": end,
                "slot_qty": self.media_slot_qty,
            }
            taken = bookings._get_taken(face, [request], "hold")
            return bookings._get_refusal([(request, face)], taken)
        if not bookings._is_control():
            return self.env._(
                "Process control has not confirmed %(face)s from %(start)s to %(end)s."
                " Ask with a media enquiry, or let it hold the face.",
                face=face.code,
                start=bookings._say_date(start),
                end=bookings._say_date(end),
            )
        partner = self.order_id.partner_id
        return "\n".join(bookings._get_face_obstacles(face, start, end, partner))

    # === BOOKING === #

    def _media_book(self):
        """Book the faces of the lines, all of them in this transaction."""
        lines = self.sudo().filtered("media_face_id")  # sudo: see _media_find
        if not lines:
            return
        lines.media_face_id._take_turn(bump=True)
        found = lines._media_find()
        for line, booking in found.items():
            booking._transition(
                {"sale_line_id": line.id, "amount": line._media_value()}
            )
            period = line.media_date_from, line.media_date_to
            if booking.state == "hold" and period != (
                booking.date_from,
                booking.date_to,
            ):
                booking._move(*period)
        held = lines.env["media.booking"].union(*found.values())
        held.filtered(lambda booking: booking.state == "hold")._book()
        if requests := [
            line._media_prepare_request() for line in lines if line not in found
        ]:
            held._place(requests, "booked")

    def _media_prepare_request(self):
        """Return what a line asks for."""
        return {
            "face_id": self.media_face_id.id,
            "date_from": self.media_date_from,
            "date_to": self.media_date_to,
            "slot_qty": self.media_slot_qty,
            "partner_id": self.order_id.partner_id.id,
            "user_id": self.order_id.user_id.id or self.env.uid,
            "sale_line_id": self.id,
            "amount": self._media_value(),
        }

    def _media_value(self):
        """Return what the customer pays for the face, in the company's currency."""
        value = self.currency_id._convert(
            self.price_subtotal,
            self.company_id.currency_id,
            self.company_id,
            self._get_order_date(),
        )
        return max(value, 0)

    def _media_amend(self, vals):
        """Let the booking of a confirmed line follow its dates, or refuse it."""
        booking = self._media_find().get(self.sudo())
        if not self.sudo().media_face_id or "media_slot_qty" in vals or not booking:
            raise UserError(
                self.env._(
                    "%s is confirmed: its face may be moved to other days, not taken"
                    " away or divided anew.",
                    self.order_id.name,
                )
            )
        line = self.sudo()  # sudo: see _media_find
        face, start, end = line.media_face_id, line.media_date_from, line.media_date_to
        if booking.state == "posted" and (face, start) != (
            booking.face_id,
            booking.date_from,
        ):
            raise UserError(
                self.env._("%s is posted: only its last day may change.", face.code)
            )
        if booking.state == "removed":
            raise UserError(self.env._("%s has been taken down.", face.code))
        # The mover's own rights decide about the window that was confirmed.
        booking.with_env(self.env)._move(start, end, face.id)

    # === HOLDING === #

    def _media_hold(self):
        """Hold the faces of quotations, with the rights of whoever asks."""
        lines = self.filtered("media_face_id")
        found = lines._media_find()
        for line, booking in found.items():
            booking._transition({"sale_line_id": line.id})
        missing = lines.filtered(lambda line: line.sudo() not in found)
        if not missing:
            return
        requests = []
        for line in missing:
            request = line.sudo()._media_prepare_request()
            for name in ("sale_line_id", "amount"):
                del request[name]
            requests.append({**request, "user_id": self.env.uid})
        holds = self.env["media.booking"].create(requests)
        for line, hold in zip(missing, holds, strict=True):
            hold._transition({"sale_line_id": line.id})
