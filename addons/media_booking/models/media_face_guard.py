from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import LAST, ONE_DAY

#: What decides which rows a booking of the face needs.
STRUCTURE_FIELDS = frozenset(("slot_count", "format_id", "component_ids"))
LETTING_FIELDS = frozenset(("active", "valid_to"))


class MediaFace(models.Model):
    """What a face is may not change under its bookings."""

    _inherit = "media.face"

    #: Raised by whatever frees or queues, so that a stale snapshot is retried.
    version = fields.Integer(readonly=True, copy=False, default=0)

    @api.constrains("component_ids", "slot_count")
    def _check_components(self):
        for face in self:
            parts = face.component_ids
            if not parts:
                continue
            if face in parts or parts.component_ids or face.composite_ids:
                raise ValidationError(
                    self.env._(
                        "%s is composite: its parts are plain faces, and it is no part"
                        " of another one.",
                        face.code,
                    )
                )
            if any(part.slot_count > 1 for part in face | parts):
                raise ValidationError(
                    self.env._(
                        "%s: a composite face and its parts are static. Offer loops"
                        " together as a package instead.",
                        face.code,
                    )
                )

    @api.constrains("slot_count")
    def _check_part_is_static(self):
        self.composite_ids._check_components()

    @api.constrains("latitude", "site_id", "format_id")
    def _check_format_kind(self):
        for face in self:
            if face.slot_count > 1 and face.format_id.kind == "static":
                raise ValidationError(
                    self.env._("%s is static: it has one slot.", face.code)
                )

    def write(self, vals):
        """Refuse a change that running or coming bookings contradict."""
        touched = (STRUCTURE_FIELDS | LETTING_FIELDS).intersection(vals)
        if not touched:
            return super().write(vals)
        self._take_turn(bump=True)
        before = {face.id: face._get_structure() for face in self}
        result = super().write(vals)
        for face in self:
            today = fields.Date.context_today(face)
            if face._get_structure() != before[face.id]:
                face._check_vacant(today, options=True)
            elif not face.active and "active" in vals:
                face._check_vacant(today)
            elif face.valid_to and "valid_to" in vals:
                face._check_vacant(face.valid_to + ONE_DAY)
        return result

    def _get_structure(self):
        return self.slot_count, tuple(sorted(self.component_ids.ids))

    def _check_vacant(self, start, options=False):
        """Raise if anything is held or booked from ``start`` on.

        The rows of somebody who commits just now are invisible here: for them a row
        that covers all the time tries the constraint.
        """
        states = ("hold", "booked", "posted") + ("option",) * options
        # sudo: whoever keeps faces need not see every booking; only one is counted.
        booking = (
            self.env["media.booking"]
            .sudo()
            .search(
                Domain("face_id", "=", self.id)
                & Domain("state", "in", states)
                & Domain("date_to", ">=", start),
                limit=1,
            )
        )
        if booking:
            raise UserError(
                self.env._(
                    "%(face)s cannot be changed like that: %(booking)s stands against"
                    " it. Move or end its bookings first.",
                    face=self.code,
                    booking=booking.display_name,
                )
            )
        self._probe(start)

    def _probe(self, start):
        """Let the constraint find what this transaction cannot see."""
        self.env.flush_all()
        slots = max(self.slot_count, 1)
        ids = self.env.execute_query(
            SQL(
                "INSERT INTO media_booking"
                " (face_id, slot, date_from, date_to, state, kind, hold_until)"
                " SELECT %s, slot, %s, %s, 'hold', 'maintenance', now()"
                " FROM generate_series(1, %s) AS slot RETURNING id",
                self.id,
                min(start, LAST),
                LAST,
                slots,
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM media_booking WHERE id IN %s", tuple(i for (i,) in ids))
        )

    # === TURNS === #

    def _take_turn(self, bump=False):
        """Wait for the others at these faces and their parts, in one order for all.

        Who changes what others decided by also raises the version: a transaction
        that began before is then retried by Odoo with a fresh snapshot. Slots of a
        loop are chosen from what is seen, so loops always raise it.
        """
        # sudo: a lock reads nothing.
        faces = self.sudo()
        if bump:
            faces |= faces.composite_ids
        ids = sorted((faces | faces.component_ids)._ids)
        if not ids:
            return
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, slot_count FROM media_face WHERE id IN %s"
                " ORDER BY id FOR NO KEY UPDATE",
                tuple(ids),
            )
        )
        self._raise_version([row[0] for row in rows if bump or row[1] > 1])

    def _raise_version(self, ids):
        """Let transactions with an older snapshot of these faces start anew."""
        if not ids:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE media_face SET version = coalesce(version, 0) + 1"
                " WHERE id IN %s",
                tuple(ids),
            )
        )
        self.browse(ids).invalidate_recordset(["version"], flush=False)
