from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import check_records


class ReviewDecision(models.TransientModel):
    """The dialog of every verb: what it is about, who is named, and the reason."""

    _name = "review.decision"
    _description = "Review Decision"

    decision = fields.Selection(
        selection=[
            ("submit", "Submit"),
            ("approve", "Approve"),
            ("reject", "Reject"),
            ("recall", "Recall"),
            ("transfer", "Transfer"),
            ("add_reviewer", "Add Reviewer"),
            ("return", "Return to Step"),
            ("comment", "Comment"),
            ("cc", "Cc"),
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
    user_id = fields.Many2one(comodel_name="res.users", string="Colleague")
    position = fields.Selection(
        selection=[
            ("before", "Before me"),
            ("after", "After me"),
            ("parallel", "At the same time"),
        ],
        string="When",
        default="before",
    )
    step_id = fields.Many2one(
        comodel_name="review.step",
        string="Return to",
        domain="[('id', 'in', step_ids)]",
    )
    step_ids = fields.Many2many(
        comodel_name="review.step", compute="_compute_choices", compute_sudo=True
    )
    user_ids = fields.Many2many(comodel_name="res.users", string="Copy to")
    company_id = fields.Many2one(
        comodel_name="res.company", compute="_compute_choices", compute_sudo=True
    )
    taken_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="review_decision_taken_user_rel",
        compute="_compute_choices",
        compute_sudo=True,
        help="They take part already: somebody else is named.",
    )
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Attachments"
    )
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
            # sudo: a title names the order, which not every reviewer may read
            title = document.sudo()._review_get_title() if readable else None
            dialog.document_name = title or request.res_name
            dialog.preview_html = self.env["ir.qweb"]._render(
                "base_review.decision_preview",
                {"preview": preview, "review": request},
            )

    @api.depends("res_model", "res_id", "decision")
    def _compute_choices(self):
        """Offer the steps before the current one, and nobody who takes part already.

        The verbs themselves check what is chosen.
        """
        for dialog in self:
            document = dialog._get_document()
            task = document._review_find_task(self.env.user)
            steps = task._get_earlier_steps() if task else self.env["review.step"]
            dialog.step_ids = steps
            dialog.company_id = document._review_get_company()
            dialog.taken_user_ids = self.env.user | dialog._get_taken_users(document)

    def _get_taken_users(self, document):
        """Return who cannot be named, as far as the user may know the review."""
        request = document.sudo(False)._review_get_visible_request()
        if self.decision == "cc":
            return request.notice_ids.user_id
        if self.decision not in {"transfer", "add_reviewer"} or not request:
            return self.env["res.users"]
        return request._get_involved() | request.task_ids._filter_live().user_id

    def action_confirm(self):
        """Carry out the verb on the document, under the user's own rights."""
        document = check_records(self, single=True)._get_document()
        getattr(self, f"_confirm_{self.decision}")(document)
        return {"type": "ir.actions.act_window_close"}

    # === VERBS === #

    def _confirm_submit(self, document):
        document.review_submit()

    def _confirm_approve(self, document):
        files = self.attachment_ids.ids
        document.review_approve(self.revision, self.reason, files)

    def _confirm_reject(self, document):
        document.review_reject(self.revision, self.reason, self.attachment_ids.ids)

    def _confirm_recall(self, document):
        document.review_recall(self.revision, self.reason)

    def _confirm_transfer(self, document):
        document.review_transfer(self.revision, self.user_id.id, self.reason)

    def _confirm_add_reviewer(self, document):
        document.review_add_reviewer(
            self.revision, self.user_id.id, self.position, self.reason
        )

    def _confirm_return(self, document):
        document.review_return(self.revision, self.step_id.id, self.reason)

    def _confirm_comment(self, document):
        document.review_comment(self.reason, self.attachment_ids.ids)

    def _confirm_cc(self, document):
        document.review_cc(self.user_ids.ids, self.reason)

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
