from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: The code of the time limit for an answer.
ANSWER = "media_enquiry_answer"
#: The code of the limit for how long an answer is valid, and days without one.
VALIDITY, DAYS = "media_enquiry_validity", 3
#: How many enquiries the scheduled action handles before it commits.
BATCH = 100


class MediaEnquiry(models.Model):
    """The steps of an enquiry: asked, answered, held, closed, lapsed, cancelled."""

    _inherit = "media.enquiry"

    # === ACTION METHODS === #

    def action_ask(self):
        """Ask process control, which has half a working day to answer."""
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_can_ask()
        self._transition({"state": "asked", "asked_on": fields.Datetime.now()})
        for enquiry in self:
            clock = enquiry._deadline_start(ANSWER)
            enquiry._transition({"due_at": clock[:1].due_at})
            enquiry._tell_control()

    def action_answer(self):
        """Give the answer: from here on its dates are the confirmed window."""
        self._check_control()
        self.check_access("write")
        self._lock()
        self._check_answering()
        for enquiry in self:
            enquiry.line_ids._check_answers()
            enquiry._answer()

    def action_correct(self):
        """Take the answer back to correct it, as long as nothing is held."""
        self._check_control()
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_state(("answered",))
        self._transition({"state": "asked"})

    def action_ask_anew(self):
        """Take an enquiry back to draft: other faces or dates, a fresh answer."""
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_state(("answered", "lapsed", "cancelled"))
        self._transition(
            {
                "state": "draft",
                **dict.fromkeys(
                    ("asked_on", "due_at", "answered_on", "valid_until"), False
                ),
                "answered_by_id": False,
                "late_hours": 0.0,
            }
        )
        self.line_ids._clear_answers()

    def action_close(self):
        """End an enquiry from which nothing more follows."""
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_state(("answered", "held", "lapsed"))
        self._close()

    def action_cancel(self):
        """Give up an enquiry before anything is held."""
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_state(("draft", "asked", "answered"))
        self._transition({"state": "cancelled"})
        self._deadline_stop(ANSWER, cancelled=True)

    def action_view_bookings(self):
        """Open the holds and bookings that came of the enquiry."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "media_booking.media_booking_action"
        )
        domain = [("enquiry_line_id.enquiry_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    # === CRON === #

    @api.model
    def _cron_lapse(self):
        """Lapse the answers whose time is over, close what has become bookings."""
        cron = self.env["ir.cron"]
        while lapsed := self._find_lapsed(limit=BATCH):
            lapsed._lapse()
            if not cron._commit_progress(len(lapsed)):
                return
        self.search(self._get_settled_domain())._close()

    # === BUSINESS METHODS === #

    def _number(self):
        for enquiry in self:
            sequence = self.env["ir.sequence"].with_company(enquiry.company_id)
            enquiry._transition({"name": sequence.next_by_code("media.enquiry")})

    def _answer(self):
        """Store the answer with its time, and tell the salesperson."""
        self.ensure_one()
        # sudo: clocks are evidence that no user reads or writes alone.
        clock = self.env["deadline.clock"].sudo()._find_running(self, ANSWER)
        self._deadline_stop(ANSWER)
        now = fields.Datetime.now()
        vals = {
            "state": "answered",
            "answered_on": now,
            "answered_by_id": self.env.uid,
            "valid_until": self.valid_until or self._plan_validity(now),
        }
        if clock:
            vals["late_hours"] = clock[:1].late_hours
        self._transition(vals)
        self.line_ids._confirm_window()
        self._tell_salesperson(
            self.env._("Enquiry %s has been answered: hold the faces or ask anew.")
        )

    def _plan_validity(self, start):
        """Return until when an answer is valid that is given at a moment."""
        limit = self.env["deadline.limit"]._get_limit(VALIDITY, self.company_id)
        if not limit:
            return start + timedelta(days=DAYS)
        limit = limit.with_company(self.company_id)
        return limit._plan_due([start], self.company_id.resource_calendar_id)[0]

    def _lapse(self):
        """End answers that nobody made use of in time."""
        self._transition({"state": "lapsed"})
        for enquiry in self:
            enquiry._tell_salesperson(
                self.env._("The answer to enquiry %s has lapsed: ask anew if needed.")
            )

    def _close(self):
        self._transition({"state": "closed"})

    @api.model
    def _find_lapsed(self, limit=None):
        return self.search(
            Domain("state", "=", "answered")
            & Domain("valid_until", "<", fields.Datetime.now()),
            limit=limit,
        )

    @api.model
    def _get_settled_domain(self):
        """Return the domain of held enquiries of which no hold or option is left."""
        pending = Domain("booking_ids.state", "in", ("hold", "option"))
        return Domain("state", "=", "held") & ~Domain("line_ids", "any", pending)

    def _tell_control(self):
        """Tell process control of the company that somebody waits for an answer."""
        # sudo: salespeople do not read who belongs to a group.
        group = self.env.ref("media_booking.group_media_control").sudo()
        users = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        self.message_post(
            body=self.env._(
                "%(user)s asks for media for %(customer)s, %(count)s lines.",
                user=self.user_id.name,
                customer=self.partner_id.display_name,
                count=len(self.line_ids),
            ),
            partner_ids=(users - self.env.user).partner_id.ids,
        )

    def _tell_salesperson(self, text):
        """Post a message with the number of the enquiry to its salesperson."""
        self.message_post(
            body=text % self.name,
            partner_ids=(self.user_id - self.env.user).partner_id.ids,
        )

    # === CHECKS === #

    def _check_can_ask(self):
        """Raise unless the enquiry says what is wanted, in days to come."""
        self._check_state(("draft",))
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Enquiry %s asks for nothing yet. Add the wanted faces, or a"
                    " district or format with the number of faces.",
                    self.name,
                )
            )
        today = fields.Date.context_today(self)
        past = self.line_ids.filtered(lambda line: line.date_from < today)
        if past:
            raise UserError(
                self.env._(
                    "Enquiry %(name)s asks for %(line)s from %(day)s on, which has"
                    " passed. Enter a period that begins today or later.",
                    name=self.name,
                    line=past[0].display_name,
                    day=past[0].date_from,
                )
            )
