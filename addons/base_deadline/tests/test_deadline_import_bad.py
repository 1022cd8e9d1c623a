import doctest
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from odoo.tests import tagged

from .. import holiday_rows, table_file
from .test_deadline_import import HEADER, SATURDAY, WEEK, HolidayImportCommon

CSV = "日期,至,名称,类型\n2026-11-23,2026/11/25,测试假期,放假\n20261121,,补,上班\n"


@tagged("post_install", "-at_install")
class TestDeadlineImportBad(HolidayImportCommon):
    """Whatever is chosen as file: a clear sentence, and nothing half done."""

    def _get_texts(self, content):
        wizard = self._import(content)
        self.assertEqual(wizard.state, "wrong")
        self.assertRegex(wizard.summary, "^放假.xlsx: .* Nothing has been entered.$")
        self._assert_nothing_entered()
        return wizard.line_ids.mapped("text")

    def test_doctests(self):
        for module in (holiday_rows, table_file):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_files_that_are_no_list_of_holidays(self):
        archive = BytesIO()
        with ZipFile(archive, "w") as zipped:
            zipped.writestr("letter.txt", "Hello")
        workbook = self._make_workbook(WEEK)
        for content, text in (
            (b"", "file is empty"),
            (b" \n \n", "file is empty"),
            (self._make_workbook(header=[None]), "file is empty"),
            (b"x" * 1_000_001, "too big"),
            (b"date,kind\n" + b"2026-11-23,holiday\n" * 600, "more than 500 rows"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old format or has a password"),
            (b"%PDF-1.7 hello", "neither an .xlsx workbook nor a .csv"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "neither an .xlsx workbook nor a .csv"),
            (archive.getvalue(), "neither an .xlsx workbook nor a .csv"),
            (workbook[: len(workbook) // 2], "damaged"),
            (b"PK\x03\x04", "damaged"),
            (b"\xff\xff\x81 \x80,", "characters of the file"),
            (self._make_workbook(), "nothing below the header"),
        ):
            with self.subTest(text, content=content[:10]):
                self.assertRegex(self._get_texts(content)[0], text)

    def test_a_workbook_that_unpacks_to_too_much(self):
        archive = BytesIO()
        with ZipFile(archive, "w", 8) as zipped:
            zipped.writestr("xl/workbook.xml", b" " * 30_000_000)
        self.assertRegex(self._get_texts(archive.getvalue())[0], "too big")

    def test_headers_that_do_not_fit(self):
        for header, text in (
            (["日期", "类型", "日期"], "column “日期” is there twice"),
            (["日期", "类型", "天气"], "column “天气” is unknown"),
            (["日期", "名称"], "needs the columns date and kind"),
        ):
            with self.subTest(text):
                content = self._make_workbook(["2026-11-23", "放假"], header=header)
                self.assertRegex(self._get_texts(content)[0], text)

    def test_encodings_and_separators_of_text_files(self):
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
            for separator in ",;\t":
                content = CSV.replace(",", separator).encode(encoding)
                wizard = self._create_wizard(content)
                wizard.action_test()
                with self.subTest(encoding=encoding, separator=separator):
                    self.assertEqual(wizard.state, "tested")
                    self.assertEqual(
                        wizard.line_ids.mapped("date_to"),
                        [date(2026, 11, 25), date(2026, 11, 21)],
                    )

    def test_all_the_ways_to_write_a_date(self):
        for value in (
            date(2026, 11, 23),
            datetime(2026, 11, 23),  # noqa: DTZ001
            46349,
            46349.0,
            "46349",
            "2026-11-23",
            "2026/11/23",
            "2026.11.23",
            "20261123",
            "2026-11-23 00:00:00",
            "2026年11月23日",
            "２０２６年11月23日",
            " 2026年11月23 ",
        ):
            with self.subTest(value=value):
                day = holiday_rows.parse_date(value)
                self.assertEqual(day, date(2026, 11, 23))

    def test_rows_to_correct_are_told_by_line_and_column(self):
        rows = {
            "is missing: enter it or delete": [None, None, "测试", "放假"],
            "“11月23日” has no year": ["11月23日", None, "测试", "放假"],
            "“23/11/2026” is no date": ["23/11/2026", None, "测试", "放假"],
            "“2026-02-30” is no date": ["2026-02-30", None, "测试", "放假"],
            "“True” is no date": [True, None, "测试", "放假"],
            "outside the years": ["1926-11-23", None, "测试", "放假"],
            "has a time of day": [datetime(2026, 11, 23, 8), None, "x", "放假"],  # noqa: DTZ001
            "before it starts": ["2026-11-23", "2026-11-22", "测试", "放假"],
            "longer than 31 days": ["2026-11-23", "2027-11-25", "测试", "放假"],
            "kind is missing": ["2026-11-23", None, "测试", None],
            "“调休” is no kind": ["2026-11-23", None, "测试", "调休"],
            "name of the holiday": ["2026-11-23", None, None, "放假"],
            "leave this cell empty": ["2026-11-23", None, "测试", "放假", 4],
            "“25” is not between": ["2026-11-21", None, "测试", "上班", 25],
            "“nan” is not between": ["2026-11-21", None, "测试", "上班", "nan"],
            "“今天” is no weekday": ["2026-11-21", None, "测试", "上班", 4, "今天"],
            "holds a formula": ["=TODAY()", None, "测试", "放假"],
        }

        texts = self._get_texts(self._make_workbook(*rows.values()))

        self.assertEqual(len(texts), len(rows))
        for text, expected in zip(texts, rows, strict=True):
            self.assertIn(expected, text)

    def test_a_problem_knows_its_cell(self):
        wizard = self._import(
            self._make_workbook(WEEK, [None] * 6, ["2026-11-21", "x", "y", "上班"])
        )

        wrong = wizard.line_ids.filtered(lambda line: line.result == "wrong")
        self.assertRecordValues(wrong, [{"line": 4, "column": "至"}])
        right = wizard.line_ids - wrong
        self.assertRecordValues(right, [{"line": 2, "result": "new"}])

    def test_a_formula_in_a_text_file_is_refused(self):
        content = b"date,name,kind\n=1+1,x,holiday\n"
        self.assertIn("formula", self._get_texts(content)[0])

    def test_a_day_is_told_once(self):
        texts = self._get_texts(
            self._make_workbook(WEEK, SATURDAY, ["2026-11-24", None, "补", "上班"])
        )
        self.assertRegex(texts[0], "is already in line 2: delete one of the two.")

    def test_the_header_may_be_english(self):
        header = ["From", "To", "Name", "Kind", "Hours", "Works like"]
        self.assertEqual(len(header), len(HEADER))
        content = self._make_workbook(
            ["2026-11-21", None, "Make-up", "Workday", 4, "Friday"], header=header
        )
        self._import(content)
        self.assertRecordValues(self._get_workdays(), [{"hours": 4, "weekday": "4"}])
