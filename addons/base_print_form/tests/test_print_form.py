import io
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import file_open
from odoo.tools.pdf import PdfReader

from odoo.addons.base_print_form import fonts
from odoo.addons.base_print_form.forms import FORMS, PrintForm
from odoo.addons.base_print_form.tests.common import PartnerForm, PrintFormCommon


@tagged("post_install", "-at_install")
class TestPrintForm(PrintFormCommon):
    def test_every_part_is_printed_on_every_copy(self):
        """ORD-05: labelled copies, each with every value of the form."""
        pages = self._print(self.customer, lang="en_US")

        self.assertEqual(len(pages), 2)
        for page, label in zip(pages, ("存根联", "财务联"), strict=True):
            self.assertIn(label, page)
            for text in (
                *("北方农机公司", "往来单位登记表", "No.K-001", "青云农机"),
                *("0531-8888", "月底结算", "王芳", "会计", "20.25", "刘洋"),
                *("60.50", "Total", "陆拾元伍角整", "经办人", "复核", "Stamphere"),
                *("Page1of1", "Printedbyprint_clerk"),
            ):
                self.assertIn(text, page, text)
            self.assertNotIn("上级单位", page, "an optional blank cell")
        self.assertNotIn("财务联", pages[0])

    def test_fonts_are_embedded(self):
        """Any reader shows the paper, whatever fonts it has."""
        reader = PdfReader(io.BytesIO(self._render(self.customer)), strict=False)

        for page in reader.pages:
            fonts_of_page = page["/Resources"]["/Font"]
            self.assertTrue(fonts_of_page)
            for font in fonts_of_page.values():
                descriptor = font.get_object()["/FontDescriptor"]
                self.assertIn("/FontFile2", descriptor)

    def test_paper_sizes(self):
        whole = PdfReader(io.BytesIO(self._render(self.customer)), strict=False)
        half = PdfReader(
            io.BytesIO(self._render(self.customer, report=self.slip)), strict=False
        )

        self.assertAlmostEqual(float(whole.pages[0].mediabox[3]), 841.89, 1)
        self.assertAlmostEqual(float(half.pages[0].mediabox[3]), 420.94, 1)
        self.assertEqual(len(half.pages), 1, "one copy, without a label")

    def test_long_tables_go_on_with_their_header(self):
        """500 lines: header and title on each page, pages counted for each copy."""
        self.customer.child_ids = [
            Command.clear(),
            *(
                Command.create({"name": f"N{n:03}", "partner_latitude": 0.1})
                for n in range(500)
            ),
        ]

        pages = self._print(self.customer, lang="en_US")

        each = len(pages) // 2
        self.assertGreater(each, 10)
        for number, page in enumerate(pages[:each], 1):
            self.assertIn(f"Page{number}of{each}", page)
            self.assertIn("往来单位登记表", page)
            # The last page may hold nothing but the signatures.
            if "N" in page.replace("No.", ""):
                self.assertIn("联系人", page)
        text = "".join(pages[:each])
        self.assertEqual([n for n in range(500) if f"N{n:03}" not in text], [])
        self.assertIn("50.00", text, "the sum of the column")

    def test_labels_and_dates_are_the_readers(self):
        """Chinese ordinals in Chinese, and the date of the reader's own day."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-03-01 17:30' WHERE id = %s",
            [self.customer.id],
        )
        self.customer.invalidate_recordset()

        pages = self._print(self.customer, lang="zh_CN", tz="Asia/Shanghai")

        for text in ("编号：K-001", "第1页共1页", "合计", "金额大写", "盖章处"):
            self.assertIn(text, pages[0])
        self.assertIn("第一联：存根联", pages[0])
        self.assertIn("第二联：财务联", pages[1])
        self.assertRegex(pages[0], r"2026\D0?3\D0?2\D")

    def test_capitals_are_for_yuan_only(self):
        self.company.currency_id = self.env.ref("base.EUR")

        self.assertNotIn("陆拾元", self._print(self.customer)[0])

    def test_amount_that_cannot_be_written_is_explained(self):
        self.customer.partner_latitude = 1e300

        with self.assertRaisesRegex(UserError, "青云农机.*capitals"):
            self._render(self.customer, lang="en_US")

    def test_logo_is_drawn_and_a_broken_one_left_out(self):
        plain = len(self._render(self.customer))
        self.company.logo = self.env["res.company"]._get_logo()
        self.company.uses_default_logo = False
        self.assertGreater(len(self._render(self.customer)), plain)

        with patch(
            "odoo.addons.base_print_form.drawing.painter.Image.open",
            side_effect=OSError,
        ):
            self.assertLess(len(self._render(self.customer)), plain + 500)

    def test_missing_font_names_the_remedy(self):
        parameters = self.env["ir.config_parameter"]
        for path, message in (
            ("/nowhere/font.ttc", "/nowhere/font.ttc.*fonts-wqy-zenhei"),
            (__file__, "cannot be embedded.*base_print_form.font"),
            ("\0", "base_print_form.font"),
        ):
            with (
                patch.object(type(parameters), "get_param", return_value=path),
                self.assertRaisesRegex(UserError, message),
            ):
                fonts.find_font(self.env(context={"lang": "en_US"}))
        self.assertEqual(fonts.find_font(self.env), fonts.find_font(self.env))

    def test_two_forms_for_one_report_are_a_mistake(self):
        with self.assertRaises(TypeError):
            type("Other", (PrintForm,), {"report_name": PartnerForm.report_name})
        self.assertIs(FORMS[PartnerForm.report_name], PartnerForm)

    def test_the_example_of_the_readme_is_a_form(self):
        with file_open("base_print_form/README.md") as readme:
            example = readme.read().split("```python")[1].split("```")[0]
        scope = {"__name__": __name__}

        exec(example, scope)  # noqa: S102

        form = scope["DeliveryNote"]
        self.addCleanup(FORMS.pop, form.report_name)
        self.assertIs(FORMS[form.report_name], form)
        self.assertLessEqual(len(example.splitlines()), 40)
