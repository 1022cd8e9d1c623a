from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    review_task_id = fields.Many2one(
        comodel_name="review.task", index="btree_not_null", ondelete="cascade"
    )


class ReviewTask(models.Model):
    _inherit = "review.task"

    def _prepare_activity(self):
        """Return the values of the activity that shows the task on one's own clock."""
        self.ensure_one()
        day = fields.Date.context_today(self, self.deadline or self.started_at)
        return {
            "res_model_id": self.env["ir.model"]._get_id(self.res_model),
            "res_id": self.res_id,
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "base_review.mail_activity_type_review"
            ),
            "summary": self.step_name,
            "user_id": self.user_id.id,
            "date_deadline": day,
            "review_task_id": self.id,
        }
