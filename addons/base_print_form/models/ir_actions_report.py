import io
from collections import OrderedDict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..drawing import draw_form
from ..forms import find_form


class IrActionsReport(models.Model):
    """Reports with a registered form are drawn by us; everything else stays core's."""

    _inherit = "ir.actions.report"

    is_print_form = fields.Boolean(compute="_compute_is_print_form")

    @api.depends("report_name", "report_type")
    def _compute_is_print_form(self):
        for report in self:
            report.is_print_form = bool(find_form(report))

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"is_print_form"}

    def report_action(self, docids, data=None, config=True):
        """Tell the client that it needs neither wkhtmltopdf nor a page layout."""
        if not self.is_print_form:
            return super().report_action(docids, data, config)
        action = super().report_action(docids, data, config=False)
        return {**action, "is_print_form": True}

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Draw forms in tests as well, where core falls back to HTML."""
        if not find_form(self._get_report(report_ref)):
            return super()._pre_render_qweb_pdf(report_ref, res_ids, data)
        res_ids = [res_ids] if isinstance(res_ids, int) else res_ids
        streams = self._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        return streams, "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Return the PDF of each record, a saved one if the report says so."""
        report = self._get_report(report_ref)
        form = find_form(report)
        if not form:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        records = self._get_form_records(report, form, res_ids)
        if len(set(res_ids)) != len(res_ids):
            # As core does: several times the same record is one print, never saved.
            stream = self._merge_forms(form, records)
            return {False: {"stream": stream, "attachment": None}}
        return OrderedDict(
            (record.id, self._prepare_form_stream(report, form, record))
            for record in records
        )

    def _render_qweb_html(self, report_ref, docids, data=None):
        """Show the PDF of a form where a page is asked for."""
        report = self._get_report(report_ref)
        form = find_form(report)
        if not form:
            return super()._render_qweb_html(report_ref, docids, data)
        records = self._get_form_records(report, form, docids)
        ids = ",".join(map(str, records.ids))
        page = Markup(
            '<iframe src="/report/pdf/%s/%s" style="border: 0; width: 100%%; '
            'height: 100vh"></iframe>'
        )
        return (page % (report.report_name, ids)).encode(), "html"

    # === FORMS === #

    def _get_form_records(self, report, form, res_ids):
        """Return the records to print, with the rights and context of the caller.

        :raise AccessError: for people outside the company and for unreadable records
        :raise UserError: without a record
        """
        if form.internal and not self.env.user._is_internal():
            raise AccessError(
                self.env._(
                    "%s is a paper of the company, ask your contact there for it.",
                    report.name,
                )
            )
        records = self.env[report.model].browse(res_ids)
        if not records:
            raise UserError(self.env._("Choose the documents to print."))
        records.check_access("read")
        return records

    def _prepare_form_stream(self, report, form, record):
        """Return the stream of one record and the attachment it is saved in."""
        attachment = None
        if report.attachment and not self.env.context.get("report_pdf_no_attachment"):
            attachment = report.retrieve_attachment(record)
        saved = attachment and report.attachment_use
        content = attachment.raw if saved else draw_form(form, record)
        return {"stream": io.BytesIO(content), "attachment": attachment}

    def _merge_forms(self, form, records):
        streams = [io.BytesIO(draw_form(form, record)) for record in records]
        with self._merge_pdfs(streams) as merged:
            return io.BytesIO(merged.getvalue())
