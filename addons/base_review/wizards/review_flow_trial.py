from odoo import api, fields, models
from odoo.exceptions import UserError


class ReviewFlowTrial(models.TransientModel):
    """The route of a sample document through a flow, switched on or not."""

    _name = "review.flow.trial"
    _description = "Trial of a Review Flow"

    flow_id = fields.Many2one(
        comodel_name="review.flow", required=True, readonly=True, ondelete="cascade"
    )
    res_model = fields.Char(related="flow_id.model")
    res_id = fields.Many2oneReference(
        string="Document",
        model_field="res_model",
        compute="_compute_res_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="The route is worked out as if its author submitted it now.",
    )
    preview_html = fields.Html(
        string="Route",
        compute="_compute_preview_html",
        compute_sudo=False,
        sanitize=False,
    )

    @api.depends("flow_id")
    def _compute_res_id(self):
        """Propose the newest document the manager may read."""
        for trial in self:
            documents, newest = trial._get_documents(), None
            if documents is not None:
                domain = trial._get_domain()
                newest = documents.search(domain, order="id desc", limit=1)
            trial.res_id = newest.id if newest else False

    @api.depends("flow_id", "res_id")
    def _compute_preview_html(self):
        for trial in self:
            document = trial._get_document()
            trial.preview_html = bool(document) and trial._render(document)

    def _get_documents(self):
        """Return the reviewed model, or ``None`` where the manager may not read it."""
        model = self.env["review.flow"]._get_document_model(self.flow_id.model)
        return model if model.has_access("read") else None

    def _get_domain(self):
        company, documents = self.flow_id.company_id, self._get_documents()
        own = company and "company_id" in documents._fields
        return [("company_id", "=", company.id)] if own else []

    def _get_document(self):
        """Return the chosen document, under the rights of the manager."""
        documents = self._get_documents()
        if documents is None or not self.res_id:
            return None
        document = documents.browse(self.res_id).exists()
        document.check_access("read")
        return document

    def _render(self, document):
        """Return the route of the document as a page, or why there is none."""
        document = document.sudo()  # sudo: rules read every field of what he may read
        requester = document.review_request_id.requester_id or document.create_uid
        try:
            preview = document._review_get_preview(self.flow_id.sudo(), requester)
        except UserError as error:
            preview = {"blockers": [str(error)], "exceptions": [], "steps": []}
        return self.env["ir.qweb"]._render(
            "base_review.decision_preview",
            {"preview": preview, "requester": requester.name},
        )
