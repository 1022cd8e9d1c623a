"""Reading the cells of a spreadsheet or a text file, without the ORM."""

import csv
import unicodedata
import zlib
from io import BytesIO, StringIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import InvalidFileException

#: How files begin: a zip archive, Excel before 2007 or with a password, a PDF.
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t，；"
#: Stands for a cell that holds a formula instead of a value.
FORMULA = object()

#: What goes wrong inside openpyxl with a file that is damaged or made up.
BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError),
    *(BadZipFile, InvalidFileException, zlib.error),
)


class TableError(Exception):
    """Something to correct in the file; the wizard puts the code in words."""

    def __init__(self, code, line=0, column="", **details):
        super().__init__(code)
        self.code = code
        self.line = line
        self.column = column
        self.details = details


class Bounds(NamedTuple):
    """How much of a file is read."""

    max_bytes: int
    max_unpacked: int
    max_rows: int


def clean(value):
    """Return the text of a cell, full-width characters and blanks made plain.

    >>> clean("　２０２６年 ")
    '2026年'
    """
    return unicodedata.normalize("NFKC", str(value)).strip()


def read_lines(content, bounds):
    """Return the epoch of a file and its lines that are not blank.

    :param bytes content: an .xlsx workbook or a text file with separated values
    :return: the epoch, and ``(line number, values)`` of the first sheet
    :raise TableError: when there is no table in it
    """
    if not content:
        raise TableError("empty")
    if len(content) > bounds.max_bytes:
        raise TableError("too_big")
    if content.startswith(ZIP):
        return _read_workbook(content, bounds)
    if content.startswith(OLE):
        raise TableError("old_excel")
    return WINDOWS_EPOCH, _read_text(content, bounds)


def _read_workbook(content, bounds):
    """Return the epoch and the lines of the first sheet of a workbook."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > bounds.max_unpacked:
                raise TableError("too_big")
            if "xl/workbook.xml" not in archive.namelist():
                raise TableError("not_a_table")
        book = load_workbook(BytesIO(content), read_only=True)
        lines = []
        for number, row in enumerate(book.worksheets[0].iter_rows(), start=1):
            values = [FORMULA if cell.data_type == "f" else cell.value for cell in row]
            _append_line(lines, number, values, bounds)
    except BROKEN as error:
        raise TableError("broken") from error
    return book.epoch, lines


def _read_text(content, bounds):
    """Return the lines of a text file with separated values."""
    encoding = BOMS.get(content[:2])
    if content.startswith(PDF) or (b"\x00" in content and not encoding):
        raise TableError("not_a_table")
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
            _append_line(lines, reader.line_num, values, bounds)
    except csv.Error as error:
        raise TableError("broken") from error
    return lines


def _decode(content, encodings):
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("encoding")


def _append_line(lines, number, values, bounds):
    """Keep a line that is not blank, up to the limit."""
    if all(value is None or not clean(value) for value in values):
        return
    if len(lines) > bounds.max_rows:
        raise TableError("too_many_rows")
    lines.append((number, values))
