from odoo import api, models
from odoo.fields import Domain

from ..tools import check_records


class ReviewTask(models.Model):
    """The inbox: what waits for me, and acting on it."""

    _inherit = "review.task"

    @api.depends("state", "user_id", "group_id")
    @api.depends_context("uid")
    def _compute_mine(self):
        # sudo: which tasks are mine does not depend on what I may read
        mine = self.sudo().filtered_domain(self._get_mine_domain())
        for task in self:
            task.mine = task.sudo() in mine

    def _search_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_mine_domain()

    @api.model
    def _get_mine_domain(self):
        """Return the domain of the tasks the current user may decide now."""
        user = self.env.user
        return Domain("state", "=", "todo") & (
            Domain("user_id", "=", user.id)
            | (
                Domain("group_id", "in", user._get_group_ids())
                & Domain("company_id", "in", user._get_company_ids())
                & self._get_fresh_domain(user)
            )
        )

    def _is_for_member(self, user):
        """Return whether the single task is for a group the user decides in."""
        return (
            self.group_id.id in user._get_group_ids()
            and self.company_id.id in user._get_company_ids()
        )

    def _may_still_decide(self, document, user):
        """Return whether what made the user the reviewer still holds.

        Since the task was given out he may have become the seller of the document, or
        have left the company or the group that reviews.
        """
        return (
            user not in document._review_excluded_users()
            and self.company_id.id in user._get_company_ids()
            and self._is_still_assigned(user)
        )

    def _is_still_assigned(self, user):
        """Return whether the step, or a person, still gives the user the task."""
        step = self.step_id
        return bool(
            self._is_named()
            or self.policy != "all"  # any member decides: he is looked up as one
            or step.assign_by != "group"
            or user == step.fallback_user_id
            or step.group_id.id in user._get_group_ids()
        )

    @api.model
    @api.readonly
    def review_inbox_count(self):
        """Return how many tasks wait for the current user, by document model."""
        # sudo: the domain names the current user; rules would only repeat it
        tasks = self.sudo()._read_group(
            self._get_mine_domain()
            & Domain("company_id", "in", self.env.companies.ids),
            groupby=["res_model"],
            aggregates=["__count"],
        )
        return dict(tasks)

    # === ACTIONS === #

    def action_approve(self):
        """Approve the selected tasks; those that cannot be approved are named."""
        return self._get_result_notification(self._decide_many())

    def action_reject(self):
        """Open the dialog that asks for the reason."""
        check_records(self, single=True).check_access("read")
        return self.env["review.decision"]._get_action(
            "reject", self.res_model, self.res_id, self.sudo().request_id.revision
        )

    def action_open_document(self):
        """Open the document, or what was submitted where it may not be read."""
        check_records(self, single=True).check_access("read")
        document = self.sudo().request_id._get_document().sudo(False)
        if document and document.has_access("read"):
            return self.request_id.action_open_document()
        return {
            "type": "ir.actions.act_window",
            "res_model": "review.request",
            "res_id": self.request_id.id,
            "views": [(False, "form")],
        }

    def _decide_many(self):
        check_records(self).check_access("read")
        results = []
        for res_model, tasks in self.grouped("res_model").items():
            documents = self.env["review.flow"]._get_document_model(res_model)
            results += documents.review_approve_many(
                [
                    {"id": task.res_id, "revision": task.sudo().request_id.revision}
                    for task in tasks
                ]
            )
        return results

    @api.model
    def _get_result_notification(self, results):
        """Return the client action that sums up a batch and names its failures."""
        failures = [result["message"] for result in results if not result["ok"]]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if failures else "success",
                "sticky": bool(failures),
                "title": self.env._(
                    "%(done)s of %(total)s approved",
                    done=len(results) - len(failures),
                    total=len(results),
                ),
                "message": "\n".join(failures),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === CLOCKS === #

    def _deadline_on_reminder(self, clock):
        """Tell the reviewers that the step is soon late."""
        self._review_tell(clock, clock._get_responsible_users())

    def _review_tell(self, clock, users):
        self.ensure_one()
        # sudo: the clock speaks, not a person; reviewers may lack the document
        document = self.sudo().request_id._get_document()
        if document:
            users |= self._get_reviewers()
            document._review_notify(clock._get_notification_text(), users)

    def _get_reviewers(self):
        """Return the people who may decide these tasks now."""
        # sudo: names of reviewers are no secret to those who can see the task
        tasks = self.sudo()
        users = tasks.user_id.browse()
        for task in tasks:
            members = task.group_id.all_user_ids - task._get_barred_users()
            users |= (task.user_id or members).filtered(
                lambda user, company_id=task.company_id.id: (
                    user.active
                    and not user.share
                    and company_id in user._get_company_ids()
                )
            )
        return users

    def _get_decision_text(self):
        """Return one line on the decision of the single task, for the chatter."""
        self.ensure_one()
        texts = {
            "approved": self.env._("%s: approved.", self.step_name),
            "rejected": self.env._("%s: rejected.", self.step_name),
            "returned": self.env._("%s: returned.", self.step_name),
            "transferred": self.env._("%s: transferred.", self.step_name),
        }
        return " ".join(filter(None, [texts.get(self.state), self.reason]))

    def _reassign(self, reason):
        """Close todo tasks as transferred and open them for the next in line.

        Used when nobody of the old assignees may decide any more: nothing may hang.
        """
        if self:
            self.request_id.sorted("id")._lock()
        for task in self:
            if task._close_if_needless(self, reason):
                continue
            request = task.request_id
            document = request._get_document()
            excluded = task._get_barred_users() | task._get_busy_users()
            step = task.step_id
            assignments = step._assign(document, task.requester_id, excluded)
            task._close_transferred(reason)
            created = task._evidence_create(
                [
                    {
                        **task._prepare_copy(),
                        **assignment.values,
                        "origin_user_id": task.user_id.id,
                        "origin_task_id": task.id,
                    }
                    for assignment in assignments
                ]
            )
            created._open()
            document._review_store_progress()
            document._review_notify_opened(created)

    def _get_busy_users(self):
        """Return who decides something now, or waits for it in the same step."""
        live = self.request_id.task_ids._filter_live()
        return live.filtered(
            lambda task: task.state == "todo" or task.step_id == self.step_id
        ).user_id

    def _close_if_needless(self, leaving, reason):
        """Hook: close the single task if somebody else decides it anyway.

        :param leaving: tasks whose reviewers leave as well
        :return: whether it was closed
        """
        return False

    def _prepare_copy(self):
        """Return the values of a task that takes over this one."""
        self.ensure_one()
        return {
            **self.request_id._prepare_task(),
            "step_id": self.step_id.id,
            "step_name": self.step_name,
            "sequence": self.sequence,
            "rank": self.rank,
            "attempt": self.attempt,
            "policy": self.policy,
            "added_by_id": self.added_by_id.id,
            "added_reason": self.added_reason,
        }
