from odoo import fields, models


class ReviewTask(models.Model):
    """What happens when nobody decided in time. Time alone never decides."""

    _inherit = "review.task"

    escalated_from_id = fields.Many2one(
        comodel_name="review.task",
        string="Escalated from",
        index="btree_not_null",
        ondelete="restrict",
        help="The late task that brought this one to a superior.",
    )

    def _deadline_on_escalation(self, clock):
        """Ask a superior, and tell everybody concerned that the step is late."""
        users = clock._get_responsible_users() | clock._get_escalation_users()
        if not clock.limit_id.soft:
            # sudo: the clock speaks, not a person
            users |= self.sudo()._escalate().user_id
        self._review_tell(clock, users | self.sudo().step_id.fallback_user_id)

    def _escalate(self):
        """Give the single late task to a superior, beside or instead of its owner.

        A task escalates once; a decision that came first leaves nothing to do.

        :return: the task of the superior, empty where there is none
        """
        self.ensure_one()
        step = self.step_id
        superior = self.browse()
        if (
            step.escalation_policy == "none"
            or self.state != "todo"
            or self.escalated_from_id
            or self._get_alternatives()
        ):
            return superior
        assignment = self._get_superior()
        if assignment:
            self.request_id._lock()
            superior = self._open_superior(assignment)
        return superior

    def _get_superior(self):
        """Return the assignment of the first superior who may decide, or nothing."""
        step = self.step_id
        document = self.request_id._get_document()
        candidates = step.escalate_user_id
        if step.escalate_to_manager:
            candidates |= step._get_manager_of(self.user_id, document)
        taken = self._get_taken_users()
        superior = step._filter_eligible(candidates, document, taken)[:1]
        if not superior:
            return None
        wanted = step._prepare_assignment(superior, self.user_id)
        return step._stand_in(document, [wanted], taken)[0]

    def _open_superior(self, assignment):
        """Open the task of a superior; close this one where he replaces its owner."""
        request, document = self.request_id, self.request_id._get_document()
        values = {
            **self._prepare_copy(),
            **assignment.values,
            "origin_task_id": self.id,
            "escalated_from_id": self.id,
        }
        if self.step_id.escalation_policy == "replace":
            self._close_unanswered("escalated", self.env._("The time limit ran out."))
        superior = request.task_ids._evidence_create([values])
        superior._open()
        document._review_store_progress()
        document._review_notify_opened(superior)
        return superior

    def _is_still_assigned(self, user):
        """Let superiors decide although they are no members of the group."""
        return bool(self.escalated_from_id) or super()._is_still_assigned(user)

    def _prepare_copy(self):
        """Keep what was escalated once from being escalated again."""
        escalated_from = self.escalated_from_id.id
        return {**super()._prepare_copy(), "escalated_from_id": escalated_from}

    # === ALTERNATIVES === #

    def _get_duty(self):
        """Return the row the duty of the single task began with.

        Rows that take one another over, and those of superiors beside them, are one
        duty; a reviewer that somebody added has a duty of his own.
        """
        task = self
        while (
            (origin := task.origin_task_id)
            and origin.state != "returned"
            and not task.starts_duty
        ):
            task = origin
        return task

    def _get_alternatives(self):
        """Return the other live tasks of the same duty: one decision settles all."""
        self.ensure_one()
        others = self.request_id.task_ids._filter_live() - self
        if not self.origin_task_id and not others.origin_task_id:
            return others.browse()
        duty = self._get_duty()
        return others.filtered(lambda other: other._get_duty() == duty)

    def _close_alternatives(self):
        """Close what the superior, or the one he stands beside, need not decide."""
        super()._close_alternatives()
        others = self._get_alternatives()
        if others:
            others._close_unanswered(
                "skipped", self.env._("%s decided.", self.done_by.name)
            )

    def _close_if_needless(self, leaving, reason):
        """Close what has an alternative left: the superior or the late reviewer."""
        if not self._get_alternatives() - leaving:
            return super()._close_if_needless(leaving, reason)
        self._close_unanswered("skipped", reason)
        self.request_id._get_document()._review_store_progress()
        return True

    def _close_unanswered(self, state, reason):
        """Close tasks that their owners did not decide."""
        self.env["mail.activity"]._review_clear(self.filtered("user_id"))
        self._evidence_write(
            {"state": state, "done_at": fields.Datetime.now(), "reason": reason}
        )
        self._stop_clocks(cancelled=True)
