from odoo import models

from odoo.addons.base.models.res_users import check_identity

from ..tools import check_records


class ReviewDecision(models.TransientModel):
    """Approving a large amount asks for the password first, in Odoo's own dialog."""

    _inherit = "review.decision"

    def action_confirm(self):
        if self._needs_identity():
            return self._confirm_with_identity()
        return super().action_confirm()

    @check_identity
    def _confirm_with_identity(self):
        return super().action_confirm()

    def _needs_identity(self):
        """Return whether the password is missing for the single decision."""
        document = check_records(self, single=True)._get_document()
        if self.decision != "approve":
            return False
        full = document.sudo()  # sudo: a reviewer may lack access to the document
        task = full._review_find_task(self.env.user)
        return bool(task) and task._lacks_identity(full)
