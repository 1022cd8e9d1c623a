import io
import re

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools.pdf import PdfReader

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.base_print_form.forms import (
    Amount,
    Cell,
    Column,
    PrintForm,
    Signature,
)


class PartnerForm(PrintForm):
    """A form with a part of every kind, over a model that is always there."""

    report_name = "base_print_form.test_partner"
    title = "往来单位登记表"
    number = "ref"
    copies = ("存根联", "财务联")
    head = (
        Cell("单位名称", "name"),
        Cell("电话", "phone"),
        Cell("登记日期", "create_date", as_date=True),
        Cell("地址类型", "type"),
        Cell("上级单位", "parent_id.name", optional=True),
        Cell("备注", "comment", wide=True),
    )
    lines = "child_ids"
    columns = (
        Column("联系人", "name", 3),
        Column("职务", "function", 2),
        Column("额度", "partner_latitude", 1.5, total=True),
    )
    amounts = (Amount("合计金额", "partner_latitude"),)
    signatures = (Signature("经办人", "create_uid", "create_date"), Signature("复核"))


class SlipForm(PrintForm):
    """The smallest form: half a sheet, one copy, also for customers."""

    report_name = "base_print_form.test_slip"
    title = "回执"
    paper = "A4/2"
    head = (Cell("单位名称", "name"),)
    stamp = code = internal = False


class PrintFormCommon(BaseCommon):
    """A company in yuan, its clerk, a customer with two contacts, and two reports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {
                "name": "北方农机公司",
                "currency_id": cls.env.ref("base.CNY").id,
            }
        )
        cls.clerk = new_test_user(
            cls.env,
            "print_clerk",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            tz="Asia/Shanghai",
        )
        cls.customer = cls._create_customer("青云农机", "K-001")
        cls.report = cls._create_report(PartnerForm)
        cls.slip = cls._create_report(SlipForm)

    @classmethod
    def _create_report(cls, form):
        return cls.env["ir.actions.report"].create(
            {
                "name": form.title,
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": form.report_name,
            }
        )

    @classmethod
    def _create_customer(cls, name, ref, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "ref": ref,
                "is_company": True,
                "company_id": cls.company.id,
                "phone": "0531-8888",
                "partner_latitude": 60.5,
                "comment": "<p>月底结算</p>",
                "child_ids": [
                    Command.create(
                        {"name": "王芳", "function": "会计", "partner_latitude": 20.25}
                    ),
                    Command.create(
                        {"name": "刘洋", "function": "仓管", "partner_latitude": 40.25}
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _render(cls, records, report=None, user=None, **context):
        """Return the bytes that the clerk gets when printing records."""
        reports = cls.env["ir.actions.report"].with_user(user or cls.clerk)
        name = (report or cls.report).report_name
        content, kind = reports.with_context(**context)._render_qweb_pdf(
            name, records.ids
        )
        assert kind == "pdf"
        return content

    @staticmethod
    def _read_pages(content):
        """Return the text of each page, without the spaces between boxes."""
        pages = PdfReader(io.BytesIO(content), strict=False).pages
        return [re.sub(r"\s+", "", page.extract_text()) for page in pages]

    def _print(self, records, **options):
        return self._read_pages(self._render(records, **options))
