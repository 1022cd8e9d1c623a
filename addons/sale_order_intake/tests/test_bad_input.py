import io

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IntakeCommon

HEADER = (
    "client_order_ref",
    "partner_id",
    "intake_channel_id",
    "commitment_date",
    "order_line/product_id",
    "order_line/product_uom_qty",
    "order_line/price_unit",
)
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestBadImport(IntakeCommon):
    """Orders of a file: all of it, or nothing and a sentence for each bad row."""

    @classmethod
    def _get_row(cls, **values):
        row = {
            "client_order_ref": "PO-1",
            "partner_id": cls.customer.name,
            "intake_channel_id": "telephone",
            "commitment_date": "2035-06-01 08:00:00",
            "order_line/product_id": "Sprayer",
            "order_line/product_uom_qty": "2",
            "order_line/price_unit": "100.00",
        }
        return [{**row, **values}[name] for name in HEADER]

    def _import(self, *rows, company=None):
        text = "\n".join(",".join(map(str, row)) for row in [HEADER, *rows])
        return self._import_file(text.encode(), "text/csv", company)

    def _import_file(self, content, file_type, company=None):
        imports = self.env["base_import.import"].with_user(self.clerk)
        if company:
            imports = imports.with_company(company)
        wizard = imports.create(
            {"res_model": "sale.order", "file": content, "file_type": file_type}
        )
        return wizard.execute_import(list(HEADER), list(HEADER), dict(OPTIONS))

    def _assert_refused(self, text, *rows):
        """Nothing of the file is created, and the sentence says why."""
        before = self.env["sale.order"].search_count([])
        lines = self.env["sale.order.line"].search_count([])
        with mute_logger("odoo.sql_db"):
            result = self._import(self._get_row(client_order_ref="PO-0"), *rows)
        messages = " ".join(str(row["message"]) for row in result["messages"])

        self.assertIn(text, messages)
        self.assertFalse(result.get("ids"))
        self.env.invalidate_all()
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        self.assertEqual(self.env["sale.order.line"].search_count([]), lines)

    def test_good_rows_stand_on_the_desk(self):
        """OIN-02, SOM-02: an order of a file names its source by code or name."""
        result = self._import(
            self._get_row(),
            self._get_row(client_order_ref="PO-2", intake_channel_id="Telephone"),
        )

        self.assertFalse(result["messages"])
        orders = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(orders.intake_channel_id, self.channel)
        self.assertEqual(orders.mapped("intake_stage"), ["requirement"] * 2)

    def test_unknown_names(self):
        """OIN-01: neither source, customer nor product is made up."""
        for values in (
            {"intake_channel_id": "pigeon"},
            {"partner_id": "Nobody Ltd"},
            {"order_line/product_id": "Perpetuum mobile"},
        ):
            (name,) = values.values()
            with self.subTest(name):
                self._assert_refused(name, self._get_row(**values))

    def test_bad_date(self):
        """OIN-02: a date that is none."""
        self._assert_refused(
            "2035-13-45", self._get_row(commitment_date="2035-13-45 00:00:00")
        )

    def test_bad_figures(self):
        """OIN-02: no number, not finite, negative, too large."""
        for name, value, text in (
            ("order_line/product_uom_qty", "nan", "nan"),
            ("order_line/price_unit", "inf", "inf"),
            ("order_line/price_unit", "1e15", "number"),
            ("order_line/product_uom_qty", "-3", "negative"),
            ("order_line/product_uom_qty", "two", "two"),
        ):
            with self.subTest(f"{name}: {value}"):
                self._assert_refused(text, self._get_row(**{name: value}))

    def test_same_reference_twice(self):
        """OIN-02: the customer's order is entered once, whoever enters it."""
        self._assert_refused("PO-0", self._get_row(client_order_ref="PO-0"))
        order = self._create_order(client_order_ref="PO-7")
        self._assert_refused(order.name, self._get_row(client_order_ref=" PO-7 "))
        order._action_cancel()
        result = self._import(self._get_row(client_order_ref="PO-7"))
        self.assertFalse(result["messages"])

    def test_other_company(self):
        """OIN-02: a customer of another company is not found there."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.customer.company_id = other
        self._assert_refused(self.customer.name, self._get_row())

    def test_spreadsheet_of_good_and_bad_rows(self):
        """OIN-02: one bad row of a spreadsheet keeps the others out as well."""
        sheet = openpyxl.Workbook()
        good, bad = self._get_row(), self._get_row(intake_channel_id="pigeon")
        bad[0] = "PO-2"
        for row in (HEADER, good, bad):
            sheet.active.append(row)
        stream = io.BytesIO()
        sheet.save(stream)
        before = self.env["sale.order"].search_count([])
        result = self._import_file(stream.getvalue(), XLSX)

        self.assertIn("pigeon", result["messages"][0]["message"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)
