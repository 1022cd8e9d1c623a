import json

from odoo import models
from odoo.exceptions import UserError


class ReviewMixin(models.AbstractModel):
    """The engine: what happens to requests and tasks. Every method runs in sudo."""

    _inherit = "review.mixin"

    # === SUBMISSION === #

    def _review_open(self):
        """Open a request for each document, in one batch."""
        requester = self.env.user
        reasons = self._review_get_reasons()
        plans = {
            document: document._review_plan(reasons[document.id], requester)
            for document in self
        }
        requests = self.env["review.request"]
        requests.flush_model(["state"])  # the last one closes before the next opens
        requests = requests._evidence_create(
            [
                document._review_prepare_request(requester, reasons[document.id])
                for document in self
            ]
        )
        vals_list = []
        for document, request in zip(self, requests, strict=True):
            vals_list += document._review_prepare_tasks(request, plans[document])
        tasks = self.env["review.task"]._evidence_create(vals_list)
        for document, request in zip(self, requests, strict=True):
            document._review_engine_write(
                {
                    "review_request_id": request.id,
                    "review_state": "open",
                    "review_revision": request.revision,
                }
            )
        self._review_notify_submitted(requests)
        self._review_start(tasks.filtered(lambda task: task.state == "todo"))

    def _review_prepare_request(self, requester, reasons):
        """Return the values of the request of the single document."""
        self.ensure_one()
        return {
            "res_model": self._name,
            "res_id": self.id,
            "res_name": self._review_get_title(),
            "flow_id": self._review_get_flow().id,
            "company_id": self._review_get_company().id,
            "requester_id": requester.id,
            "author_id": self.create_uid.id,
            "excluded_user_ids": self._review_get_excluded(requester).ids,
            "revision": self.review_revision + 1,
            "fingerprint": self._review_get_fingerprint(),
            "snapshot": self._review_freeze(self._review_snapshot()),
            "exceptions": reasons,
        }

    def _review_freeze(self, snapshot):
        """Return what the reviewers see as plain JSON, dates and ids as texts."""
        try:
            return json.loads(json.dumps(snapshot, allow_nan=False, default=str))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%s contains a figure that is not a number. Correct it first.",
                    self.display_name,
                )
            ) from error

    def _review_start(self, todo):
        """Start the first steps of the documents; approve those that have none."""
        todo._open()
        started = self.browse(todo.mapped("res_id"))
        started._review_store_progress()
        started._review_notify_opened(todo)
        for document in self - started:
            document._review_finish(document.review_request_id)

    # === PROGRESS === #

    def _review_open_next(self):
        """Open what nothing precedes any more on the single document, if anything."""
        request = self.review_request_id
        opened = self._review_assign_tasks(request, request.task_ids._filter_next())
        if opened:
            opened._open()
            self._review_notify_opened(opened)
        self._review_store_progress()

    def _review_assign_tasks(self, request, tasks):
        """Give the tasks of the next steps to whoever may decide them now.

        :return: the tasks to open: one for each person where all must approve
        """
        taken = request.task_ids._filter_todo().user_id
        opened = tasks
        for task in tasks:
            excluded = task._get_barred_users() | taken
            kept = task.rank and task._keep_assignment(self, excluded)
            assignments = kept or task.step_id._assign(
                self, request.requester_id, excluded
            )
            first, *others = [assignment.values for assignment in assignments]
            if first != {name: task[name].id for name in first}:
                task._evidence_write(first)
            if others:
                opened |= task._evidence_create(
                    [{**task._prepare_copy(), **values} for values in others]
                )
            for assignment in assignments:
                taken |= assignment.user
        return opened

    def _review_store_progress(self):
        """Store on the document where it stands and until when."""
        for document in self:
            tasks = document.review_request_id.task_ids.filtered(
                lambda task: task.state == "todo"
            )
            step = tasks.step_id.sorted()[:1]
            deadlines = [task.deadline for task in tasks if task.deadline]
            document._review_engine_write(
                {
                    "review_step_id": step.id,
                    "review_deadline": min(deadlines, default=False),
                }
            )

    def _review_finish(self, request, task=None):
        """Close the request of the single document as approved, by its last task."""
        request._close("approved")
        self._review_engine_write(
            {
                "review_state": "approved",
                "review_step_id": request.flow_id._get_final_step().id,
                "review_deadline": False,
            }
        )
        self._review_after_approved()
        self._review_notify_closed(request, task)
        self._review_copy_flow_people(request)

    # === DECISIONS === #

    def _review_decide_approved(self, task, reason):
        """Record an approval of the single document and go on."""
        request = task.request_id
        task._decide("approved", reason)
        task._close_alternatives()
        live = request.task_ids._filter_live()
        if task.step_id not in live.step_id:
            self._review_after_step(request._get_approvals(task.step_id))
        if not live:
            self._review_finish(request, task)
            return
        self._review_notify_decided(task)
        self._review_hand_over(live._filter_todo().filtered("group_id"))
        self._review_open_next()

    def _review_hand_over(self, tasks):
        """Give group tasks that nobody is left for to the fallback of their step."""
        empty = tasks.filtered(lambda task: not task._get_reviewers())
        empty._reassign(self.env._("Every member already reviewed another step."))

    def _review_decide_rejected(self, task, reason):
        """Record a rejection of the single document."""
        request = task.request_id
        task._decide("rejected", reason)
        request._close("rejected", reason)
        self._review_engine_write(
            {
                "review_state": "rejected",
                "review_step_id": False,
                "review_deadline": False,
            }
        )
        self._review_after_rejected()
        self._review_notify_closed(request, task)

    def _review_withdraw(self, state, reason):
        """Close the live requests of the documents without a decision."""
        for document in self:
            request = document.review_request_id
            request._lock()
            request._close(state, reason)
            document._review_engine_write(
                {
                    "review_state": "none",
                    "review_step_id": False,
                    "review_deadline": False,
                }
            )
            document._review_notify_closed(request)

    def _review_supersede(self, reason):
        """Withdraw the reviews because what was submitted no longer holds."""
        self._review_withdraw("superseded", reason)
