"""From the lines of a file to named columns, however its header is made; no ORM."""

import re
from typing import NamedTuple

from odoo.addons.base_deadline.table_file import (
    FORMULA,
    Bounds,
    TableError,
    clean,
    read_lines,
)

BOUNDS = Bounds(max_bytes=10_000_000, max_unpacked=100_000_000, max_rows=20_000)
#: A header stands in one of the first lines; titles may stand above it.
HEADER_LINES = 10
#: Units, stars and colons that people add to a label.
EXTRAS = re.compile(r"\(.*?\)|\[.*?\]|[*:：]")


class Layout(NamedTuple):
    """The labels of each column, and the columns without which nothing works."""

    columns: dict
    required: tuple


class Table(NamedTuple):
    """The rows below the header as ``(line, {column: value})``."""

    headers: dict
    rows: list
    epoch: object
    ignored: list


def read_table(content, layout):
    """Return the table of a file.

    :raise TableError: when there is no such table in it
    """
    epoch, lines = read_lines(content, BOUNDS)
    if not lines:
        raise TableError("empty")
    labels = {
        label: column for column, names in layout.columns.items() for label in names
    }
    start = _find_header(lines, labels)
    header = [_get_label(value) for value in lines[start][1]]
    if _goes_on(lines, start, labels):
        start += 1
        header = _merge(header, [_get_label(value) for value in lines[start][1]])
    positions, ignored = _place(header, labels, lines[start][0])
    _check_required(layout, positions, lines[start][0])
    rows = [
        (line, {column: _get(values, at) for column, at in positions.items()})
        for line, values in lines[start + 1 :]
    ]
    rows = [row for row in rows if any(value is not None for value in row[1].values())]
    if not rows:
        raise TableError("no_rows")
    headers = {column: header[at] for column, at in positions.items()}
    return Table(headers, rows, epoch, ignored)


def _get_label(value):
    """Return the label of a header cell.

    >>> _get_label(" 宽（米）* "), _get_label(None)
    ('宽', '')
    """
    if value is None or value is FORMULA:
        return ""
    return EXTRAS.sub("", clean(value)).replace("\n", "").strip()


def _find_header(lines, labels):
    """Return the index of the line that looks most like a header."""
    known = [
        sum(_get_label(value).lower() in labels for value in values)
        for _number, values in lines[:HEADER_LINES]
    ]
    best = max(known)
    if not best:
        raise TableError("no_header", lines[0][0])
    return known.index(best)


def _goes_on(lines, start, labels):
    """Return whether the next line holds the lower half of a merged header."""
    if len(lines) <= start + 1:
        return False
    below = [label for value in lines[start + 1][1] if (label := _get_label(value))]
    return all(label.lower() in labels for label in below)


def _merge(header, below):
    """Return the labels of both halves; the lower one says more.

    >>> _merge(["编号", "坐标", ""], ["", "纬度", "经度"])
    ['编号', '纬度', '经度']
    """
    width = max(len(header), len(below))
    upper, lower = (row + [""] * (width - len(row)) for row in (header, below))
    return [low or high for high, low in zip(upper, lower, strict=True)]


def _place(header, labels, line):
    positions, ignored = {}, []
    for position, label in enumerate(header):
        column = labels.get(label.lower())
        if not label:
            continue
        if not column:
            ignored.append(label[:40])
        elif column in positions:
            raise TableError("twice_column", line, label)
        else:
            positions[column] = position
    return positions, ignored


def _check_required(layout, positions, line):
    missing = [column for column in layout.required if column not in positions]
    if missing:
        # The last label of a column is the one that our own lists use.
        names = ", ".join(list(layout.columns[column])[-1] for column in missing)
        raise TableError("missing_column", line, names)


def _get(values, position):
    """Return the value of a cell; short lines end with empty cells."""
    value = values[position] if position < len(values) else None
    return value if value is FORMULA or (value is not None and clean(value)) else None
