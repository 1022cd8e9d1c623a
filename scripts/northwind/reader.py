"""Reads the files of the sample: plain Python, no Odoo."""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

EMPTY = {"NULL", ""}
KEY_RE = re.compile(r"[\w-]+")
AGAIN = "then run the command again: rows already loaded are skipped."


@dataclass(frozen=True)
class Row:
    """One row of a file: where it stands and its cells by column name."""

    file: str
    line: int
    cells: dict = field(hash=False, compare=False)

    def __getitem__(self, column):
        return self.cells[column]


@dataclass(frozen=True)
class Problem:
    """A row that was set aside, with what a person needs to mend it.

    ``because`` names the row it waits for, when the row itself is sound.
    """

    file: str
    line: int
    column: str
    value: str
    message: str
    remedy: str
    because: str = ""


class CellError(ValueError):
    """A cell that cannot be used; carries the remedy as its second argument."""

    def __init__(self, message, remedy):
        super().__init__(message)
        self.remedy = f"{remedy}, {AGAIN}"


def join_split_cells(cells, width):
    """Rejoin texts torn apart by a comma that nobody quoted.

    A continuation starts with the space that followed the comma; cells of the
    file never do. Ambiguous rows are returned as they are.

    >>> join_split_cells(["7", "Pavlova", " Ltd.", "Ian"], 3)
    ['7', 'Pavlova, Ltd.', 'Ian']
    >>> join_split_cells(["7", "Pavlova", "Ltd.", "Ian"], 3)
    ['7', 'Pavlova', 'Ltd.', 'Ian']
    """
    torn = [index for index, cell in enumerate(cells) if index and cell[:1] == " "]
    if len(cells) - width != len(torn):
        return cells
    joined = []
    for index, cell in enumerate(cells):
        if index in torn:
            joined[-1] += "," + cell
        else:
            joined.append(cell)
    return joined


class Reader:
    """Reads the files of one folder once; keeps what it had to set aside."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.problems = []
        self._files = {}

    def read(self, name, keys):
        """Return the usable rows of a file, the first of each key."""
        if name not in self._files:
            self._files[name] = list(self._read(name, keys))
        return self._files[name]

    def _read(self, name, keys):
        first_lines = {}
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream)
            header = next(lines)
            line = lines.line_num + 1
            for cells in lines:
                row = Row(name, line, self._name_cells(header, cells))
                line = lines.line_num + 1
                if row.cells is None:
                    self._set_aside_width(row, header, cells)
                elif self._has_key(row, keys, first_lines):
                    yield row

    def _name_cells(self, header, cells):
        cells = join_split_cells(cells, len(header))
        if len(cells) != len(header):
            return None
        values = [cell.strip() for cell in cells]
        return {
            column: "" if value in EMPTY else value
            for column, value in zip(header, values, strict=True)
        }

    def _set_aside_width(self, row, header, cells):
        self._set_aside(
            row,
            "",
            f"The row has {len(cells)} cells, the header {len(header)}.",
            "Put texts that contain a comma in double quotes",
        )

    def _has_key(self, row, keys, first_lines):
        key = tuple(row[column] for column in keys)
        for column, value in zip(keys, key, strict=True):
            if not KEY_RE.fullmatch(value):
                message = f"'{value}' cannot identify a row."
                remedy = "Give it an id of letters, digits, - and _"
                return self._set_aside(row, column, message, remedy)
        if key in first_lines:
            message = f"The id repeats line {first_lines[key]}."
            return self._set_aside(
                row, keys[-1], message, "Delete one of the two or give it its own id"
            )
        first_lines[key] = row.line
        return True

    def _set_aside(self, row, column, message, remedy):
        value = row[column] if column else ""
        problem = Problem(
            row.file, row.line, column, value, message, f"{remedy}, {AGAIN}"
        )
        self.problems.append(problem)
        return False
