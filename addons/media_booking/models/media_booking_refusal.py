import re
from datetime import date, timedelta

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from ..tools import ONE_DAY, find_gap, get_distance, is_period, overlaps

#: Key (face_id, slot, daterange(…))=(12, 1, [2026-03-01,2026-04-01)) conflicts with …
CONFLICT = re.compile(r"=\((\d+), (\d+), \[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\)\)")
#: Degrees around a face in which others count as nearby, about twenty kilometres.
NEARBY = 0.2
#: How many faces nearby are looked at, and how many are named.
LOOKED_AT, NAMED = 200, 3
#: Of how many blocked faces a refusal tells everything.
EXPLAINED = 3


class MediaBooking(models.Model):
    """Says who stands in the way, until when, and what is free instead."""

    _inherit = "media.booking"

    def _sql_error_to_message(self, exc):
        """Name the winner when the constraint has decided; runs after the rollback."""
        message = super()._sql_error_to_message(exc)
        if exc.diag.constraint_name != "media_booking_overlap_excl":
            return message
        match = CONFLICT.search(exc.diag.message_detail or "")
        if not match:
            return message
        # sudo: the face is named to whoever just asked for it.
        face = self.env["media.face"].sudo().browse(int(match[1])).exists()
        start = date.fromisoformat(match[3])
        end = date.fromisoformat(match[4]) - ONE_DAY
        if not face or not is_period(start, end):
            return message
        request = {"date_from": start, "date_to": end, "slot_qty": 1}
        taken = self._get_taken(face, [request], "hold")
        return self._get_refusal([(request, face)], taken)

    def _get_refusal(self, blocked, taken):
        """Return why requests are refused: the blockers and what is free instead.

        Of a long list the first faces are explained, the others named.
        """
        texts = [
            self._describe_refusal(request, face, taken)
            for request, face in blocked[:EXPLAINED]
        ]
        if others := [face.code for _request, face in blocked[EXPLAINED:]]:
            texts.append(self.env._("Not free either: %s.", ", ".join(others)))
        return "\n\n".join(texts)

    def _describe_refusal(self, request, face, taken):
        period = request["date_from"], request["date_to"]
        places = face | face.component_ids
        rows = self.sudo().browse()  # sudo: named only to those who may read
        for place in places:
            for _slot, row, booking in taken[place.id]:
                if overlaps(period, (row["date_from"], row["date_to"])):
                    rows |= booking
        lines = [
            self.env._(
                "%(face)s is not free from %(start)s to %(end)s:",
                face=face.code,
                start=self._say_date(period[0]),
                end=self._say_date(period[1]),
            ),
            *(f"- {row._describe_blocker(face)}" for row in rows),
        ]
        if not rows:
            lines.append(
                "- " + self.env._("It is asked for twice, or was taken just now.")
            )
        lines += self._describe_remedies(request, face)
        return "\n".join(lines)

    def _describe_blocker(self, face):
        """Return who blocks and until when, with names only for those who may read."""
        own = self.with_env(self.env(su=False))
        words = {
            "state": dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            "start": self._say_date(self.date_from),
            "end": self._say_date(self.date_to),
        }
        if self.kind == "maintenance":
            text = self.env._("Maintenance from %(start)s to %(end)s", **words)
        elif own.has_access("read"):
            text = self.env._(
                "%(state)s for %(who)s from %(start)s to %(end)s",
                **words,
                who=self._describe_source(),
            )
        else:
            text = self.env._(
                "%(state)s of somebody else from %(start)s to %(end)s", **words
            )
        if self.face_id != face:
            text = f"{self.face_id.code}: {text}"
        if self.state == "hold":
            when = format_datetime(self.env, self.hold_until)
            text = self.env._("%(hold)s, lapses %(when)s", hold=text, when=when)
        return text

    def _describe_source(self):
        """Return for whom a booking is, in the words of its readers."""
        names = (self.partner_id.display_name, self.user_id.name)
        return " / ".join(filter(None, names)) or self.env._("nobody in particular")

    # === REMEDIES === #

    def _describe_remedies(self, request, face):
        start, end = self._find_next_period(request, face)
        lines = [
            self.env._(
                "Next free: %(start)s to %(end)s.",
                start=self._say_date(start),
                end=self._say_date(end),
            )
        ]
        if nearby := self._find_nearby(face, request["date_from"], request["date_to"]):
            lines.append(self.env._("Free nearby, same format: %s.", ", ".join(nearby)))
        lines.append(self.env._("Take an option to be next in line."))
        return lines

    def _find_next_period(self, request, face):
        """Return the nearest period of the same length that is free throughout."""
        days = (request["date_to"] - request["date_from"]).days + 1
        start = max(request["date_from"], fields.Date.context_today(self))
        far = {**request, "date_from": start, "date_to": date(2199, 12, 31)}
        taken = self._get_taken(face, [far], "hold")
        slots = range(1, face.slot_count + 1)
        parts = [
            (row["date_from"], row["date_to"])
            for part in face.component_ids
            for _slot, row, _booking in taken[part.id]
        ]
        starts = sorted(
            find_gap(
                parts
                + [
                    (row["date_from"], row["date_to"])
                    for used, row, _booking in taken[face.id]
                    if used == slot
                ],
                start,
                days,
            )
            for slot in slots
        )
        first = starts[min(request["slot_qty"], len(starts)) - 1]
        return first, first + timedelta(days=days - 1)

    def _find_nearby(self, face, start, end):
        """Return the free faces of the same format nearest to a face, in words."""
        here = (face.latitude, face.longitude)
        domain = [("format_id", "=", face.format_id.id), ("id", "!=", face.id)]
        domain += [("company_id", "=", face.company_id.id)]
        if any(here):
            for name, value in zip(("latitude", "longitude"), here, strict=True):
                domain += [
                    (name, ">=", value - NEARBY),
                    (name, "<=", value + NEARBY),
                ]
        else:
            domain.append(("district_id", "=", face.district_id.id))
        faces = self.env["media.face"].with_env(self.env(su=False))
        if not faces.has_access("read"):
            return []
        found = faces.search_free(domain, start, end, limit=LOOKED_AT)["records"]
        named = []
        for other in found:
            there = (other["latitude"], other["longitude"])
            distance = get_distance(here, there) if any(here) else 0.0
            named.append((distance, other["code"]))
        named.sort()
        return [
            self.env._("%(face)s (%(km).1f km)", face=code, km=distance)
            if any(here)
            else code
            for distance, code in named[:NAMED]
        ]

    def _get_free_message(self, blocked):
        """Return that there is nothing to wait for."""
        return "\n".join(
            self.env._(
                "%(face)s is free from %(start)s to %(end)s: hold it, there is nothing"
                " to wait for.",
                face=face.code,
                start=self._say_date(request["date_from"]),
                end=self._say_date(request["date_to"]),
            )
            for request, face in blocked
        )

    def _say_date(self, value):
        return format_date(self.env, value) if value else ""
