import io
from datetime import date, timedelta

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools.pdf import PdfReader

from .common import MODULE, NOW, ExecutionCommon


@tagged("post_install", "-at_install")
class TestPrint(ExecutionCommon):
    def _print(self, record, report):
        reports = self.env["ir.actions.report"].with_user(record.env.user)
        content, kind = reports._render_qweb_pdf(f"{MODULE}.{report}", record.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        return [page.extract_text() for page in pages]

    @freeze_time(NOW)
    def test_instruction_is_printed_for_the_production_manager(self):
        """OCM-14: order, products, requirement and date, by production itself."""
        instruction = self._get_instruction(self._create_order(self.goods, self.other))
        instruction.requirement = "Paint twice"
        instruction.line_ids[0].packing_method = "Wooden case"
        instruction.action_issue()
        self.env.invalidate_all()
        made = instruction.with_user(self.maker)
        [text] = self._print(made, "production_instruction_report")
        for word in ("Sprayer", "Nozzle", "Paint twice", "Wooden case", made.name):
            self.assertIn(word, text)

    @freeze_time(NOW)
    def test_chase_is_printed_for_production_and_general_manager(self):
        """OCM-36: a copy each."""
        order = self._create_order()
        chase = (
            self.env["order.chase"]
            .with_user(self.clerk)
            .create(
                {
                    "order_id": order.id,
                    "final_date": date(2026, 6, 26),
                    "reason": "Steel came late",
                    "agreed_with": "Ms Li",
                }
            )
        )
        chase.action_issue()
        self.env.invalidate_all()
        texts = self._print(chase.with_user(self.boss), "order_chase_report")
        self.assertEqual(len(texts), 2)
        self.assertIn("Production manager", texts[0])
        self.assertIn("deputy", texts[1])
        self.assertIn("Ms Li", texts[0])

    @freeze_time(NOW)
    def test_contact_sheet_is_printed_for_the_receiving_department(self):
        """OCM-38: problem, required time, answer."""
        department = self._create_department("Purchasing", self.boss)
        contact = (
            self.env["department.contact"]
            .with_user(self.colleague)
            .create(
                {
                    "subject": "Steel is missing",
                    "problem": "Three tons of plate",
                    "required_on": NOW + timedelta(days=1),
                    "to_department_id": department.id,
                }
            )
        )
        self.env.invalidate_all()
        [text] = self._print(contact, "department_contact_report")
        for word in ("Three tons of plate", "Purchasing", contact.name):
            self.assertIn(word, text)


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, ExecutionCommon):
    def test_customer_sees_the_progress(self):
        """SOM-06, PPL-08: on the portal, in the customer's words."""
        date = self._now(days=30)
        instruction = self._create_acknowledged(date=date)
        order = instruction.sudo().order_id
        self.env.flush_all()
        page = self.url_open(order.get_portal_url()).text
        self.assertIn("execution_status", page)
        # A visitor reads in the language of the site.
        labels = {
            dict(
                order.with_context(lang=lang)
                ._fields["execution_status"]
                ._description_selection(order.with_context(lang=lang).env)
            )["production"]
            for lang, _name in self.env["res.lang"].get_installed()
        }
        self.assertTrue([label for label in labels if label in page], labels)
        self.company.order_execution = False
        self.env.flush_all()
        page = self.url_open(order.get_portal_url()).text
        self.assertNotIn("execution_status", page)
