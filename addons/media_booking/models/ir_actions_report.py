import io

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..report.media_face_labels import draw_labels

LABELS = "media_booking.report_media_face_labels"


class IrActionsReport(models.Model):
    """Labels of faces are drawn by us: many records on one sheet."""

    _inherit = "ir.actions.report"

    @api.depends("report_name", "report_type")
    def _compute_is_print_form(self):
        super()._compute_is_print_form()
        self.filtered(lambda report: report.report_name == LABELS).is_print_form = True

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Draw labels in tests as well, where core falls back to HTML."""
        if self._get_report(report_ref).report_name != LABELS:
            return super()._pre_render_qweb_pdf(report_ref, res_ids, data)
        return self._render_qweb_pdf_prepare_streams(report_ref, data, res_ids), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.report_name != LABELS:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        if not self.env.user._is_internal():
            raise AccessError(
                self.env._("Labels are printed by people of the company.")
            )
        faces = self.env["media.face"].browse(res_ids)
        if not faces:
            raise UserError(self.env._("Choose the faces to print labels for."))
        faces.check_access("read")
        return {False: {"stream": io.BytesIO(draw_labels(faces)), "attachment": None}}
