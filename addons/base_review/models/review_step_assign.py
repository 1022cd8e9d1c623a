from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import BaseModel


class Assignment(NamedTuple):
    """Who a task goes to: a person or a group, and in whose place, delegated or not."""

    user: BaseModel
    group: BaseModel
    origin: BaseModel
    delegation: BaseModel | None = None

    @property
    def values(self):
        return {
            "user_id": self.user.id,
            "group_id": self.group.id,
            "origin_user_id": self.origin.id,
            "delegation_id": self.delegation.id if self.delegation else False,
        }


class ReviewStep(models.Model):
    _inherit = "review.step"

    def _assign(self, document, requester, excluded):
        """Return the assignments of the step for one document, never an empty list.

        :param excluded: users who wrote, submitted, sold or already reviewed it
        :raise UserError: when neither the assignees nor the fallback may decide
        """
        wanted = self._get_assignments(document, requester, excluded)
        return self._stand_in(document, wanted, excluded)

    def _get_assignments(self, document, requester, excluded):
        """Return whom the step asks for, whether or not they are away."""
        self.ensure_one()
        no_user, no_group = self.env["res.users"], self.env["res.groups"]
        if self.assign_by == "group":
            wanted = eligible = self._get_eligible_members(document, excluded)
        else:
            finder = getattr(self, f"_get_{self.assign_by}_assignees")
            wanted = finder(document, requester)
            eligible = self._filter_eligible(wanted, document, excluded)
        if eligible and self.assign_by == "group" and self.policy == "any":
            return [Assignment(no_user, self.group_id, no_user)]
        if not eligible:
            origin = wanted if len(wanted) == 1 else no_user
            fallback = self._filter_eligible(self.fallback_user_id, document, excluded)
            if not fallback:
                raise UserError(self._get_nobody_message(document))
            return [Assignment(fallback, no_group, origin)]
        return [Assignment(user, no_group, no_user) for user in eligible]

    def _prepare_task(self):
        """Return what every task copies from the single step."""
        self.ensure_one()
        return {
            "step_id": self.id,
            "step_name": self.name,
            "sequence": self.sequence,
            "policy": self.policy,
        }

    def _get_preview(self, assignments):
        """Return the step and its reviewers by name."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "sequence": self.sequence,
            "policy": self.policy,
            "reviewers": [
                assignment.delegation.display_name
                if assignment.delegation
                and assignment.user == assignment.delegation.delegate_id
                else assignment.user.name or assignment.group.name
                for assignment in assignments
            ],
        }

    def _get_nobody_message(self, document):
        return self.env._(
            "Nobody may decide step %(step)s of %(document)s: its reviewers and its "
            "fallback %(fallback)s are absent, work for another company, or are "
            "already involved in it. Ask the review manager to name somebody else.",
            step=self.name,
            document=document.display_name,
            fallback=self.fallback_user_id.name,
        )

    def _filter_eligible(self, users, document, excluded):
        """Return the active employees of the document's company among ``users``."""
        company = document._review_get_company()
        return (users - excluded).filtered(
            lambda user: (
                user.active and not user.share and company.id in user._get_company_ids()
            )
        )

    def _get_user_assignees(self, document, requester):
        return self.user_id

    def _get_eligible_members(self, document, excluded):
        """Return the members of the group who may decide; one is enough for *any*."""
        return self.env["res.users"].search(
            Domain("all_group_ids", "in", self.group_id.ids)
            & Domain("share", "=", False)
            & Domain("company_ids", "in", document._review_get_company().ids)
            & Domain("id", "not in", excluded.ids),
            limit=1 if self.policy == "any" else None,
        )

    def _get_field_assignees(self, document, requester):
        if not self._leads_to_user():
            return self.env["res.users"]
        return document.mapped(self.field_path)

    def _get_manager_assignees(self, document, requester):
        return self._get_manager_of(requester, document)

    def _get_manager_of(self, user, document):
        """Return the manager of a person in the company of the document."""
        if not user:
            return user
        company = document._review_get_company()
        employee = self.env["hr.employee"].search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)], limit=1
        )
        return employee.parent_id.user_id

    def _prepare_assignment(self, user, origin):
        """Return an assignment to a person, in the place of another one or nobody."""
        return Assignment(user, self.env["res.groups"], origin)
