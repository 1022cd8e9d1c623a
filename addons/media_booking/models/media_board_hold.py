from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import is_id
from .media_enquiry_line import POSITIVE

#: Faces of one drag, and proposals beside a refusal.
MAX_CHOSEN, MAX_PROPOSALS = 50, 3
#: The verb that leads to a status.
MOVES = {
    "booked": "action_book",
    "posted": "action_post",
    "removed": "action_remove",
    "released": "action_release",
}


class MediaFace(models.Model):
    """What a choice on the board becomes: a hold, an option, or an enquiry first.

    The rules stand in the bookings themselves; here is only who is led where.
    """

    _inherit = "media.face"

    @api.readonly
    def board_prepare(self, date_from, date_to):
        """Return what a choice of these faces and days leads to.

        :return: ``{"action": …}`` of the enquiry that has to come first, or the facts
            of the hold with the ``refusal`` that it would meet and what is free instead
        """
        start, end = self._read_choice(date_from, date_to)
        if not self._can_hold_freely() and not self._is_granted(start, end):
            return {"action": self._prepare_enquiry_action(start, end)}
        free = self.search(
            Domain("id", "in", self.ids) & self._get_free_domain(start, end)
        )
        blocked = self - free
        lines = self._find_my_windows(start, end)
        prices = [*self._get_board_prices(start, end).values()]
        return {
            "ids": self.ids,
            "names": ", ".join(self.mapped("code")),
            "from": fields.Date.to_string(start),
            "to": fields.Date.to_string(end),
            "days": (end - start).days + 1,
            "price": 0 if None in prices else sum(prices),
            "currency": self.company_id[:1].currency_id.id,
            "enquiry": ", ".join(lines.enquiry_id.mapped("name")) or False,
            "partner": lines.enquiry_id.partner_id[:1].id or False,
            "partner_name": lines.enquiry_id.partner_id[:1].display_name or "",
            "refusal": blocked._get_board_refusal(start, end) if blocked else False,
            "proposals": blocked._get_board_proposals(start, end) if blocked else [],
            "can_queue": bool(blocked) and blocked == self,
        }

    def board_hold(self, date_from, date_to, partner_id=False, state="hold"):
        """Hold these faces, or queue for them: all or none.

        :param state: ``hold`` or ``option``
        :return: the sentence that says what has been done
        :raise UserError: saying what stands in the way
        """
        start, end = self._read_choice(date_from, date_to)
        if state not in ("hold", "option"):
            raise UserError(self.env._("Faces on the board are held or queued for."))
        partners = self._get_partners(start, end, partner_id)
        bookings = self.env["media.booking"].create(
            [
                {
                    "face_id": face.id,
                    "date_from": start,
                    "date_to": end,
                    "partner_id": partners[face.id],
                    "state": state,
                }
                for face in self
            ]
        )
        return bookings._get_board_message()

    # === CHOICE === #

    def _read_choice(self, date_from, date_to):
        """Return the period of a choice.

        :raise UserError: for no face, too many of them, or days that are over
        """
        if not 0 < len(self) <= MAX_CHOSEN or not all(self._ids):
            raise UserError(
                self.env._("Choose 1 to %s faces on the board.", MAX_CHOSEN)
            )
        self.check_access("read")
        start, end = self._read_period(date_from, date_to)
        today = fields.Date.context_today(self)
        if end < today:
            raise UserError(
                self.env._("These days are over. Choose today or later days.")
            )
        # A column that has begun is chosen from today on.
        return max(start, today), end

    def _find_my_windows(self, start, end):
        """Return the answered lines within which these faces may be held by me."""
        if self._can_hold_freely():
            return self.env["media.enquiry.line"]
        return self.env["media.enquiry.line"]._find_windows(self, start, end)

    def _is_granted(self, start, end):
        """Return whether answered enquiries of mine cover every face throughout."""
        return not self - self._find_my_windows(start, end).answer_face_id

    def _get_partners(self, start, end, partner_id):
        """Return the customer of each face: who enquired, or the one chosen."""
        known = [partner_id] if is_id(partner_id) else []
        chosen = self.env["res.partner"].browse(known).exists().id
        partners = dict.fromkeys(self.ids, chosen)
        for line in self._find_my_windows(start, end):
            partners[line.answer_face_id.id] = line.enquiry_id.partner_id.id
        return partners

    def _prepare_enquiry_action(self, start, end):
        """Return the action that opens a new enquiry for these faces and days."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Media Enquiry"),
            "res_model": "media.enquiry",
            "views": [[False, "form"]],
            "target": "current",
            "context": {
                "default_date_from": fields.Date.to_string(start),
                "default_date_to": fields.Date.to_string(end),
                "default_line_ids": [
                    fields.Command.create({"face_id": face.id}) for face in self
                ],
            },
        }

    # === WHAT STANDS IN THE WAY === #

    def _get_board_refusal(self, start, end):
        """Return why these faces cannot be held, in the words of the bookings."""
        booking = self.env["media.booking"]
        requests = [
            booking._read_request(
                {"face_id": face.id, "date_from": start, "date_to": end}
            )
            for face in self
        ]
        faces = self.sudo()  # sudo: what stands in the way counts, read or not.
        taken = booking._get_taken(faces, requests, "hold")
        blocked = [
            (request, face)
            for request, face in zip(requests, faces, strict=True)
            if not booking._find_seats(request, face, taken)
        ]
        if blocked:
            return booking._get_refusal(blocked, taken)
        no_partner = self.env["res.partner"]
        reasons = [
            reason
            for face in faces
            for reason in booking._get_face_obstacles(face, start, end, no_partner)
        ]
        return "\n".join(reasons)

    def _get_board_proposals(self, start, end):
        """Return buttons to press instead: other days of the face, other faces."""
        proposals = []
        if len(self) == 1:
            request = {"date_from": start, "date_to": end, "slot_qty": 1}
            days = self.env["media.booking"]._find_next_period(request, self)
            label = " – ".join(format_date(self.env, day) for day in days)
            proposals.append(self._make_proposal(self, *days, label))
        similar = self.search(
            Domain("format_id", "in", self.format_id.ids)
            & Domain("district_id", "in", self.district_id.ids)
            & Domain("id", "not in", self.ids)
            & self._get_free_domain(start, end),
            limit=MAX_PROPOSALS,
        )
        return proposals + [
            self._make_proposal(face, start, end, face.display_name) for face in similar
        ]

    def _make_proposal(self, face, start, end, label):
        return {
            "id": face.id,
            "from": fields.Date.to_string(start),
            "to": fields.Date.to_string(end),
            "label": label,
        }


class MediaBooking(models.Model):
    _inherit = "media.booking"

    def board_move(self, state):
        """Do what leads to the status on which a card was dropped.

        :return: the action that asks for what the step needs to know, or ``False``
        :raise UserError: if nothing a person does leads there
        """
        if state == "cancelled":
            return self._prepare_cancel_action()
        verb = MOVES.get(state) if isinstance(state, str) else None
        if not verb:
            raise UserError(
                self.env._(
                    "No step leads to this status: a hold lapses and an option moves up"
                    " by itself. Open the booking for what can be done with it."
                )
            )
        getattr(self, verb)()
        return False

    def _prepare_cancel_action(self):
        """Return the dialog that asks for the reason of a cancellation."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Booking"),
            "res_model": "media.booking.action",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_booking_ids": [fields.Command.set(self.ids)],
                "default_verb": "cancel",
            },
        }

    def _get_board_message(self):
        """Return what the board says after these holds or options were made."""
        codes = ", ".join(self.face_id.mapped("code"))
        if self[:1].state == "option":
            return self.env._(
                "Queued for %(faces)s in place %(rank)s.",
                faces=codes,
                rank=self[:1].rank,
            )
        until = self[:1].hold_until
        # A remark of the reader's clock: holds end at a certain minute.
        local = fields.Datetime.context_timestamp(self, until)
        return self.env._(
            "%(faces)s held until %(time)s.",
            faces=codes,
            time=f"{format_date(self.env, local.date())} {local:%H:%M}",
        )


class MediaEnquiryLine(models.Model):
    _inherit = "media.enquiry.line"

    @api.model
    def _find_windows(self, faces, start, end, inside=False):
        """Return the reader's answered lines of these faces that cover a period.

        :param inside: take those as well that only touch the period
        """
        reach = (
            Domain("answer_from", "<=", end) & Domain("answer_to", ">=", start)
            if inside
            else Domain("answer_from", "<=", start) & Domain("answer_to", ">=", end)
        )
        return self.search(
            reach
            & Domain("answer", "in", POSITIVE)
            & Domain("answer_face_id", "in", faces.ids)
            & Domain("user_id", "=", self.env.uid)
            & Domain("enquiry_id.state", "=", "answered")
            & Domain("enquiry_id.valid_until", ">=", fields.Datetime.now())
        )
