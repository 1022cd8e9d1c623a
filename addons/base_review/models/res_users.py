from odoo import fields, models
from odoo.fields import Domain


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
        """Hand over the open reviews of whoever is archived, so that nothing hangs."""
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            # sudo: whoever archives a user need not be a reviewer
            self.sudo()._get_review_delegations()._end()
            tasks = self.sudo()._get_review_tasks_to_hand_over()
            tasks._reassign(self, self.env._("The reviewer was archived."))
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

    def _get_review_tasks_to_hand_over(self):
        """Return the tasks that nobody decides now that these users are archived."""
        tasks = self.env["review.task"].search(
            Domain("state", "=", "todo")
            & (
                Domain("user_id", "in", self.ids)
                | Domain("group_id", "in", self.all_group_ids.ids)
            )
        )
        return tasks.filtered(
            lambda task: task.user_id in self or not task._get_reviewers()
        )
