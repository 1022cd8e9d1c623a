from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

ACTIVITY_TYPE = "base_deadline.mail_activity_type_time_limit"

#: Comparisons of ``deadline_at`` that a search understands.
OPERATORS = {
    "<": SQL("<"),
    "<=": SQL("<="),
    ">": SQL(">"),
    ">=": SQL(">="),
}


class DeadlineMixin(models.AbstractModel):
    """Clocks on a document, started and stopped by its own transition methods.

    The host model also inherits ``mail.thread`` and ``mail.activity.mixin``, unless it
    overrides the two hooks at the bottom of this class.
    """

    _name = "deadline.mixin"
    _description = "Document with Time Limits"

    deadline_at = fields.Datetime(
        string="Time Left",
        compute="_compute_deadline",
        search="_search_deadline_at",
        compute_sudo=True,
        help="When the first of the running clocks of this document is due.",
    )
    deadline_late = fields.Boolean(
        string="Late",
        compute="_compute_deadline",
        search="_search_deadline_late",
        compute_sudo=True,
    )

    def _compute_deadline(self):
        due = dict(
            self.env["deadline.clock"]._read_group(
                self._get_running_domain() & Domain("res_id", "in", self.ids),
                groupby=["res_id"],
                aggregates=["due_at:min"],
            )
        )
        now = fields.Datetime.now()
        for document in self:
            document.deadline_at = due.get(document.id)
            document.deadline_late = bool(
                document.deadline_at and document.deadline_at < now
            )

    def _search_deadline_at(self, operator, value):
        if operator == "in":
            return self._search_deadline_in(value)
        if operator not in OPERATORS:
            return NotImplemented
        moment = fields.Datetime.to_datetime(value)
        return self._get_deadline_domain(
            SQL("MIN(due_at) %s %s", OPERATORS[operator], moment)
        )

    def _search_deadline_in(self, values):
        moments = [fields.Datetime.to_datetime(value) for value in values if value]
        domain = Domain.FALSE
        if moments:
            domain |= self._get_deadline_domain(
                SQL("MIN(due_at) IN %s", tuple(moments))
            )
        if len(moments) < len(values):
            domain |= ~self._get_deadline_domain(SQL("TRUE"))
        return domain

    def _search_deadline_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_deadline_domain(SQL("MIN(due_at) < %s", fields.Datetime.now()))

    @api.model
    def _get_running_domain(self):
        return Domain("res_model", "=", self._name) & Domain("state", "=", "running")

    @api.model
    def _get_deadline_domain(self, having):
        """Return the domain of the documents whose running clocks meet a condition."""
        self.env["deadline.clock"].flush_model(["res_model", "state", "due_at"])
        return Domain(
            "id",
            "in",
            SQL(
                """(
                SELECT res_id FROM deadline_clock
                 WHERE state = 'running' AND res_model = %s
                 GROUP BY res_id HAVING %s)""",
                self._name,
                having,
            ),
        )

    def unlink(self):
        """Cancel the running clocks of documents that disappear."""
        clocks = self.env["deadline.clock"]._find_running(self)
        result = super().unlink()
        clocks._stop(cancelled=True)
        return result

    # === BUSINESS METHODS === #

    def _deadline_start(self, code, start=None, user=None):
        """Start the clock of a limit on these documents, if the company has one.

        :param str code: the code of the limit
        :param datetime start: naive UTC, now when left out; the planned date for
            limits that count days before
        :param user: the responsible user, when the document knows better
        :return: the running clocks, in superuser mode
        """
        limits = self.env["deadline.limit"]
        companies = "company_id" in self._fields
        specs = []
        for document in self:
            # Customers, too, act on documents of companies they cannot read.
            company = (companies and document.sudo().company_id) or self.env.company
            limit = limits._get_limit(code, company)
            if limit:
                specs.append(
                    {"limit": limit, "record": document, "start": start, "user": user}
                )
        clocks = self.env["deadline.clock"]._start(specs)
        self._invalidate_deadline()
        return clocks

    def _deadline_stop(self, code=None, cancelled=False):
        """Stop the clock of a limit on these documents, all clocks without a code."""
        self.env["deadline.clock"]._find_running(self, code)._stop(cancelled=cancelled)
        self._invalidate_deadline()

    def _invalidate_deadline(self):
        self.invalidate_recordset(["deadline_at", "deadline_late"], flush=False)

    # === HOOKS === #

    def _deadline_on_reminder(self, clock):
        """Remind the responsible people by an activity and a message."""
        self._deadline_notify(clock, clock._get_responsible_users())

    def _deadline_on_escalation(self, clock):
        """Tell the responsible people and those to whom the limit escalates."""
        added = self._deadline_notify(
            clock, clock._get_responsible_users() | clock._get_escalation_users()
        )
        self.message_subscribe(partner_ids=added.partner_id.ids)

    def _deadline_notify(self, clock, users):
        """Give these users an activity and a message, as far as they may read.

        :return: the users who were told
        """
        self.ensure_one()
        readers = users.filtered(lambda user: self.with_user(user).has_access("read"))
        text = clock._get_notification_text()
        self.message_post(body=text, partner_ids=readers.partner_id.ids)
        told = clock._get_told_users()
        # The message has told them by mail, the activity need not repeat it.
        quiet = self.with_context(mail_activity_quick_update=True)
        for user in readers - told:
            quiet.activity_schedule(
                ACTIVITY_TYPE,
                clock._get_local_due_date(user),
                summary=clock.limit_id.with_context(lang=user.lang).name,
                user_id=user.id,
                deadline_clock_id=clock.id,
            )
        return readers
