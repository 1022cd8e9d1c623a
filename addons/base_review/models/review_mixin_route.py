from odoo import fields, models
from odoo.exceptions import UserError


class ReviewMixin(models.AbstractModel):
    """Which way a document goes: reasons, steps, people."""

    _inherit = "review.mixin"

    def _review_get_reasons(self):
        """Return ``{id: [reason]}``: the rules that apply to the documents now."""
        reasons = {document.id: [] for document in self}
        for flow, documents in self._review_group_by_flow().items():
            reasons.update(flow._get_rules()._evaluate(documents))
        return reasons

    def _review_group_by_flow(self):
        groups = self.grouped(lambda document: document._review_get_flow())
        return {flow: documents for flow, documents in groups.items() if flow}

    def _review_get_steps(self, reasons, flow=None):
        """Return the steps the single document has to pass, given its reasons.

        :param flow: instead of the active one
        :raise UserError: when the flow has no step at all
        """
        self.ensure_one()
        flow = flow or self._review_get_flow()
        steps = flow._get_steps()
        if not steps:
            raise UserError(
                self.env._(
                    "Review flow %s has no step. Add one before submitting.",
                    flow.name,
                )
            )
        rule_ids = {reason["rule_id"] for reason in reasons}
        adding = flow._get_layout().step_rules
        return steps.filtered(
            lambda step: step.condition == "always" or rule_ids & adding[step.id]
        )

    def _review_plan(self, reasons, requester, flow=None):
        """Return ``[(step, assignments)]`` for the single document.

        Each step is given to people who have no other duty in this review; a group of
        which any member may approve keeps no member to itself.
        """
        self.ensure_one()
        excluded = self._review_get_excluded(requester)
        steps, plan = self._review_get_steps(reasons, flow), []
        (steps.user_id | steps.fallback_user_id).fetch(["active", "share"])
        for step in steps:
            assignments = step._assign(self, requester, excluded)
            for assignment in assignments:
                excluded |= assignment.user
            plan.append((step, assignments))
        return plan

    def _review_get_excluded(self, requester):
        """Return everybody who may not review the single document."""
        return (requester | self._review_excluded_users()).sudo()

    def _review_prepare_tasks(self, request, plan):
        """Return the values of the tasks of a request; the first steps are to do."""
        vals_list, first = [], min((step.sequence for step, _who in plan), default=0)
        for step, assignments in plan:
            values = [assignment.values for assignment in assignments]
            is_first = step.sequence == first
            if len(values) > 1 and not is_first:
                # Everybody gets a row of his own when the step opens.
                by_group = step.assign_by == "group"
                values = [{"group_id": step.group_id.id}] if by_group else values[:1]
            common = {
                **request._prepare_task(),
                **step._prepare_task(),
                "state": "todo" if is_first else "waiting",
                "started_at": is_first and fields.Datetime.now(),
            }
            vals_list += [{**common, **who} for who in values]
        return vals_list

    def _review_get_preview(self, flow=None, requester=None):
        """Return the route of the single document as `review_preview` documents it.

        :param flow: instead of the active one, to try a flow before it is on
        :param requester: who would submit it, instead of the current user
        """
        self.ensure_one()
        flow = flow or self._review_get_flow()
        reasons = flow._get_rules()._evaluate(self)[self.id] if flow else []
        blockers = list(self._review_submit_blockers().get(self.id, []))
        try:
            requester = requester or self.env.user
            plan = self._review_plan(reasons, requester, flow) if flow else []
        except UserError as error:
            plan = []
            blockers.append(str(error))
        return {
            "flow": flow.name or "",
            "blockers": blockers,
            "exceptions": reasons,
            "steps": [
                {
                    **step._get_preview(assignments),
                    "rules": step._get_rule_names(reasons),
                }
                for step, assignments in plan
            ],
        }

    def _review_get_visible_request(self):
        """Return the last request if the user may see it: participant or reader."""
        self.ensure_one()
        # sudo: the request answers for itself whether the user takes part in it
        request = self.sudo().review_request_id
        visible = self.has_access("read") or request.sudo(False).has_access("read")
        return request if visible else request.browse()

    # === HOOKS === #

    def _review_submit_blockers(self):
        """Return ``{id: [message]}``: why documents may not be submitted yet."""
        return {}

    def _review_get_title(self):
        """Return how the inbox names the single document: its number, and for whom."""
        self.ensure_one()
        return self.display_name

    def _review_snapshot(self):
        """Return what the reviewers of the single document see, as ``{label: value}``.

        The values must be JSON; the snapshot is frozen at submission.
        """
        self.ensure_one()
        return {}

    def _review_excluded_users(self):
        """Return the people who may not review the single document: who wrote it."""
        self.ensure_one()
        return self.create_uid

    def _review_after_approved(self):
        """Hook: the last step of these documents was approved."""

    def _review_after_rejected(self):
        """Hook: these documents were rejected."""

    def _review_after_step(self, tasks):
        """Hook: one step of the single document is complete; its decided tasks."""
