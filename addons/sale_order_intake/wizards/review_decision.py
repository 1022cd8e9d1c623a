from odoo import fields, models


class ReviewDecision(models.TransientModel):
    """A department may propose a date when it answers."""

    _inherit = "review.decision"

    date_possible = fields.Date(string="Possible Date")

    def _confirm_approve(self, document):
        if document._name != "order.feasibility":
            return super()._confirm_approve(document)
        return self._confirm_answer(document, feasible=True)

    def _confirm_reject(self, document):
        if document._name != "order.feasibility":
            return super()._confirm_reject(document)
        return self._confirm_answer(document, feasible=False)

    def _confirm_answer(self, document, feasible):
        return document.feasibility_answer(
            self.revision,
            feasible,
            self.reason,
            self.date_possible,
            self.attachment_ids.ids,
        )


class ReviewTask(models.Model):
    _inherit = "review.task"

    def action_approve(self):
        """A department answers in words: a single task opens the dialog."""
        if len(self) == 1 and self.exists().res_model == "order.feasibility":
            self.check_access("read")
            return self.env["review.decision"]._get_action(
                "approve",
                self.res_model,
                self.res_id,
                # sudo: the revision of the task one may read
                self.sudo().request_id.revision,
            )
        return super().action_approve()
