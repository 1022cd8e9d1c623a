from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import check_records


class ReviewDecision(models.TransientModel):
    """The dialog of every decision: what it is about, and the reason."""

    _name = "review.decision"
    _description = "Review Decision"

    decision = fields.Selection(
        selection=[
            ("submit", "Submit"),
            ("approve", "Approve"),
            ("reject", "Reject"),
            ("recall", "Recall"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    revision = fields.Integer(readonly=True)
    reason = fields.Text()
    document_name = fields.Char(compute="_compute_document", compute_sudo=False)
    preview_html = fields.Html(compute="_compute_document", sanitize=False)
    blocked = fields.Boolean(compute="_compute_document", compute_sudo=False)

    @api.depends("res_model", "res_id", "decision")
    def _compute_document(self):
        for dialog in self:
            document = dialog._get_document()
            request = document._review_get_visible_request()
            readable = document.has_access("read")
            asked = readable and dialog.decision == "submit"
            preview = document.review_preview() if asked else None
            dialog.blocked = bool(preview and preview["blockers"])
            dialog.document_name = (
                document._review_get_title() if readable else request.res_name
            )
            dialog.preview_html = self.env["ir.qweb"]._render(
                "base_review.decision_preview",
                {"preview": preview, "review": request},
            )

    def action_confirm(self):
        """Carry out the decision on the document, under the user's own rights."""
        document = check_records(self, single=True)._get_document()
        if self.decision == "submit":
            document.review_submit()
        elif self.decision in {"approve", "reject", "recall"}:
            getattr(document, f"review_{self.decision}")(self.revision, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _get_document(self):
        self.ensure_one()
        model = self.env["review.flow"]._get_document_model(self.res_model)
        document = model.browse(self.res_id).exists()
        if not document:
            raise UserError(self.env._("The document does not exist any more."))
        return document

    @api.model
    def _get_action(self, decision, res_model, res_id, revision):
        """Return the action that opens the dialog for one document."""
        titles = dict(self._fields["decision"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": titles[decision],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_decision": decision,
                "default_res_model": res_model,
                "default_res_id": res_id,
                "default_revision": revision,
            },
        }
