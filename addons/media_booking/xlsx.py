"""Workbooks whose texts stay texts: no formula comes out of a customer's name."""

import io
from typing import Any, NamedTuple

import xlsxwriter

#: A cell of a workbook holds no more characters.
LONGEST = 32767


class Filled(NamedTuple):
    """A text on a coloured ground, ``#rrggbb``."""

    text: str
    color: str


class Table(NamedTuple):
    """One sheet: a title, names of columns with their widths, and rows of values."""

    title: str
    columns: list
    rows: Any
    frozen: int = 1


def make_workbook(*tables):
    """Return the bytes of a workbook with a sheet for each table."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        for number, table in enumerate(tables, 1):
            _Writer(book, table, number).write()
    return buffer.getvalue()


class _Writer:
    """Writes one table on one sheet."""

    def __init__(self, book, table, number):
        self.book, self.table = book, table
        self.sheet = book.add_worksheet(f"{number}")
        self.formats = {}

    def write(self):
        head = self.book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
        self.sheet.write_string(
            0, 0, self.table.title, self.book.add_format({"bold": True})
        )
        for index, (name, width) in enumerate(self.table.columns):
            self.sheet.set_column(index, index, width)
            self.sheet.write_string(1, index, str(name), head)
        for number, row in enumerate(self.table.rows, 2):
            for index, value in enumerate(row):
                self._write_value(number, index, value)
        self.sheet.freeze_panes(2, self.table.frozen)

    def _write_value(self, row, column, value):
        if value is None or value == "":
            return
        if isinstance(value, Filled):
            self.sheet.write_string(
                row, column, value.text[:LONGEST], self._get_format(value.color)
            )
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self.sheet.write_number(row, column, value)
        else:
            self.sheet.write_string(row, column, str(value)[:LONGEST])

    def _get_format(self, color):
        if color not in self.formats:
            self.formats[color] = self.book.add_format({"bg_color": color, "border": 1})
        return self.formats[color]
