"""Boxes of wrapped text, rows of boxes, and rows on pages."""

from collections import deque
from dataclasses import dataclass, field, replace

from reportlab.lib.units import mm

from ..tools import printable, wrap

SIZE = 9.0
#: Below this nobody reads it: what still does not fit is wrapped.
SMALLEST = 6.0
LEADING = 1.3
#: No line of any paper holds more characters.
LONGEST = 250
PADDING = 1.2 * mm
ROW = 6.5 * mm


@dataclass(frozen=True)
class Box:
    """Lines of text in one frame of a row."""

    width: float
    lines: tuple = ()
    size: float = SIZE
    align: str = "left"
    bold: bool = False
    label: bool = False

    @property
    def height(self):
        return len(self.lines) * self.size * LEADING + 2 * PADDING

    def split(self, height):
        """Return the box with the lines that fit into a height, and with the rest."""
        fitting = max(1, int((height - 2 * PADDING) / (self.size * LEADING)))
        first, rest = self.lines[:fitting], self.lines[fitting:]
        return replace(self, lines=first), replace(self, lines=rest)


@dataclass(frozen=True)
class Row:
    """Boxes side by side; ``header`` is repeated where the row begins a page."""

    boxes: tuple
    least: float = ROW
    keep: bool = False
    header: "Row | None" = field(default=None, repr=False)

    @property
    def height(self):
        return max(self.least, *(box.height for box in self.boxes))

    def split(self, height):
        """Return the part of the row that fits into a height, and the rest."""
        firsts, rests = zip(*(box.split(height) for box in self.boxes), strict=True)
        least = min(self.least, height)
        return (
            replace(self, boxes=firsts, least=least),
            replace(self, boxes=rests, least=0),
        )


class Typesetter:
    """Makes boxes of texts in one font."""

    def __init__(self, font):
        self.font = font

    def box(self, text, width, shrink=False, **options):
        """Return a box for a text.

        :param bool shrink: write it smaller before breaking it, as for amounts
        """
        text = printable(text, self.font.glyphs).strip()
        room = width - 2 * PADDING
        size = options.pop("size", SIZE)
        if shrink:
            size = self.fit(text, room, size)
        lines = wrap(text, room, lambda part: self.font.measure(part, size))
        return Box(width, tuple(lines), size, **options)

    def fit(self, text, room, size):
        """Return the largest readable size at which the lines of a text fit."""
        widest = max(self.font.measure(line, size) for line in text.split("\n"))
        return size if widest <= room else max(SMALLEST, size * room / widest)

    def line(self, text, room, size):
        """Return a text that fits into one line, and its size; cut if it must be."""
        text = printable(text[:LONGEST], self.font.glyphs).replace("\n", " ").strip()
        size = self.fit(text, room, size)
        first, *rest = wrap(text, room, lambda part: self.font.measure(part, size))
        return (f"{first[:-1]}…" if rest else first), size


def paginate(rows, height):
    """Return the rows of each page.

    Rows that keep together move together if a page can hold them; a row that is taller
    than a page goes on on the next one.
    """
    queue = deque(rows)
    pages, room, blank = [[]], height, True
    while queue:
        row = queue.popleft()
        if not blank and _chain_height(row, queue, height) > room:
            pages.append([row.header] if row.header else [])
            room = height - sum(header.height for header in pages[-1])
        if row.height > room:
            row, rest = row.split(room)
            queue.appendleft(rest)
        pages[-1].append(row)
        room -= row.height
        blank = False
    return pages


def _chain_height(row, queue, height):
    """Return the height of a row with the rows it keeps together with."""
    total, last = row.height, row
    for following in queue:
        if not last.keep:
            break
        total, last = total + following.height, following
    return total if total <= height else row.height
