from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError

#: What a new booking may be asked as; everything else is reached by a verb.
ASKED_STATES = ("hold", "option", "filler")
#: What a caller may say about a new booking.
ASKED_FIELDS = frozenset(
    (
        "face_id",
        "slot",
        "slot_qty",
        "date_from",
        "date_to",
        "state",
        "kind",
        "partner_id",
        "user_id",
        "amount",
        "note",
    )
)
#: What may be written; dates and face move, customer and salesperson transfer.
FREE_FIELDS = frozenset(("amount", "note"))
MOVE_FIELDS = frozenset(("face_id", "date_from", "date_to"))
TRANSFER_FIELDS = frozenset(("user_id", "partner_id"))


class MediaBooking(models.Model):
    """The laws: a booking begins and changes only by its verbs, whoever calls."""

    _inherit = "media.booking"

    @api.model_create_multi
    def create(self, vals_list):
        """Hold faces, queue for them or place fillers: all of them, or none."""
        self.browse().check_access("create")
        asked = {}
        for index, vals in enumerate(vals_list):
            self._check_asked(vals)
            state = vals.get("state") or "hold"
            if vals.get("kind") == "maintenance":
                state = "booked"
            asked.setdefault(state, []).append(index)
        heads = {}
        for state, indexes in asked.items():
            requests = [self._prepare_request(vals_list[index]) for index in indexes]
            self._check_may_ask(requests, state)
            placed = self._place(requests, state)
            heads.update(zip(indexes, placed.ids, strict=True))
        return self.browse(heads[index] for index in range(len(vals_list)))

    def write(self, vals):
        """Move, transfer or annotate; states, ranks and times follow from verbs."""
        names = set(vals)
        moved, passed = names & MOVE_FIELDS, names & TRANSFER_FIELDS
        refused = names - moved - passed - FREE_FIELDS - self._get_side_fields()
        if refused:
            raise AccessError(self._get_protected_message(refused))
        if moved:
            for booking in self:
                values = {name: booking[name] for name in MOVE_FIELDS}
                values["face_id"] = booking.face_id.id
                booking.move(**{**values, **{name: vals[name] for name in moved}})
        if passed:
            self.transfer(**{name: vals[name] or None for name in passed})
        rest = {name: vals[name] for name in names - moved - passed}
        return super().write(rest) if rest else True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(
            self.env._("A booking is history: release or cancel it instead.")
        )

    # === ON THE INSIDE === #

    def _add_rows(self, vals_list):
        """Create rows past the laws above: the caller has kept them."""
        # sudo: a salesperson's order books faces for everybody to see.
        silent = self.sudo().with_context(mail_create_nosubscribe=True)
        return super(MediaBooking, silent).create(vals_list)

    def _transition(self, vals):
        """Write what only verbs write, on bookings and on the rows that serve them."""
        # sudo: a release promotes the option of somebody else.
        rows = self.sudo()
        super(MediaBooking, rows).write(vals)
        children = rows.child_ids.with_context(tracking_disable=True)
        if children and (shared := {k: v for k, v in vals.items() if k != "slot"}):
            super(MediaBooking, children).write(shared)

    def _drop_children(self):
        """Remove the rows that serve these bookings; they carry no history."""
        # sudo: they belong to the booking, whoever moves it.
        children = self.sudo().child_ids.with_context(tracking_disable=True)
        if children:
            children.flush_recordset()
            self.env.cr.execute(
                "DELETE FROM media_booking WHERE id IN %s", [children._ids]
            )
            children.invalidate_recordset(flush=False)
            self.invalidate_recordset(["child_ids"], flush=False)

    # === CHECKS === #

    def _get_side_fields(self):
        """Return the fields of chatter and activities, which are nobody's rule."""
        thread = self.env["mail.thread"]._fields
        activity = self.env["mail.activity.mixin"]._fields
        return (set(thread) | set(activity)) - {"id", "display_name"}

    def _check_asked(self, vals):
        """Refuse a new booking that claims what verbs alone give."""
        defaults = {"renewal_count": 0, "rank": 0, "slot": 1}
        refused = {
            name
            for name, value in vals.items()
            if name not in ASKED_FIELDS
            and name in self._fields
            and name not in self._get_side_fields()
            and value
            and value != defaults.get(name)
        }
        if refused:
            raise AccessError(self._get_protected_message(refused))
        if (vals.get("state") or "hold") not in ASKED_STATES:
            raise AccessError(self._get_protected_message({"state"}))

    def _prepare_request(self, vals):
        """Return the values of a request, complete, so that no default adds to them."""
        request = {name: vals[name] for name in ASKED_FIELDS if vals.get(name)}
        request.pop("state", None)
        return {
            "kind": "paid",
            "slot_qty": 1,
            "user_id": vals.get("user_id") or self.env.uid,
            **request,
        }

    def _check_may_ask(self, requests, state):
        """Process control asks for anything; others queue, or hold what was granted."""
        if self._is_control():
            return
        own = all(request["user_id"] == self.env.uid for request in requests)
        paid = all(request["kind"] == "paid" for request in requests)
        if own and paid and state == "option":
            return
        granted = self._filter_granted(requests) if own and paid else []
        if state != "hold" or len(granted) < len(requests):
            raise AccessError(
                self.env._(
                    "Process control holds faces. Ask with a media enquiry and hold"
                    " what it answers, or take an option."
                )
            )

    @api.model
    def _is_control(self):
        """Return whether the caller keeps everybody's bookings."""
        user = self.env.user
        return self.env.uid == SUPERUSER_ID or user.has_group(
            "media_booking.group_media_control"
        )

    def _get_protected_message(self, names):
        labels = sorted(
            self._fields[name]._description_string(self.env) or name
            for name in names
            if name in self._fields
        )
        return self.env._(
            "%s follow from what is done with a booking. Use its buttons: hold, book,"
            " renew, release, post, take down.",
            ", ".join(labels or sorted(names)),
        )

    # === HOOKS === #

    def _filter_granted(self, requests):
        """Return those of the requests that the caller, no process control, may hold.

        Each has ``face_id``, ``date_from``, ``date_to`` and ``user_id``.
        """
        return []
