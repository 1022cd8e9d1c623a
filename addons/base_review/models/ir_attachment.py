from odoo import api, models
from odoo.exceptions import AccessError

#: What a file is and where it belongs: of a decided task none of it changes.
KEPT_FIELDS = {
    "datas",
    "db_datas",
    "mimetype",
    "name",
    "public",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "type",
    "url",
}


class IrAttachment(models.Model):
    """Files of decisions are evidence, for programs too.

    The rights of the task keep people out. Odoo also deletes a file for whoever
    uploaded it and still holds its token, without asking for rights.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        kept = KEPT_FIELDS & vals.keys()
        if kept and any(
            file[name] != vals[name]
            for file in self._filter_review_evidence()
            for name in kept
        ):
            raise self._get_review_evidence_error()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_review_evidence(self):
        if self._filter_review_evidence():
            raise self._get_review_evidence_error()

    def _filter_review_evidence(self):
        # sudo: whose file it is does not depend on what the caller may read
        return self.sudo().filtered(
            lambda file: file.res_model == "review.task" and file.res_id
        )

    @api.model
    def _get_review_evidence_error(self):
        return AccessError(
            self.env._(
                "This file belongs to the decision of a review: it is evidence and "
                "stays as it is."
            )
        )
