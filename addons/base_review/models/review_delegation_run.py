import logging
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from .review_step_assign import Assignment

_logger = logging.getLogger(__name__)

#: How often a delegate who is away himself is followed to his own delegate.
MAX_HOPS = 2


class LiveDelegation(NamedTuple):
    """A delegation that runs or will run, in plain values: cached."""

    id: int
    user_id: int
    company_id: int
    flow_id: int
    date_from: datetime
    date_to: datetime


class ReviewDelegation(models.Model):
    """Starting, ending and finding delegations."""

    _inherit = "review.delegation"

    # === LOOK-UPS === #

    @api.model
    @tools.ormcache()
    def _get_live(self):
        """Return what has not ended yet, those for one flow first."""
        # sudo: documents obey the delegations of people the requester may not read
        live = self.sudo().search(
            Domain("active", "=", True) & Domain("state", "!=", "ended")
        )
        return tuple(
            LiveDelegation(
                delegation.id,
                delegation.user_id.id,
                delegation.company_id.id,
                delegation.flow_id.id,
                delegation.date_from,
                delegation.date_to,
            )
            for delegation in live.sorted(lambda delegation: not delegation.flow_id)
        )

    @api.model
    def _find(self, user, company, flow):
        """Return the delegation in force now for a person and a flow, or nothing."""
        now = fields.Datetime.now()
        for row in self._get_live():
            if (
                row.user_id == user.id
                and row.company_id == company.id
                and row.flow_id in {False, flow.id}
                and row.date_from <= now < row.date_to
            ):
                return self.sudo().browse(row.id)  # sudo: see _get_live
        return self.browse()

    @api.model
    def _get_live_ids(self, user):
        """Return the ids of the delegations of a principal that have not ended."""
        return [row.id for row in self._get_live() if row.user_id == user.id]

    def _is_in_force(self):
        """Return whether the single delegation covers this moment."""
        self.ensure_one()
        now = fields.Datetime.now()
        return (
            self.active
            and self.state != "ended"
            and self.date_from <= now < self.date_to
        )

    def _get_present(self, company, flow):
        """Return who stands in: the delegate, or who stands in for him in turn.

        :return: nobody where the last one is away as well
        """
        self.ensure_one()
        delegation = self
        for _hop in range(MAX_HOPS):
            delegate = delegation.delegate_id
            delegation = self._find(delegate, company, flow)
            if not delegation:
                return delegate
        return self.env["res.users"]

    # === START AND END === #

    @api.model
    def _cron_apply(self):
        """Start and end what is due; give running ones the tasks they missed."""
        cron = self.env["ir.cron"]
        due = self._get_due()
        cron._commit_progress(remaining=len(due))
        for delegation in due:
            delegation._try_apply()
            if not cron._commit_progress(processed=1):
                break

    @api.model
    def _get_due(self):
        """Return what starts, ends or runs now; a task may slip in while it starts."""
        now = fields.Datetime.now()
        return self.search(
            Domain("active", "=", True)
            & Domain("state", "!=", "ended")
            & Domain("date_from", "<=", now),
            order="date_to, id",
        )

    def _try_apply(self):
        """Apply the single delegation; a refusal must not stop the others."""
        # The scheduled action has no language of its own: the trail is in theirs.
        lang = self.user_id.lang or self.company_id.partner_id.lang or self.env.lang
        try:
            # Only refusals are caught: after a lost race the next run finds its work.
            with self.env.cr.savepoint():
                self.with_context(lang=lang)._apply()
        except UserError as error:
            _logger.warning("Delegation %s: %s", self.id, error)

    def _apply(self):
        """Start or end these delegations if it is time."""
        now = fields.Datetime.now()
        live = self.filtered(lambda d: d.active and d.state != "ended")
        over = live.filtered(lambda delegation: delegation.date_to <= now)
        over._end()
        started = (live - over).filtered(lambda d: d.date_from <= now)
        started.filtered(lambda d: d.state == "planned")._engine_write(
            {"state": "running"}
        )
        for delegation in started:
            delegation._give_tasks()

    def _schedule(self):
        """Apply these delegations now, and again when they start or end."""
        self._apply()
        now = fields.Datetime.now()
        moments = {
            moment
            for delegation in self
            if delegation.state != "ended"
            for moment in (delegation.date_from, delegation.date_to)
            if moment > now
        }
        cron = self.env.ref("base_review.ir_cron_delegate", raise_if_not_found=False)
        if moments and cron:
            cron.sudo()._trigger(at=moments)  # users may not see scheduled actions

    def _end(self):
        """End these delegations; what is still open goes back to the principals."""
        now = fields.Datetime.now()
        for delegation in self:
            end = min(delegation.date_to, now)
            delegation._engine_write(
                {
                    "state": "ended",
                    "date_from": min(delegation.date_from, end),
                    "date_to": end,
                }
            )
            delegation._return_tasks()

    def _tell_delegates(self):
        """Tell people that they will decide for somebody else."""
        for delegation in self.filtered(lambda d: d.state != "ended"):
            delegate = delegation.delegate_id
            texts = delegation.with_context(lang=delegate.lang, tz=delegate.tz)
            # sudo: one may ask a colleague whose contact one may not read
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=(delegate.partner_id - self.env.user.partner_id).ids,
                subject=texts.env._("Reviews in place of %s", delegation.user_id.name),
                body=texts._get_period_text(),
            )

    def _get_period_text(self):
        """Return one sentence on who, for whom and until when, in local time."""
        self.ensure_one()
        return self.env._(
            "From %(start)s to %(end)s you review in place of %(who)s. %(reason)s",
            start=format_datetime(self.env, self.date_from, dt_format="short"),
            end=format_datetime(self.env, self.date_to, dt_format="short"),
            who=self.user_id.name,
            reason=self.reason or "",
        )

    # === TASKS === #

    def _give_tasks(self):
        """Open for the delegate what waits for the single principal."""
        tasks = self._search_todo(Domain("user_id", "=", self.user_id.id))
        moves = {}
        for task in tasks:
            # What he was handed back on purpose stays with him.
            if task.origin_task_id.delegation_id == self:
                continue
            current = Assignment(task.user_id, task.group_id, task.origin_user_id)
            assignment = task._get_stand_in(current)
            if assignment.user != task.user_id:
                moves[task] = assignment.values
        tasks._move(moves, self.env._("%s is away.", self.user_id.name))

    def _return_tasks(self):
        """Open for the single principal what is still open under the delegation."""
        principal = self.user_id
        tasks = self._search_todo(Domain("delegation_id", "=", self.id))
        moves = {}
        for task in tasks:
            back = Assignment(principal, task.group_id, self.env["res.users"])
            if not task._filter_free(principal):
                # He may not decide any more: whoever has it keeps it.
                back = Assignment(task.user_id, task.group_id, principal)
            moves[task] = task._get_stand_in(back).values
        tasks._move(moves, self.env._("The delegation ended."))

    def _search_todo(self, domain):
        # sudo: delegations move tasks that neither of the two may write
        domain &= Domain("state", "=", "todo")
        domain &= Domain("company_id", "=", self.company_id.id)
        if self.flow_id:
            domain &= Domain("request_id.flow_id", "=", self.flow_id.id)
        return self.env["review.task"].sudo().search(domain)
