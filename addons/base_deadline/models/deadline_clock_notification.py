import logging

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

_logger = logging.getLogger(__name__)

#: Clocks that one transaction of the scheduled action handles.
BATCH_SIZE = 100


class DeadlineClock(models.Model):
    """Reminders before a limit and escalation after it."""

    _inherit = "deadline.clock"

    @api.model
    def _cron_notify(self):
        """Remind before limits and escalate after them, each once per clock."""
        cron = self.env["ir.cron"]
        due = Domain("next_at", "<=", fields.Datetime.now())
        cron._commit_progress(remaining=self.search_count(due))
        while clocks := self._lock_due():
            clocks._notify()
            if not cron._commit_progress(processed=len(clocks)):
                break
        else:
            cron._commit_progress(remaining=0)
        upcoming = Domain("next_at", "!=", False)
        self.search(upcoming, order="next_at", limit=1)._schedule_check()

    @api.model
    def _lock_due(self):
        """Return the clocks to look at now that no other transaction holds."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM deadline_clock
                 WHERE next_at <= %s ORDER BY next_at, id LIMIT %s
                   FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                BATCH_SIZE,
            )
        )
        return self.browse([row[0] for row in rows])

    def _schedule_check(self):
        """Wake the scheduled action at the first moment that one of these needs."""
        moment = min((clock.next_at for clock in self if clock.next_at), default=None)
        data = self.env["ir.model.data"]
        cron_id = data._xmlid_to_res_id("base_deadline.ir_cron_notify")
        if not moment or not cron_id:
            return
        # sudo: users may not see scheduled actions
        if moment <= fields.Datetime.now():
            self.env["ir.cron"].sudo().browse(cron_id)._trigger(at=moment)
        else:
            # The same without reading the scheduled action: this runs at every start.
            self.env["ir.cron.trigger"].sudo().create(
                {"cron_id": cron_id, "call_at": moment}
            )

    def _notify(self):
        """Tell the documents of these clocks that a reminder or the limit is due."""
        now = fields.Datetime.now()
        late = self.filtered(lambda clock: clock.due_at <= now)
        late.write({"escalated_at": now, "next_at": False})
        for clock in self - late:
            clock.write({"reminded_at": now, "next_at": clock.due_at})
        documents = self._get_documents()
        self.filtered(lambda clock: not documents[clock])._stop(cancelled=True)
        for clock in self.filtered(documents.get):
            hook = f"_deadline_on_{'escalation' if clock in late else 'reminder'}"
            if hasattr(documents[clock], hook):
                spoken = clock.with_context(lang=clock._get_lang())
                spoken._call_hook(documents[clock].with_env(spoken.env), hook)

    def _call_hook(self, document, hook):
        """Call the hook; a refusal must not keep the other clocks from running."""
        try:
            with self.env.cr.savepoint():
                getattr(document, hook)(self)
        except UserError as error:
            _logger.warning("Clock %s on %s: %s", self.id, document, error)

    def _get_documents(self):
        """Return the document of each clock, empty when it is gone."""
        documents = {}
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env:
                documents.update(dict.fromkeys(clocks))
                continue
            found = self.env[model].browse(clocks.mapped("res_id")).exists()
            by_id = {document.id: document for document in found}
            documents.update({clock: by_id.get(clock.res_id) for clock in clocks})
        return documents

    def _clear_activities(self):
        """Remove the reminders of clocks that have stopped."""
        told = self.filtered(lambda clock: clock.reminded_at or clock.escalated_at)
        if told:
            # Reminders of other people go as well, whoever has done the work.
            self.env["mail.activity"].sudo().search(
                Domain("deadline_clock_id", "in", told.ids)
            ).unlink()

    # === HOOKS === #

    def _get_lang(self):
        """Return the language of what is written about the single clock.

        The scheduled action has none of its own: whoever answers for the clock reads
        it, else somebody of the company.
        """
        self.ensure_one()
        company = self.company_id.partner_id
        return self.user_id.lang or company.lang or self.env.lang

    def _get_responsible_users(self):
        """Return the users who answer for these clocks."""
        return self.user_id | self.group_id.all_user_ids.filtered("active")

    def _get_escalation_users(self):
        """Return the users to add when these clocks are late; soft limits add none."""
        hard = self.filtered(lambda clock: not clock.limit_id.soft)
        limits = hard.limit_id
        users = limits.escalate_user_id | limits.escalate_group_id.all_user_ids
        managed = hard.filtered("limit_id.escalate_to_manager")
        if managed.user_id:
            employees = self.env["hr.employee"].search(
                Domain("user_id", "in", managed.user_id.ids)
                & Domain("company_id", "in", managed.company_id.ids)
            )
            users |= employees.parent_id.user_id
        return users.filtered("active")

    def _get_notification_text(self):
        """Return one sentence on the limit, in the language of the context."""
        self.ensure_one()
        due = format_datetime(
            self.env, self.due_at, tz=self.calendar_id.tz or self.env.user.tz
        )
        if self.escalated_at:
            return self.env._(
                "%(limit)s was due on %(due)s and is late. Responsible: %(people)s.",
                limit=self.limit_id.name,
                due=due,
                people=self._get_responsible_name(),
            )
        return self.env._(
            "%(limit)s is due on %(due)s. Responsible: %(people)s.",
            limit=self.limit_id.name,
            due=due,
            people=self._get_responsible_name(),
        )

    def _get_local_due_date(self, user):
        """Return the day of the limit where the user is."""
        tz = user.tz or self.calendar_id.tz or "UTC"
        return utc.localize(self.due_at).astimezone(timezone(tz)).date()

    def _get_told_users(self):
        """Return the users who already have an activity of this clock."""
        return (
            self.env["mail.activity"]
            .search(Domain("deadline_clock_id", "in", self.ids))
            .user_id
        )

    def _get_responsible_name(self):
        return self.user_id.name or self.group_id.name or self.env._("nobody")
