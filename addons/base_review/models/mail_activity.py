from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mail.models.mail_activity import MailActivity as CoreActivity


class MailActivity(models.Model):
    _inherit = "mail.activity"

    review_task_id = fields.Many2one(
        comodel_name="review.task", index="btree_not_null", ondelete="cascade"
    )

    @api.model
    def _review_create(self, vals_list):
        """Create activities without mail and without making reviewers followers."""
        # sudo: the engine assigns work to people the requester may not read
        # super of core: a reviewer does not follow what customers are sent
        activities = super(CoreActivity, self.sudo()).create(vals_list)
        self._review_send_counts(
            [(activity.user_id.id, activity.date_deadline) for activity in activities],
            "activity_created",
        )

    @api.model
    def _review_clear(self, tasks):
        """Remove the activities of tasks that are decided, whosever they are."""
        if not tasks:
            return
        self.flush_model()
        # One statement: these rows carry no attachment, meeting or reference.
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM mail_activity WHERE review_task_id IN %s"
                " RETURNING user_id, date_deadline",
                tuple(tasks.ids),
            )
        )
        self.invalidate_model()
        self._review_send_counts(rows, "activity_deleted")

    @api.model
    def _review_send_counts(self, rows, event):
        """Correct the counter of activities due today on open pages."""
        today = fields.Date.today()
        sign = 1 if event == "activity_created" else -1
        due = Counter(user_id for user_id, day in rows if user_id and day <= today)
        for user_id, count in due.items():
            self.env["res.users"].browse(user_id)._bus_send(
                "mail.activity/updated", {event: True, "count_diff": sign * count}
            )


class ReviewTask(models.Model):
    _inherit = "review.task"

    def _prepare_activity(self):
        """Return the values of the activity that shows the task on one's own clock."""
        self.ensure_one()
        day = fields.Date.context_today(self, self.deadline or self.started_at)
        return {
            "res_model_id": self.env["ir.model"]._get_id(self.res_model),
            "res_model": self.res_model,
            "res_id": self.res_id,
            "res_name": self.res_name,
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "base_review.mail_activity_type_review"
            ),
            "summary": self.step_name,
            "user_id": self.user_id.id,
            "date_deadline": day,
            "review_task_id": self.id,
        }
