from odoo.exceptions import AccessError, MissingError
from odoo.tests import new_test_user, tagged

from odoo.addons.base_print_form.tests.common import PrintFormCommon


@tagged("post_install", "-at_install")
class TestPrintFormAccess(PrintFormCommon):
    def test_who_may_not_read_does_not_print(self):
        """A record of another company is neither printed nor shown, saved or not."""
        stranger = new_test_user(self.env, "print_stranger", groups="base.group_user")
        reports = self.env["ir.actions.report"].with_user(stranger)
        self.assertTrue(self._render(self.customer))
        self.report.write({"attachment": "object.ref + '.pdf'", "attachment_use": True})
        self._render(self.customer, user=self.env.user)
        self.env.invalidate_all()

        for render in (reports._render_qweb_pdf, reports._render_qweb_html):
            with self.assertRaises(AccessError):
                render(self.report.report_name, self.customer.ids)

    def test_one_unreadable_record_stops_the_whole_print(self):
        stranger = new_test_user(self.env, "print_stranger", groups="base.group_user")
        records = stranger.partner_id + self.customer
        self.env.invalidate_all()

        with self.assertRaises(AccessError):
            self._render(records, user=stranger)

    def test_papers_of_the_company_are_not_for_customers(self):
        """A form is internal unless it says that customers print it too."""
        portal = new_test_user(self.env, "print_portal", groups="base.group_portal")
        records = portal.partner_id
        self.env.invalidate_all()

        with self.assertRaises(AccessError):
            self._render(records, user=portal)
        with self.assertRaises(AccessError):
            self.report.with_user(portal).sudo()._render_qweb_pdf(
                self.report.report_name, records.ids
            )
        self.assertIn(portal.login, self._print(records, self.slip, user=portal)[0])

    def _print(self, records, report=None, user=None):
        return self._read_pages(self._render(records, report, user))

    def test_deleted_records_are_reported(self):
        gone = self._create_customer("已撤销", "K-009")
        gone.unlink()

        with self.assertRaises(MissingError):
            self._render(gone, user=self.env.user)
