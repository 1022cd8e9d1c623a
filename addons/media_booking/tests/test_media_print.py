from io import BytesIO

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .common_enquiry import EnquiryCommon


@tagged("post_install", "-at_install")
class TestMediaPrint(EnquiryCommon):
    """The enquiry on paper, and the labels of the faces."""

    def _print(self, name, records, user):
        reports = self.env["ir.actions.report"].with_user(user)
        content, kind = reports._render_qweb_pdf(f"media_booking.{name}", records.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(BytesIO(content))

    def _read(self, reader):
        return "\n".join(page.extract_text() for page in reader.pages)

    def test_the_enquiry_sheet(self):
        """Table (3): the enquiry with its answer, a copy for each of the two."""
        enquiry = self._answer(self._enquire())
        reader = self._print("report_media_enquiry", enquiry, self.salesperson)
        self.assertEqual(len(reader.pages), 2)
        text = self._read(reader)
        for expected in (enquiry.name, "Qingyun Tea", "T-1-A", self.control.name):
            self.assertIn(expected, text)
        with self.assertRaises(AccessError):
            self._print("report_media_enquiry", enquiry, self.colleague)

    def test_labels_with_a_code_for_each_face(self):
        """Issue 5.1: a QR code per face, twenty-four on a sheet."""
        faces = self.faces | self.env["media.face"].create(
            [self._face_values(f"T-L-{number}") for number in range(21)]
        )
        reader = self._print("report_media_face_labels", faces, self.salesperson)
        self.assertEqual(len(reader.pages), 2)
        self.assertIn("T-L-19", self._read(reader))
        report = self.env.ref("media_booking.media_face_labels_report")
        self.assertTrue(report.report_action(faces.ids)["is_print_form"])
