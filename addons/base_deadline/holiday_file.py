"""The table of a list of holidays in a file, without the ORM."""

from datetime import datetime
from typing import NamedTuple

from openpyxl.utils.datetime import WINDOWS_EPOCH

from .table_file import FORMULA, Bounds, TableError, clean, read_lines

HolidayError = TableError
BOUNDS = Bounds(max_bytes=1_000_000, max_unpacked=20_000_000, max_rows=500)

COLUMNS = {
    "date_from": {"date", "from", "date from", "日期", "开始日期", "起始日期", "从"},
    "date_to": {"to", "date to", "结束日期", "截止日期", "至"},
    "name": {"name", "holiday", "reason", "名称", "节日", "事由", "说明"},
    "kind": {"kind", "type", "类型", "类别"},
    "hours": {"hours", "小时", "小时数", "工时"},
    "weekday": {"works like", "weekday", "按周几上班", "按星期几上班"},
}
REQUIRED = ("date_from", "kind")


class Table(NamedTuple):
    """The rows below the header as ``(line, {column: value})``."""

    headers: dict
    rows: list
    epoch: datetime = WINDOWS_EPOCH


def read_table(content):
    """Return the table of a file.

    :param bytes content: an .xlsx workbook or a text file with separated values
    :raise HolidayError: when there is no such table in it
    """
    epoch, lines = read_lines(content, BOUNDS)
    return _make_table(lines, epoch)


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
