from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import groupby

from ..tools import is_id

#: The most requests of one call.
MAX_REQUESTS = 500


class MediaBooking(models.Model):
    """What is done with holds and options. Every verb takes its turn at the faces."""

    _inherit = "media.booking"

    # === REQUESTS === #

    @api.model
    def hold_faces(self, requests):
        """Hold several faces, all or none; return the ids in the order of requests.

        :param list requests: ``{"face_id", "date_from", "date_to", "partner_id",
            "slot_qty", "kind", "amount", "note"}``, the last five optional
        """
        return self.create(self._read_requests(requests, "hold")).ids

    @api.model
    def option_faces(self, requests):
        """Queue for several faces that are held or booked; return the ids."""
        return self.create(self._read_requests(requests, "option")).ids

    @api.model
    def place_fillers(self, requests):
        """Show public-service or own pictures until somebody pays; return the ids."""
        return self.create(self._read_requests(requests, "filler")).ids

    @api.model
    def _read_requests(self, requests, state):
        known = isinstance(requests, list) and 0 < len(requests) <= MAX_REQUESTS
        if not known or not all(isinstance(request, dict) for request in requests):
            raise UserError(self.env._("Choose between 1 and 500 faces."))
        kind = "psa" if state == "filler" else "paid"
        return [{"kind": kind, **request, "state": state} for request in requests]

    # === TAKING A TURN === #

    def _take(self, states, control=False):
        """Return the bookings of a call in the system's rights, ready to change.

        :param states: in which states the verb makes sense
        :param bool control: whether only process control may, not the salesperson
        """
        self._check_call()
        self.check_access("write")
        bookings = self.sudo()  # sudo: the verb itself is the right, checked here
        if not self._is_control():
            own = all(booking.user_id == self.env.user for booking in bookings)
            if control or not own:
                raise AccessError(
                    self.env._(
                        "%s: only process control does this.",
                        self[:1].display_name,
                    )
                )
        bookings.face_id._take_turn(bump=True)
        for booking in bookings:
            if booking.parent_id:
                raise UserError(
                    self.env._(
                        "%(row)s serves %(booking)s: act on that.",
                        row=booking.display_name,
                        booking=booking.parent_id.display_name,
                    )
                )
            booking._check_state(states)
        return bookings

    def _check_call(self):
        ids = self._ids
        if not ids or not all(map(is_id, ids)) or len(set(ids)) != len(ids):
            raise UserError(self.env._("Choose a booking first."))

    def _check_state(self, states):
        """Raise unless the booking is in one of some states and has not lapsed."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.state not in states:
            raise UserError(
                self.env._(
                    "%(booking)s is in state %(state)s; this is done in: %(states)s.",
                    booking=self.display_name,
                    state=labels[self.state],
                    states=", ".join(labels[state] for state in states),
                )
            )
        if self.state == "hold" and self.hold_until < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The hold %s has lapsed. Hold the face again if it is free.",
                    self.display_name,
                )
            )

    # === HOLDS AND OPTIONS === #

    def action_book(self):
        """Book what is held."""
        self._take(("hold",), control=True)._book()

    def _book(self):
        """Turn holds into bookings; the caller has checked who may."""
        holds = self.sudo()  # sudo: an order books what its salesperson may not
        for hold in holds:
            hold._check_state(("hold",))
            period = hold.date_from, hold.date_to
            if hold.kind != "maintenance" and (
                reasons := hold._get_face_obstacles(
                    hold.face_id, *period, hold.partner_id
                )
            ):
                raise UserError("\n".join(reasons))
        holds._transition({"state": "booked", "challenge_until": False})
        holds.activity_unlink(["mail.mail_activity_data_todo"])
        self.env["media.booking.event"]._log(holds, "book")

    def action_release(self):
        """Give holds and options back; the next option follows."""
        self._take(("hold", "option"))._release()

    def _release(self, reason=None):
        """Release holds and options; the caller has checked who may."""
        return self._close("released", "release", reason)

    def action_renew(self):
        """Hold for another term, as often as the company allows."""
        for company, holds in groupby(self._take(("hold",)), lambda h: h.company_id):
            end = self._plan_end(company, "media_hold")
            for hold in holds:
                if hold.challenge_until:
                    raise UserError(
                        self.env._(
                            "%s is challenged: book it or release it.",
                            hold.display_name,
                        )
                    )
                count = hold.renewal_count + 1
                hold.with_env(self.env)._check_renewals(count)
                hold._transition(
                    {"hold_until": end, "renewal_count": count, "reminded": False}
                )
        self.env["media.booking.event"]._log(self.sudo(), "renew")

    def action_challenge(self):
        """Make the holds ahead of the first option decide within the limit."""
        options = self._take(("option",))
        for option in options:
            holds = option._get_challenged()
            end = self._plan_end(option.company_id, "media_challenge")
            for hold in holds:
                hold._transition(
                    {"challenge_until": end, "hold_until": min(end, hold.hold_until)}
                )
            self.env["media.booking.event"]._log(
                holds, "challenge", option.partner_id.display_name
            )
            holds._tell_holder(
                lambda env: env._("Your hold is challenged: book it or it ends.")
            )

    def _get_challenged(self):
        """Return the holds that the first option of a queue waits for."""
        if self.rank > 1:
            raise UserError(self.env._("%s is not the next option.", self.display_name))
        self._check_may_challenge()
        taken = self._get_taken(self.face_id, [self], "hold")
        rows = (
            self.sudo()
            .browse()
            .union(*(row for places in taken.values() for _slot, row, _row in places))
        )
        heads = rows.filtered(lambda row: not row.parent_id) | rows.parent_id
        firm = heads.filtered(lambda head: head.state != "hold")
        if firm or not heads:
            raise UserError(
                self.env._(
                    "%s waits for no hold that could be challenged.", self.display_name
                )
            )
        return heads.filtered(lambda head: not head.challenge_until)

    def cancel(self, reason):
        """Cancel bookings and fillers, with the reason."""
        bookings = self._take(("booked", "filler"), control=True)
        bookings._cancel(self._read_reason(reason))

    def _cancel(self, reason):
        """Cancel whatever still stands before it was posted."""
        return self._close("cancelled", "cancel", reason)

    @api.model
    def _read_reason(self, reason):
        text = reason.strip() if isinstance(reason, str) else ""
        if not text:
            raise UserError(self.env._("Say why."))
        return text.replace("\x00", "")[:500]

    # === HOOKS === #

    def _check_may_challenge(self):
        """Raise if the option may not challenge; extend where orders are signed."""
