"""Reading a list of holidays from a spreadsheet or a text file, without the ORM."""

import csv
import unicodedata
import zlib
from datetime import datetime
from io import BytesIO, StringIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 1_000_000
MAX_UNPACKED = 20_000_000
MAX_ROWS = 500
#: How files begin: a zip archive, Excel before 2007 or with a password, a PDF.
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t，；"
#: Stands for a cell that holds a formula instead of a value.
FORMULA = object()

COLUMNS = {
    "date_from": {"date", "from", "date from", "日期", "开始日期", "起始日期", "从"},
    "date_to": {"to", "date to", "结束日期", "截止日期", "至"},
    "name": {"name", "holiday", "reason", "名称", "节日", "事由", "说明"},
    "kind": {"kind", "type", "类型", "类别"},
    "hours": {"hours", "小时", "小时数", "工时"},
    "weekday": {"works like", "weekday", "按周几上班", "按星期几上班"},
}
REQUIRED = ("date_from", "kind")

#: What goes wrong inside openpyxl with a file that is damaged or made up.
BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError),
    *(BadZipFile, InvalidFileException, zlib.error),
)


class HolidayError(Exception):
    """Something to correct in the file; the wizard puts the code in words."""

    def __init__(self, code, line=0, column="", **details):
        super().__init__(code)
        self.code = code
        self.line = line
        self.column = column
        self.details = details


class Table(NamedTuple):
    """The rows below the header as ``(line, {column: value})``."""

    headers: dict
    rows: list
    epoch: datetime = WINDOWS_EPOCH


def clean(value):
    """Return the text of a cell, full-width characters and blanks made plain.

    >>> clean("　２０２６年 ")
    '2026年'
    """
    return unicodedata.normalize("NFKC", str(value)).strip()


def read_table(content):
    """Return the table of a file.

    :param bytes content: an .xlsx workbook or a text file with separated values
    :raise HolidayError: when there is no such table in it
    """
    if not content:
        raise HolidayError("empty")
    if len(content) > MAX_BYTES:
        raise HolidayError("too_big")
    if content.startswith(ZIP):
        epoch, lines = _read_workbook(content)
    elif content.startswith(OLE):
        raise HolidayError("old_excel")
    else:
        epoch, lines = WINDOWS_EPOCH, _read_text(content)
    return _make_table(lines, epoch)


def _read_workbook(content):
    """Return the epoch and the lines of the first sheet of a workbook."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise HolidayError("too_big")
            if "xl/workbook.xml" not in archive.namelist():
                raise HolidayError("not_a_table")
        book = load_workbook(BytesIO(content), read_only=True)
        lines = []
        for number, row in enumerate(book.worksheets[0].iter_rows(), start=1):
            values = [FORMULA if cell.data_type == "f" else cell.value for cell in row]
            _append_line(lines, number, values)
    except BROKEN as error:
        raise HolidayError("broken") from error
    return book.epoch, lines


def _read_text(content):
    """Return the lines of a text file with separated values."""
    encoding = BOMS.get(content[:2])
    if content.startswith(PDF) or (b"\x00" in content and not encoding):
        raise HolidayError("not_a_table")
    text = _decode(content, [encoding] if encoding else ENCODINGS)
    head = next(filter(str.strip, text.splitlines()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    try:
        for row in reader:
            values = [
                FORMULA if value.startswith("=") else value or None for value in row
            ]
            _append_line(lines, reader.line_num, values)
    except csv.Error as error:
        raise HolidayError("broken") from error
    return lines


def _decode(content, encodings):
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise HolidayError("encoding")


def _append_line(lines, number, values):
    """Keep a line that is not blank, up to the limit."""
    if all(value is None or not clean(value) for value in values):
        return
    if len(lines) > MAX_ROWS:
        raise HolidayError("too_many_rows")
    lines.append((number, values))


def _make_table(lines, epoch):
    if not lines:
        raise HolidayError("empty")
    number, header = lines[0]
    positions = {}
    for position, value in enumerate(header):
        if value is None or not clean(value):
            continue
        column = _find_column(clean(value), number)
        if column in positions:
            raise HolidayError("twice_column", number, clean(value))
        positions[column] = position
    missing = [column for column in REQUIRED if column not in positions]
    if missing:
        raise HolidayError("missing_column", number)
    if len(lines) == 1:
        raise HolidayError("no_rows")
    headers = {column: clean(header[at]) for column, at in positions.items()}
    rows = [
        (line, {column: _get(values, at) for column, at in positions.items()})
        for line, values in lines[1:]
    ]
    return Table(headers, rows, epoch)


def _find_column(label, line):
    for column, labels in COLUMNS.items():
        if label.lower() in labels:
            return column
    raise HolidayError("unknown_column", line, label[:40])


def _get(values, position):
    """Return the value of a cell; short lines end with empty cells."""
    value = values[position] if position < len(values) else None
    return value if value is FORMULA or (value is not None and clean(value)) else None
