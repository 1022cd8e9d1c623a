"""Bad rows are set aside with file, line, column and remedy; the rest is loaded."""

import csv
import shutil
import tempfile
from pathlib import Path

from northwind.loader import Loader

from odoo.tests import TransactionCase

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests/data/northwind"
ORDERS = {str(number) for number in range(10248, 10268)}
FILES = ("customers.csv", "orders.csv", "order-details.csv", "products.csv")


class TestNorthwindBadRows(TransactionCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(SAMPLE, self.folder, dirs_exist_ok=True)
        for file in ("orders.csv", "order-details.csv"):
            header, rows = self._read(file)
            self._write(file, header, [row for row in rows if row[0] in ORDERS])

    def _read(self, file):
        with (self.folder / file).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        return header, rows

    def _write(self, file, header, rows):
        with (self.folder / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])

    def _spoil(self, file, key, column, value):
        """Change one cell; return the line it stands on."""
        header, rows = self._read(file)
        for line, row in enumerate(rows, 2):
            if tuple(row[: len(key)]) == key:
                row[header.index(column)] = value
                self._write(file, header, rows)
                return line
        raise AssertionError(key)

    def _load(self):
        return Loader(self.env, self.folder).run()

    def _get_own_problems(self, result):
        """Problems of rows that are bad themselves, by file and line."""
        return {
            (problem.file, problem.line, problem.column): problem
            for problem in result.problems
            if not problem.because
        }

    def _assert_reported(self, result, expected):
        problems = self._get_own_problems(result)
        self.assertEqual(set(problems), set(expected))
        for place, (value, word) in expected.items():
            self.assertEqual(problems[place].value, value)
            self.assertIn(word, problems[place].message)
            self.assertIn("then run the command again", problems[place].remedy)

    def _seed_five_bad_rows(self):
        """Spoil five rows; return ``{(file, line, column): (value, message part)}``."""
        seeds = (
            ("customers.csv", ("ALFKI",), "country", "Atlantis", "Atlantis"),
            ("orders.csv", ("10248",), "orderDate", "1996-13-45 00:00", "valid date"),
            ("orders.csv", ("10249",), "customerID", "NOONE", "NOONE"),
            ("order-details.csv", ("10250", "41"), "quantity", "NaN", "finite"),
            ("products.csv", ("77",), "productName", "", "missing"),
        )
        return {
            (file, self._spoil(file, key, column, value), column): (value, word)
            for file, key, column, value, word in seeds
        }

    def test_five_bad_rows_are_reported_and_the_rest_is_loaded(self):
        count = {file: len(self._read(file)[1]) for file in FILES}
        expected = self._seed_five_bad_rows()

        result = self._load()

        self._assert_reported(result, expected)
        waiting = [p for p in result.problems if p.because and "details" in p.file]
        created = {tally.round: tally.created for tally in result.tallies}
        self.assertEqual(created["customers"], count["customers.csv"] - 1)
        self.assertEqual(created["products"], count["products.csv"] - 1)
        self.assertEqual(created["orders"], count["orders.csv"] - 2)
        self.assertEqual(
            created["order lines"], count["order-details.csv"] - 1 - len(waiting)
        )

    def test_rows_that_wait_for_a_bad_row_name_it(self):
        line = self._spoil("orders.csv", ("10249",), "customerID", "NOONE")

        waiting = [problem for problem in self._load().problems if problem.because]

        self.assertEqual(len(waiting), 2)
        self.assertEqual({p.because for p in waiting}, {f"orders.csv:{line}"})

    def test_numbers_out_of_range_are_refused(self):
        line = ("10248", "11")
        for column, value in (
            ("quantity", "-5"),
            ("quantity", "0"),
            ("quantity", "inf"),
            ("unitPrice", "nan"),
            ("discount", "1.5"),
        ):
            with self.subTest(column=column, value=value):
                place = self._spoil("order-details.csv", line, column, value)
                result = self._load()
                self.assertEqual(
                    set(self._get_own_problems(result)),
                    {("order-details.csv", place, column)},
                )
                self._spoil("order-details.csv", line, column, "1")

    def test_a_repeated_id_is_refused(self):
        header, rows = self._read("products.csv")
        self._write("products.csv", header, [*rows, rows[4]])

        result = self._load()

        self._assert_reported(
            result, {("products.csv", len(rows) + 2, "productID"): ("5", "line 6")}
        )

    def test_a_row_with_too_many_cells_is_refused(self):
        header, rows = self._read("shippers.csv")
        self._write("shippers.csv", header, [*rows, ["4", "Slow", "Ltd.", "555"]])

        result = self._load()

        self._assert_reported(result, {("shippers.csv", 5, ""): ("", "4 cells")})

    def test_a_corrected_row_is_loaded_by_the_next_run(self):
        self._spoil("orders.csv", ("10248",), "employeeID", "99")
        self._load()
        self._spoil("orders.csv", ("10248",), "employeeID", "5")

        result = self._load()

        created = {tally.round: tally.created for tally in result.tallies}
        self.assertFalse(result.problems)
        self.assertEqual(created["orders"], 1)
        self.assertEqual(created["order lines"], 3)

    def test_a_refusal_of_the_database_names_its_row_only(self):
        """``load`` blames the first row as well; it must not be set aside."""
        self.env["res.users"].create({"name": "Other", "login": "northwind.king"})

        result = self._load()

        self.assertEqual(
            [(p.file, p.line) for p in result.problems if not p.because],
            [("employees.csv", 8)],
        )
