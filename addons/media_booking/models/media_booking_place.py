from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import FILLER_KINDS, LIVE_STATES
from ..tools import is_id, is_whole, overlaps

#: Fields that the rows of parts and further slots share with their booking.
SHARED_FIELDS = ("date_from", "date_to", "state", "kind", "hold_until")


class MediaBooking(models.Model):
    """Finds the seats of a request: its face, further slots, the parts of a composite.

    A seat is a row of the table, and the constraint decides about rows.
    """

    _inherit = "media.booking"

    def _place(self, requests, state):
        """Put bookings of one state down, all or none; no rights are checked.

        :param list requests: values of bookings; each names face, dates, kind and
            ``slot_qty``, and may carry any field of an extension
        :return: the bookings in the order of the requests
        :raise UserError: saying what stands in the way, and what is free instead
        """
        requests = [self._read_request(request) for request in requests]
        # sudo: what stands in the way counts, whoever may read it.
        faces = self.env["media.face"].sudo().browse(r["face_id"] for r in requests)
        faces._take_turn(bump=state == "option")
        self._lapse(faces)
        if state in LIVE_STATES:
            self._raise_for_queue(faces, requests)
        for request, face in zip(requests, faces, strict=True):
            self._check_request(request, face, state)
        plan = self._seat(requests, faces, state)
        heads = self._add_rows([values for values, _seats in plan])
        self._add_children(heads, [seats for _values, seats in plan])
        verb = "book" if state == "booked" else state
        self.env["media.booking.event"]._log(heads, verb)
        self._after_placed(heads)
        return heads.with_env(self.env)

    def _read_request(self, request):
        """Return the request with dates and figures that make sense."""
        face = self.env["media.face"]
        start, end = face._read_period(request.get("date_from"), request.get("date_to"))
        quantity = request.get("slot_qty") or 1
        if not is_id(request.get("face_id")) or not is_whole(quantity, 1, 1000):
            raise UserError(self.env._("Choose a face, and one or more of its slots."))
        values = {**request, "date_from": start, "date_to": end, "slot_qty": quantity}
        values.setdefault("user_id", self.env.uid)
        values.setdefault("kind", "paid")
        return values

    def _check_request(self, request, face, state):
        """Raise for a face that may not be let like that, free or not."""
        if not face.exists() or face.company_id not in self.env.companies:
            raise UserError(self.env._("Choose a face of your company."))
        if state == "filler" and request["kind"] not in FILLER_KINDS:
            raise UserError(
                self.env._("A filler is a public-service or a free advertisement.")
            )
        if request["slot_qty"] > face.slot_count:
            raise UserError(
                self.env._(
                    "%(face)s has %(count)s slots.",
                    face=face.code,
                    count=face.slot_count,
                )
            )
        if request["kind"] == "maintenance":
            return
        partner = self.env["res.partner"].sudo().browse(request.get("partner_id"))
        period = request["date_from"], request["date_to"]
        if reasons := self._get_face_obstacles(face, *period, partner):
            raise UserError("\n".join(reasons))

    def _get_face_obstacles(self, face, date_from, date_to, partner):
        """Return sentences that say why a face may not be let like that.

        Extend with ``super()``: what else must cover the dates, or the customer.
        """
        words = {"face": face.code}
        reasons = []
        if not face.active:
            reasons.append(self.env._("%(face)s is archived.", **words))
        if date_to < fields.Date.context_today(self):
            reasons.append(self.env._("The period on %(face)s is over.", **words))
        if (date_to - date_from).days + 1 < face.min_days:
            reasons.append(
                self.env._(
                    "%(face)s is let for %(days)s days at least.",
                    **words,
                    days=face.min_days,
                )
            )
        industry = partner.commercial_partner_id.industry_id or partner.industry_id
        if industry and industry in face.restricted_industry_ids:
            reasons.append(
                self.env._(
                    "%(face)s is closed to %(industry)s.",
                    **words,
                    industry=industry.display_name,
                )
            )
        return reasons + self._get_letting_obstacles(face, date_from, date_to)

    def _get_letting_obstacles(self, face, date_from, date_to):
        """Return a sentence if a period leaves the time in which a face is to let."""
        first, last = face.valid_from, face.valid_to
        if (not first or first <= date_from) and (not last or date_to <= last):
            return []
        return [
            self.env._(
                "%(face)s is to let from %(start)s until %(end)s only.",
                face=face.code,
                start=self._say_date(first) or "…",
                end=self._say_date(last) or "…",
            )
        ]

    # === SEATS === #

    def _seat(self, requests, faces, state):
        """Return ``(values of the booking, seats of its further rows)`` by request.

        :raise UserError: if something stands in the way; for an option, if nothing
            does, because then the face can be held
        """
        taken = self._get_taken(faces, requests, state)
        plan, blocked = [], []
        vals_list = self._prepare_heads(requests, faces, state)
        for values, face in zip(vals_list, faces, strict=True):
            seats = self._find_seats(values, face, taken)
            if bool(seats) == (state == "option"):
                blocked.append((values, face))
            elif state == "option":
                plan.append((values, []))
            else:
                for face_id, slot in seats:
                    taken[face_id].append((slot, values, self.browse()))
                plan.append(({**values, "slot": seats[0][1]}, seats[1:]))
        if blocked and state == "option":
            raise UserError(self._get_free_message(blocked))
        if blocked:
            raise UserError(self._get_refusal(blocked, taken))
        return plan

    def _get_taken(self, faces, requests, state, without=None):
        """Return ``{face id: [(slot, request or row, row)]}`` of what stands there."""
        states = (state,) if state == "filler" else LIVE_STATES
        # sudo: see _place.
        rows = self.sudo().search_fetch(
            Domain("face_id", "in", (faces | faces.component_ids).ids)
            & Domain("state", "in", states)
            & Domain("date_from", "<=", max(r["date_to"] for r in requests))
            & Domain("date_to", ">=", min(r["date_from"] for r in requests)),
            ["face_id", "slot", "date_from", "date_to"],
            order="date_from, id",
        )
        taken = defaultdict(list)
        for row in rows - without if without else rows:
            taken[row.face_id.id].append((row.slot, row, row))
        return taken

    def _find_seats(self, request, face, taken):
        """Return ``[(face id, slot)]`` for all rows of a request, or nothing."""
        period = request["date_from"], request["date_to"]
        seats = []
        for place in [face, *face.component_ids]:
            quantity = request["slot_qty"] if place == face else 1
            used = {
                slot
                for slot, row, _row in taken[place.id]
                if overlaps(period, (row["date_from"], row["date_to"]))
            }
            slots = range(1, place.slot_count + 1)
            if place == face and (slot := self._get_asked_slot(request)):
                slots = [slot] if slot in slots else []
            free = [slot for slot in slots if slot not in used][:quantity]
            if len(free) < quantity:
                return []
            seats += [(place.id, slot) for slot in free]
        return seats

    def _get_asked_slot(self, request):
        """Return the slot that somebody insists on; bookings keep no wish."""
        asked = request.get("slot") if isinstance(request, dict) else None
        return asked if is_id(asked) and request["slot_qty"] == 1 else None

    def _prepare_heads(self, requests, faces, state):
        """Return the values of the bookings before they have their slots."""
        vals_list = [
            {**request, "state": state, "loop": face.slot_count > 1}
            for request, face in zip(requests, faces, strict=True)
        ]
        if state == "hold":
            ends = {
                company: self._plan_end(company, "media_hold")
                for company in faces.company_id
            }
            used = self._count_renewals(requests, faces)
            for values, face, count in zip(vals_list, faces, used, strict=True):
                values["hold_until"] = ends[face.company_id]
                values["renewal_count"] = count
        if state == "option":
            ranks = self._get_next_ranks(requests, faces)
            for values, rank in zip(vals_list, ranks, strict=True):
                values["rank"] = rank
        return vals_list

    def _add_children(self, heads, seats_by_head):
        """Create the rows of parts and further slots."""
        vals_list = []
        for head, seats in zip(heads, seats_by_head, strict=True):
            shared = {name: head[name] for name in SHARED_FIELDS}
            shared |= {
                "parent_id": head.id,
                "partner_id": head.partner_id.id,
                "user_id": head.user_id.id,
            }
            vals_list += [
                {
                    **shared,
                    "face_id": face_id,
                    "slot": slot,
                    "loop": head.loop and face_id == head.face_id.id,
                }
                for face_id, slot in seats
            ]
        if vals_list:
            self.with_context(tracking_disable=True)._add_rows(vals_list)
            heads.invalidate_recordset(["child_ids"], flush=False)

    # === HOOKS === #

    def _after_placed(self, heads):
        """Do what follows a new booking; nothing here may refuse it."""
