import doctest
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .. import import_cells, import_table
from .common_import import ImportCommon
from .face_list import HEADER, make_csv, make_rows, make_workbook

REAL = Path(__file__).parent / "data" / "billboards_real.csv"


@tagged("post_install", "-at_install")
class TestMediaImport(ImportCommon):
    """Issue 5.1: a list of faces is tested, entered once, and clear where wrong."""

    def _find(self, code):
        return self.env["media.face"].search([("code", "=", code)])

    def test_doctests(self):
        for module in (import_cells, import_table):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_the_real_list(self):
        """Seventeen real billboards come in, a second time nothing is written."""
        content = REAL.read_bytes()
        self.assertRegex(self._get_text(content).text, "has no codes")
        wizard = self._wizard(content, prefix="ZZR-")
        wizard.action_test()
        self.assertEqual(wizard.state, "tested")
        self.assertFalse(self._find("ZZR-0001"), "a test writes nothing")
        self.assertIn("imageFile", wizard.summary)
        wizard.action_import()
        self.assertIn("17 entered", wizard.summary)
        face = self._find("ZZR-0001")
        self.assertRecordValues(face, [{"latitude": 33.99003, "longitude": -81.081484}])
        self.assertEqual(face.district_id.name, "Lexington")
        self.assertEqual(face.format_id.name.lower(), "billboard")
        self.assertEqual(
            self._find("ZZR-0014").district_id.name, "N. Augusta221 Sweetwater Rd"
        )
        with self._assert_nothing_written():
            again = self._import(content, prefix="ZZR-")
        self.assertIn("0 entered, 0 changed, 17 were already there", again.summary)

    def _assert_nothing_written(self):
        """Refuse inserts and updates of the inventory while the context lasts."""
        names = ("media.face", "media.site", "media.format", "media.district")

        def refuse(records, *_args):
            raise AssertionError(f"{records} is written")

        for name in names:
            for method in ("create", "write"):
                self.patch(self.registry[name], method, refuse)
        return self.subTest("nothing is written")

    def test_two_thousand_faces(self):
        """A generated list of 2,000 faces, then the same again: no write."""
        content = make_workbook(make_rows(2000), title="媒体点位表 2026")
        wizard = self._import(content)
        self.assertIn("2000 entered", wizard.summary)
        face = self._find("ZZ-0999-B")
        self.assertEqual(face.site_id.code, "ZZ-0999")
        self.assertEqual(len(face.site_id.face_ids), 2)
        self.assertRecordValues(face.format_id, [{"width": 18, "height": 6}])
        with self._assert_nothing_written():
            again = self._import(content)
        self.assertIn("0 entered, 0 changed, 2000", again.summary)

    def test_a_changed_row_changes_its_face_alone(self):
        rows = make_rows(4)
        self._import(make_csv(rows))
        rows[1] = (*rows[1][:2], "新名称", *rows[1][3:])
        rows[0] = (*rows[0][:2], "新名称", *rows[0][3:])
        wizard = self._import(make_csv(rows))
        self.assertIn("0 entered, 2 changed, 2", wizard.summary)
        self.assertEqual(self._find("ZZ-0000-A").site_id.name, "新名称")

    def test_encodings_and_delimiters(self):
        """Files of Chinese Excel are read alike in whatever encoding."""
        for index, encoding in enumerate(("gbk", "utf-8", "utf-16")):
            rows = [(f"E-{index}", f"E-{index}", *row[2:]) for row in make_rows(1)]
            wizard = self._import(make_csv(rows, encoding=encoding))
            self.assertEqual(wizard.state, "done", wizard.summary)
            self.assertEqual(self._find(f"E-{index}").district_id.name, "福田区")

    def test_text_stays_text(self):
        """Codes keep their zeros, a formula is not evaluated, markup is text."""
        rows = [("007", "007", "<b>x</b>", *make_rows(1)[0][3:])]
        self._import(make_workbook(rows))
        self.assertEqual(self._find("007").site_id.name, "<b>x</b>")
        for content in (
            make_workbook([("=1+1", *rows[0][1:])]),
            make_csv([("=1+1", *rows[0][1:])]),
        ):
            line = self._get_text(content)
            self.assertRegex(line.text, "holds a formula")
            self.assertEqual((line.line, line.column), (2, "编号"))

    def test_merged_headers(self):
        """A header over two rows is understood; one name for two columns is not."""
        upper = ("编号", "规格", "坐标", None)
        row = ("M-1", "单立柱", 22.5, 114.05)
        content = make_workbook([(None, None, "纬度", "经度"), row], header=upper)
        self.assertEqual(self._import(content).state, "done")
        self.assertEqual(self._find("M-1").latitude, 22.5)
        line = self._get_text(
            make_workbook([row], header=("编号", "规格", "纬度", "纬度"))
        )
        self.assertRegex(line.text, "is there twice")

    def test_bad_headers(self):
        for header, text in (
            (("a", "b"), "None of the first ten rows"),
            (("编号", "道路"), "The header needs the columns: 媒体规格"),
        ):
            line = self._get_text(make_workbook([("1", "2")], header=header))
            self.assertRegex(line.text, text)

    def test_bad_rows(self):
        """Each problem names its line, its column and what to do."""
        good = make_rows(1)[0]
        for index, value, text in (
            (0, None, "cell is empty"),
            (8, 114.05, "seem to be swapped"),
            (8, "north", "is no number"),
            (9, 999, "does not lie between"),
            (9, "nan", "does not lie between"),
            (9, None, "Only half of the position"),
        ):
            row = [*good[:index], value, *good[index + 1 :]]
            if text.endswith("swapped"):
                row[9] = 22.5
            with self.subTest(text, value=value):
                line = self._get_text(make_workbook([make_rows(2)[1], row]))
                self.assertEqual(line.line, 3)
                self.assertRegex(line.text, text)
                self.assertEqual(line.column, HEADER[index])

    def test_codes_and_sites_that_contradict(self):
        first, second = make_rows(2)
        line = self._get_text(make_csv([first, first]))
        self.assertRegex(line.text, "already in line 2")
        other = (*second[:2], "elsewhere", *second[3:])
        line = self._get_text(make_csv([first, other]))
        self.assertRegex(line.text, "Line 2 says something else about site")

    def test_chinese_maps(self):
        """Shifted Chinese coordinates are turned back; no column, and it is asked."""
        header = (*HEADER, "坐标系")
        row = (*make_rows(1)[0], "GCJ-02")
        self._import(make_workbook([row], header=header))
        face = self._find("ZZ-0000-A")
        self.assertAlmostEqual(face.latitude, 22.4527, 2)
        self.assertLess(face.longitude, 113.85)
        wizard = self._wizard(make_workbook(make_rows(1)))
        wizard.action_test()
        self.assertIn("GCJ-02", wizard.summary)
        line = self._get_text(
            make_workbook([(*make_rows(1)[0], "BD-09")], header=header)
        )
        self.assertRegex(line.text, "no known system of coordinates")

    def test_files_that_are_no_list(self):
        for content, text in (
            (b"", "file is empty"),
            (b"%PDF-1.7", "neither an .xlsx"),
            (b"\xd0\xcf\x11\xe0 old", "old format"),
            (b"PK\x03\x04 broken", "damaged"),
            (make_csv([]), "nothing below the header"),
        ):
            with self.subTest(text):
                self.assertRegex(self._get_text(content).text, text)

    def test_only_administrators_import_faces(self):
        """Neither salespeople nor process control enter faces, by no call."""
        content = make_csv(make_rows(1))
        wizard = self._wizard(content, user=self.control)
        for action in (wizard.action_test, wizard.action_import):
            with self.assertRaises(AccessError):
                action()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._wizard(content, user=self.salesperson)
