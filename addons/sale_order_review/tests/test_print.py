import inspect
import io
import re
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sale_order_review.report import sales_application
from odoo.addons.sale_order_review.tests.common import OrderReviewCommon

REPORT = "sale_order_review.report_sales_application"


@tagged("post_install", "-at_install")
class TestPrintedApplication(OrderReviewCommon):
    """The Sales Application on paper: 销货申请单 in two copies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow(cls.step_supervisor, 95)
        cls._allow(cls.step_higher, 70)

    def _print(self, orders, user, **context):
        """Return the text of each page, without spaces."""
        reports = self.env["ir.actions.report"].with_user(user)
        reports = reports.with_context(**{"lang": "en_US", **context})
        content, kind = reports._render_qweb_pdf(REPORT, orders.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content), strict=False).pages
        return [re.sub(r"\s+", "", page.extract_text()) for page in pages]

    def test_print_has_two_labelled_copies(self):
        """ORD-05: one copy for the supervisor's sign-off, one for the finance file."""
        order = self._create_submitted(payment_mode="cash")
        self.env.invalidate_all()

        for user in (self.salesperson, self.supervisor, self.finance):
            pages = self._print(order, user)
            self.assertEqual(len(pages), 2)
            self.assertIn("Copy1:Supervisorsign-offcopy", pages[0])
            self.assertIn("Copy2:Financefilecopy", pages[1])
            for page in pages:
                self.assertIn(order.name, page)
                self.assertIn("Page1of1", page)

    def test_every_value_is_on_both_copies(self):
        """ORD-02, ORD-05, ORD-06, ORD-10, ORD-11: goods, prices, stock, reasons."""
        order = self._create_submitted(price=80.0, quantity=3, payment_mode="cash")

        for page in self._print(order, self.finance):
            for text in (
                *("QingyunMachinery", "Sprayer", "3.00", "10.00", "100.00", "80.00"),
                *("80.0%", "Price15%belowauthority", "240.00", "Cashtransaction"),
                *("Bytelephone", self.unit.name, "Stamphere"),
            ):
                self.assertIn(text, page)

    def test_capitals_are_those_of_the_total(self):
        """ORD-05: the total of an order in yuan is written in capitals, too."""
        yuan = self.env["product.pricelist"].create(
            {"name": "Yuan", "currency_id": self.env.ref("base.CNY").id}
        )
        order = self._create_order(price=80.05, quantity=3, pricelist_id=yuan.id)

        self.assertIn("贰佰肆拾元壹角伍分", self._print(order, self.finance)[0])

    def test_signatures_are_names_and_dates_or_blank(self):
        """ORD-05: who has signed is printed, who has not signs by hand."""
        order = self._create_submitted(price=80.0)
        names = [user.login for user in (self.supervisor, self.higher)]

        page = self._print(order, self.finance)[0]
        for role in (self.step_supervisor.name, self.step_higher.name, "Finance"):
            self.assertIn(role.replace(" ", ""), page)
        for name in names:
            self.assertNotIn(name, page)
        self._approve(order, self.supervisor)
        page = self._print(order, self.salesperson)[0]
        self.assertIn(names[0], page)
        self.assertNotIn(names[1], page)
        self._approve(order, self.higher)
        order.with_user(self.finance).action_file_finance_copy()
        page = self._print(order, self.salesperson)[0]
        for name in (*names, self.finance.login):
            self.assertIn(name, page)

    def test_print_shows_what_other_modules_froze(self):
        """ORD-04, ORD-05: the credit figures are those of the submission."""
        order = self._create_submitted()
        snapshot = {**order._review_get_snapshot(), "Limit": "5,000.00"}

        with patch.object(type(order), "_review_get_snapshot", lambda _order: snapshot):
            self.assertEqual(order._get_application_figures(), [("Limit", "5,000.00")])
            for page in self._print(order, self.finance):
                self.assertIn("Limit", page)
                self.assertIn("5,000.00", page)

    def test_within_all_limits_is_said_too(self):
        """ORD-10: a submitted application says that nothing is exceeded."""
        draft, order = self._create_order(), self._create_submitted()

        said = "None:insidepricerangeandcreditlimit"

        self.assertNotIn(said, self._print(draft, self.finance)[0])
        self.assertIn(said, self._print(order, self.finance)[0])

    def test_many_lines_and_several_orders(self):
        order = self._create_order()
        order.order_line = [
            Command.create({"product_id": self.sprayer.id, "name": f"line {number}"})
            for number in range(80)
        ]
        other = self._create_order()

        pages = self._print(order + other, self.salesperson)

        each = len(pages) // 2 - 1
        self.assertGreater(each, 2)
        for number, page in enumerate(pages[:each], 1):
            self.assertIn(f"Page{number}of{each}", page)
            self.assertIn("NetPrice", page)
        self.assertIn(other.name, pages[-1])

    def test_chinese_form(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env.ref("base.module_sale_order_review")
        module._update_translations(["zh_CN"], overwrite=True)
        order = self._create_submitted()

        pages = self._print(order, self.salesperson, lang="zh_CN")

        for text in (
            "销货申请单",
            "第一联：主管签核联",
            "编号：",
            "盖章处",
            "价税合计",
        ):
            self.assertIn(text, pages[0])
        self.assertIn("第二联：财务存查联", pages[1])
        report = self.env.ref("sale_order_review.sale_order_report_application")
        name = report.with_context(lang="zh_CN").print_report_name
        self.assertEqual(safe_eval(name, {"object": order}), f"销货申请单 {order.name}")

    def test_a_form_is_at_most_40_lines(self):
        """A paper of the company is a few lines in the module that needs it."""
        source = inspect.getsource(sales_application.SalesApplication)

        self.assertLessEqual(len(source.splitlines()), 40)
        self.assertLessEqual(len(inspect.getsource(sales_application).splitlines()), 50)
