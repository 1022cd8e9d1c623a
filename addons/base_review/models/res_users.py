from odoo import fields, models
from odoo.fields import Domain

#: What makes a user a reviewer, beside the steps that name him.
REVIEWER_FIELDS = {"active", "company_ids", "group_ids"}
#: What decides who belongs to a group.
MEMBER_FIELDS = {"user_ids", "implied_ids", "implied_by_ids"}


class ResUsers(models.Model):
    _inherit = "res.users"

    review_mail = fields.Selection(
        selection=[("now", "At once"), ("never", "Never")],
        string="Mail on Reviews",
        default="now",
        required=True,
        help="Whether you get a mail when a document waits for your review.",
    )

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_READABLE_FIELDS, "review_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_WRITEABLE_FIELDS, "review_mail"]

    def write(self, vals):
        """Hand over the open reviews that nobody may decide any more after this."""
        if not REVIEWER_FIELDS & vals.keys():
            return super().write(vals)
        users = self.sudo()  # sudo: whoever changes a user need not be a reviewer
        groups = users.all_group_ids
        result = super().write(vals)
        archived = not vals.get("active", True)
        if archived:
            users._get_review_delegations()._end()
        self.env["review.task"].sudo()._hand_over_deserted(
            users._get_review_duty_domain(groups),
            self.env._("The reviewer was archived.")
            if archived
            else self.env._("The reviewers lost the right to decide."),
        )
        return result

    def _get_review_delegations(self):
        """Return what these users delegated or decide in the place of others."""
        return self.env["review.delegation"].search(
            Domain("state", "!=", "ended")
            & (
                Domain("user_id", "in", self.ids)
                | Domain("delegate_id", "in", self.ids)
            )
        )

    def _get_review_duty_domain(self, groups):
        """Return the domain of the tasks that these users and groups may decide."""
        return (
            Domain("user_id", "in", self.ids)
            | Domain("delegation_id.user_id", "in", self.ids)
            | Domain("group_id", "in", groups.ids)
        )


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        """Hand over the open reviews of groups that lost their last member."""
        if not MEMBER_FIELDS & vals.keys():
            return super().write(vals)
        # sudo: whoever changes a group need not be a reviewer
        groups = self.sudo().all_implied_ids
        result = super().write(vals)
        self.env["review.task"].sudo()._hand_over_deserted(
            Domain("group_id", "in", groups.ids)
            | Domain("step_id.group_id", "in", groups.ids),
            self.env._("The reviewers lost the right to decide."),
        )
        return result
