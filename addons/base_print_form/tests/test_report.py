import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.base_print_form.tests.common import PrintFormCommon


@tagged("post_install", "-at_install")
class TestPrintFormReport(PrintFormCommon):
    """A form stays an ``ir.actions.report``: whatever prints a PDF prints forms."""

    def test_works_without_wkhtmltopdf(self):
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "get_wkhtmltopdf_state", return_value="install"),
            patch.object(reports, "_run_wkhtmltopdf", side_effect=AssertionError),
        ):
            self.assertEqual(len(self._print(self.customer)), 2)

    def test_several_records_are_one_print(self):
        other = self._create_customer("白云农机", "K-002")

        pages = self._print(other + self.customer)

        self.assertEqual(len(pages), 4)
        for page, name in zip(pages, ["白云"] * 2 + ["青云"] * 2, strict=True):
            self.assertIn(name, page)
        streams, _kind = self.env["ir.actions.report"]._pre_render_qweb_pdf(
            self.report.report_name, (other + self.customer).ids
        )
        self.assertEqual(list(streams), (other + self.customer).ids)
        twice = self.env["res.partner"].browse(self.customer.ids * 2)
        self.assertEqual(len(self._print(twice)), 4)

    def test_one_id_and_a_report_by_any_reference(self):
        reports = self.env["ir.actions.report"]

        for reference in (self.report, self.report.id, self.report.report_name):
            content, kind = reports._render_qweb_pdf(reference, self.customer.id)
            self.assertEqual(kind, "pdf")
            self.assertEqual(len(self._read_pages(content)), 2)
        content, _kind = reports._render(self.report.report_name, self.customer.ids)
        self.assertTrue(content.startswith(b"%PDF"))

    def test_nothing_to_print_is_said(self):
        for nothing in (None, []):
            with self.assertRaises(UserError):
                self.env["ir.actions.report"]._render_qweb_pdf(self.report, nothing)

    def test_print_is_saved_and_used_again(self):
        """With an attachment name the first print is kept and given out again."""
        self.report.write({"attachment": "object.ref + '.pdf'", "attachment_use": True})
        first = self._render(self.customer, user=self.env.user)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        )
        self.assertEqual(attachment.mapped("name"), ["K-001.pdf"])
        self.customer.name = "改名农机"

        self.assertEqual(self._render(self.customer, user=self.env.user), first)
        context = {"report_pdf_no_attachment": True}
        fresh = self._print(self.customer, user=self.env.user, **context)
        self.assertIn("改名农机", fresh[0])
        self.report.attachment_use = False
        fresh = self._print(self.customer, user=self.env.user)
        self.assertIn("改名农机", fresh[0])

    def test_head_shows_the_company_of_the_document(self):
        """Whichever company the reader works in, the paper is its company's."""
        admin = self.env.ref("base.user_admin")
        admin.company_ids += self.company
        context = {"allowed_company_ids": (admin.company_id + self.company).ids}

        pages = self._print(self.customer, user=admin, **context)

        self.assertIn("北方农机公司", pages[0])
        self.assertIn("陆拾元伍角整", pages[0], "yuan of the document's company")

    def test_ordinary_reports_are_untouched(self):
        report = self.env.ref("base.ir_module_reference_print")
        module = self.env.ref("base.module_base")

        html, kind = self.env["ir.actions.report"]._render_qweb_pdf(report, module.ids)

        self.assertFalse(report.is_print_form)
        self.assertEqual(kind, "html", "core's answer while tests run")
        self.assertIn(b"<html", html)

    def test_client_is_told_what_a_form_is(self):
        self.assertTrue(self.report.is_print_form)
        self.assertTrue(self.report.report_action(self.customer)["is_print_form"])
        self.assertIn("is_print_form", self.report._get_readable_fields())


@tagged("post_install", "-at_install")
class TestPrintFormHttp(PrintFormCommon, HttpCase):
    def test_download_has_the_name_of_the_report(self):
        self.report.print_report_name = "'登记表 %s' % object.ref"
        url = f"/report/pdf/{self.report.report_name}/{self.customer.id}"
        self.authenticate("print_clerk", "print_clerk")

        answer = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "qweb-pdf"]),
                "context": "{}",
                "csrf_token": Request.csrf_token(self),
            },
        )
        page = self.url_open(url.replace("/pdf/", "/html/"))

        self.assertEqual(len(self._read_pages(answer.content)), 2)
        self.assertIn("K-001.pdf", answer.headers["Content-Disposition"])
        self.assertIn(url, page.text)

    def test_print_menu_knows_the_form(self):
        self.authenticate("print_clerk", "print_clerk")

        action = self.make_jsonrpc_request(
            "/web/action/load", {"action_id": self.report.id}
        )

        self.assertTrue(action["is_print_form"])
