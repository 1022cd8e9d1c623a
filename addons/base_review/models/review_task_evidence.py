from odoo import models


class ReviewTask(models.Model):
    """Files kept with a decision: nobody may write on a task, so nor on its files."""

    _inherit = "review.task"

    def _keep_attachments(self, attachments):
        """Make files evidence of the single task.

        A loose upload moves here; a file of the document stays there and is copied.
        """
        self.ensure_one()
        home = {"res_model": self._name, "res_id": self.id, "public": False}
        for attachment in attachments:
            if attachment.res_id:
                attachment.copy(home)
            else:
                attachment.write(home)
        if attachments:
            self.invalidate_recordset(["attachment_ids"])
