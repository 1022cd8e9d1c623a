import time

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.http import request

from ..tools import check_records

#: How long a password counts, in seconds; the same as for Odoo's own dialogs.
IDENTITY_SECONDS = 10 * 60


class ReviewTask(models.Model):
    """Large amounts are approved by whoever has just typed his password."""

    _inherit = "review.task"

    def action_approve(self):
        """Open the dialog for a single task that needs the password."""
        check_records(self).check_access("read")
        tasks = self.sudo()  # sudo: a reviewer may lack access to the document
        if len(self) == 1 and tasks._lacks_identity(tasks.request_id._get_document()):
            return self.env["review.decision"]._get_action(
                "approve", self.res_model, self.res_id, tasks.request_id.revision
            )
        return super().action_approve()

    def _needs_identity(self, document):
        """Return whether approving the single task asks for the password."""
        limit = self.step_id._get_identity_amount()
        # Written this way round a figure that is no number needs the password too.
        return bool(limit) and not abs(document._review_get_amount()) < limit

    def _lacks_identity(self, document):
        """Return whether the caller has to type his password before he approves."""
        return self._needs_identity(document) and not self._has_fresh_identity()

    def _check_identity(self, document):
        """Raise unless the password of the caller was checked a moment ago."""
        if self._lacks_identity(document):
            raise AccessError(
                self.env._(
                    "%s is a large amount and needs your password: open it and "
                    "approve it there.",
                    document.display_name,
                )
            )

    @api.model
    def _has_fresh_identity(self):
        """Return whether the caller typed his password in this very session.

        Programs, whose calls carry a key and no session, never have.
        """
        session = request.session if request else {}
        return bool(
            session
            and session.uid == self.env.uid
            and session.get("identity-check-last", 0) > time.time() - IDENTITY_SECONDS
        )


class ReviewStep(models.Model):
    _inherit = "review.step"

    @tools.ormcache("self.id")
    def _get_identity_amount(self):
        """Return from which amount on the step asks for the password, cached."""
        return self.sudo().identity_amount  # sudo: it holds for every reviewer


class ReviewMixin(models.AbstractModel):
    _inherit = "review.mixin"

    def _review_get_amount(self):
        """Return what the single document is about, in company currency (hook)."""
        self.ensure_one()
        return 0.0
