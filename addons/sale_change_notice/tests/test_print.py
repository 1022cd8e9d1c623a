from odoo.tests import tagged

from odoo.addons.base_print_form.forms import find_form

from .common import ChangeCommon

REPORTS = ("report", "report_technical")


@tagged("post_install", "-at_install")
class TestPrint(ChangeCommon):
    def test_production_prints_the_notice(self):
        """OCM-16, OCM-50: both forms in three copies, also for who reads no orders."""
        notice = self._apply(self._create_approved(self._change(new_quantity=3)))
        self.env.invalidate_all()
        notice = notice.with_user(self.production)
        head = dict(notice._get_form_head())
        self.assertIn(self.order.name, head.values())
        self.assertEqual(notice._get_form_lines()[0]["subject"], "Sprayer")
        for name in REPORTS:
            report = self.env.ref(f"sale_change_notice.sale_change_notice_{name}")
            self.assertEqual(len(find_form(report).copies), 3)
            pdf, _type = (
                self.env["ir.actions.report"]
                .with_user(self.production)
                ._render_qweb_pdf(report.report_name, notice.ids)
            )
            self.assertTrue(pdf.startswith(b"%PDF"))

    def test_signatures(self):
        """OCM-16: the form names who approved."""
        notice = self._create_approved(self._change(new_quantity=3))
        names = [row["name"] for row in notice._get_form_signatures()]
        self.assertEqual(names, [self.salesperson.name, self.production.name])
