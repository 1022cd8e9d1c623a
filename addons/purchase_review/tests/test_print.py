from odoo.tests import tagged

from odoo.addons.purchase_review.tests.common import PaymentRequestCommon


@tagged("post_install", "-at_install")
class TestPrint(PaymentRequestCommon):
    def test_request_prints_in_two_copies(self):
        """TRD-07: the payment request is a paper with its signatures."""
        request = self._create_approved_request()
        reports = self.env["ir.actions.report"].with_user(self.cashier)
        content, kind = reports._render_qweb_pdf(
            "purchase_review.report_payment_request", request.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))

    def test_print_names_goods_and_signatures(self):
        """TRD-07: applicant, finance, manager and cashier; order, receipt, bill."""
        request = self._create_approved_request().with_user(self.cashier)
        rows = request._get_form_signatures()
        names = [row["name"] for row in rows]
        people = self.accountant | self.checker | self.manager
        self.assertEqual(names, [*people.mapped("name"), ""])
        self.assertTrue(all(row["date"] for row in rows[:-1]))
        (line,) = request._get_form_lines()
        self.assertIn("Steel frame", line["text"])
        self.assertIn("500.00", line["amount"])
