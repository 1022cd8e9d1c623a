from odoo import models

from .review_step_assign import Assignment


class ReviewStep(models.Model):
    _inherit = "review.step"

    def _stand_in(self, document, assignments, excluded):
        """Return the assignments, with somebody else for whoever is away.

        The delegate decides if he may; else the fallback of the step; if he may not
        either, the task stays with the absent person, whose clock runs. Groups are not
        delegated: any other member decides.
        """
        taken, result = excluded, []
        for assignment in assignments:
            taken |= assignment.user
        for assignment in assignments:
            delegation = self._get_delegation(document, assignment.user)
            stand_in = delegation and self._find_stand_in(document, delegation, taken)
            if stand_in:
                taken |= stand_in
                result.append(
                    Assignment(
                        stand_in, assignment.group, delegation.user_id, delegation
                    )
                )
            else:
                result.append(assignment)
        return result

    def _find_stand_in(self, document, delegation, taken):
        """Return the first who is there and may decide, or nobody."""
        company = document._review_get_company()
        delegate = delegation._get_present(company, self.flow_id)
        eligible = self._filter_eligible(delegate, document, taken)
        if eligible or self._get_delegation(document, self.fallback_user_id):
            return eligible
        return self._filter_eligible(self.fallback_user_id, document, taken)

    def _get_delegation(self, document, user):
        """Return the delegation of a person that is in force for the document now."""
        delegations = self.env["review.delegation"]
        if not user:
            return delegations
        return delegations._find(user, document._review_get_company(), self.flow_id)
