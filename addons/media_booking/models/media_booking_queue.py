from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import overlaps

#: Hours before the end of a hold when its holder is reminded.
REMIND_HOURS = 24
#: Holds that one run of the scheduler ends before it commits.
BATCH = 20


class MediaBooking(models.Model):
    """Holds end, and the next option follows in the same transaction."""

    _inherit = "media.booking"

    # === TIMES === #

    @api.model
    def _plan_end(self, company, code):
        """Return until when a hold or a challenge runs that begins now."""
        now = fields.Datetime.now()
        limit = self.env["deadline.limit"]._get_limit(code, company)
        if not limit:
            return now + timedelta(days=3)
        return limit._plan_due([now], company.sudo().resource_calendar_id)[0]

    def _count_renewals(self, requests, faces):
        """Return how often each request has been held already.

        Whoever holds again what lapsed or was released just now renews.
        """
        since = fields.Datetime.now() - timedelta(days=7)
        # sudo: holds of colleagues for the same customer count too.
        past = self.sudo().search(
            Domain("face_id", "in", faces.ids)
            & Domain("state", "in", ("expired", "released"))
            & Domain("parent_id", "=", False)
            & Domain("hold_until", ">=", since)
        )
        return [self._count_renewal(request, past) for request in requests]

    def _count_renewal(self, request, past):
        period = request["date_from"], request["date_to"]
        same = past.filtered(
            lambda hold: (
                hold.face_id.id == request["face_id"]
                and overlaps(period, (hold.date_from, hold.date_to))
                and (hold.user_id.id, hold.partner_id.id)
                == (request["user_id"], request.get("partner_id") or False)
            )
        )
        if not same:
            return 0
        count = max(same.mapped("renewal_count")) + 1
        same[0]._check_renewals(count)
        return count

    def _check_renewals(self, count):
        """Raise if a hold would be renewed too often; process control may."""
        allowed = self.sudo().company_id.media_hold_renewals
        if count > allowed and not self._is_control():
            raise UserError(
                self.env._(
                    "%(booking)s was held %(count)s times already and may not be"
                    " renewed again. Book it, or ask process control.",
                    booking=self.display_name,
                    count=count,
                )
            )

    # === QUEUE === #

    def _get_queue(self, faces, start=None, end=None):
        """Return the options on faces, on their parts' wholes and on their parts."""
        faces = faces.sudo()
        around = faces | faces.component_ids | faces.composite_ids
        domain = Domain("state", "=", "option")
        domain &= Domain("face_id", "in", (around | around.component_ids).ids)
        if start:
            domain &= Domain("date_from", "<=", end) & Domain("date_to", ">=", start)
        # sudo: a queue is one, whoever stands in it.
        return self.sudo().search(domain, order="rank, id")

    def _get_next_ranks(self, requests, faces):
        """Return the place of each request behind the options that overlap it."""
        queue = self._get_queue(faces)
        ranks = []
        for request in requests:
            period = request["date_from"], request["date_to"]
            ahead = queue.filtered(
                lambda option, face_id=request["face_id"], period=period: (
                    option.face_id.id == face_id
                    and overlaps(period, (option.date_from, option.date_to))
                )
            )
            mine = ahead.filtered(lambda option: option.user_id.id == self.env.uid)
            if mine and mine.partner_id.id == (request.get("partner_id") or False):
                raise UserError(
                    self.env._("You have this option already: %s", mine.display_name)
                )
            ranks.append(max(ahead.mapped("rank"), default=0) + 1)
        return ranks

    def _raise_for_queue(self, faces, requests):
        """Let those who would promote an option here see the new booking."""
        start = min(request["date_from"] for request in requests)
        end = max(request["date_to"] for request in requests)
        if queue := self._get_queue(faces, start, end):
            (faces | queue.face_id)._take_turn(bump=True)

    def _rerank(self, faces):
        """Close the gaps in the queues of some faces."""
        done = self.browse()
        for option in self._get_queue(faces):
            period = option.date_from, option.date_to
            ahead = done.filtered(
                lambda other, option=option, period=period: (
                    other.face_id == option.face_id
                    and overlaps(period, (other.date_from, other.date_to))
                )
            )
            rank = max(ahead.mapped("rank"), default=0) + 1
            if option.rank != rank:
                option._transition({"rank": rank})
            done |= option

    # === ENDS === #

    def _close(self, state, verb, reason=None):
        """End bookings and promote who waits; the caller has checked the move."""
        heads = self.sudo()  # sudo: a lapsed hold may be anybody's
        faces = heads.face_id
        faces._take_turn(bump=True)
        heads._transition({"state": state, "close_reason": reason, "rank": 0})
        self.env["media.booking.event"]._log(heads, verb, reason)
        heads.activity_unlink(["mail.mail_activity_data_todo"])
        self._promote(faces)
        return heads

    def _lapse(self, faces):
        """End the lapsed holds on faces, in the transaction of who needs them."""
        around = faces | faces.component_ids | faces.composite_ids
        # sudo: see _close.
        rows = self.sudo().search(
            Domain("face_id", "in", around.ids)
            & Domain("state", "=", "hold")
            & Domain("hold_until", "<", fields.Datetime.now())
        )
        if heads := rows.filtered(lambda row: not row.parent_id) | rows.parent_id:
            heads._close("expired", "expire")

    def _promote(self, faces):
        """Turn the next options into holds wherever all their seats are free now."""
        today = fields.Date.context_today(self)
        queue = self._get_queue(faces)
        over = queue.filtered(lambda option: option.date_to < today)
        waiting = queue - over
        if over:
            over._transition({"state": "expired", "rank": 0})
            self.env["media.booking.event"]._log(over, "expire")
        if waiting:
            waiting.face_id._take_turn(bump=True)
            taken = self._get_taken(waiting.face_id, waiting, "hold")
            for option in waiting:
                if seats := self._find_seats(option, option.face_id, taken):
                    option._become_hold(seats)
                    for face_id, slot in seats:
                        taken[face_id].append((slot, option, option))
        self._rerank(faces)

    def _become_hold(self, seats):
        """Turn an option into a hold on its seats, and tell who waited."""
        end = self._plan_end(self.company_id, "media_hold")
        self._transition(
            {"state": "hold", "slot": seats[0][1], "rank": 0, "hold_until": end}
        )
        self._add_children(self, [seats[1:]])
        self.env["media.booking.event"]._log(self, "promote")
        self._tell_holder(
            lambda env: env._("Your option on %s is a hold now.", self.face_id.code)
        )

    def _tell_holder(self, get_text):
        """Give the salesperson an activity in his own language, due when it lapses."""
        for booking in self.filtered("user_id"):
            user = booking.user_id
            holder = booking.with_context(lang=user.lang or self.env.lang)
            due = fields.Datetime.context_timestamp(
                holder.with_context(tz=user.tz or self.env.context.get("tz")),
                booking.hold_until or fields.Datetime.now(),
            )
            holder.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=due.date(),
                summary=get_text(holder.env),
                user_id=user.id,
            )

    # === SCHEDULER === #

    @api.model
    def _cron_lapse(self):
        """End what has lapsed, promote who waits, remind of what lapses soon."""
        now = fields.Datetime.now()
        lapsed = self.search(
            Domain("state", "=", "hold")
            & Domain("hold_until", "<", now)
            & Domain("parent_id", "=", False),
            order="hold_until, id",
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(lapsed))
        for start in range(0, len(lapsed), BATCH):
            batch = lapsed[start : start + BATCH]
            batch._lapse(batch.face_id)
            if not cron._commit_progress(processed=len(batch)):
                return
        self._remind(now)

    def _remind(self, now):
        """Remind the holders of what lapses within a day, once for each term."""
        soon = self.search(
            Domain("state", "=", "hold")
            & Domain("hold_until", "<", now + timedelta(hours=REMIND_HOURS))
            & Domain("reminded", "=", False)
            & Domain("parent_id", "=", False),
            limit=500,
        )
        if soon:
            soon._transition({"reminded": True})
            soon._tell_holder(
                lambda env: env._("A hold ends: book it, renew it or release it.")
            )
