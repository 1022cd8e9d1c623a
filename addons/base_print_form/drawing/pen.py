"""Strokes on a canvas: lines of text, boxes, text that runs down the edge."""

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm

from .typeset import LEADING, PADDING, Typesetter

SHADE = Color(0.95, 0.95, 0.95)
THIN = 0.5
#: How far a baseline is above the foot of its line, and how bold the bold is.
BASELINE, BOLD = 0.32, 0.035
#: Below this code point a script is written along the line, not stacked.
STACKED = 0x2E80


class Pen:
    """Writes and rules in one font."""

    def __init__(self, canvas, font):
        self.canvas, self.font = canvas, font
        self.fit = Typesetter(font).line

    def write(self, text, x, y, size, align="left", bold=False):
        """Write one line of clean text at its baseline, and return its width."""
        width = self.font.measure(text, size)
        x -= {"left": 0, "center": width / 2, "right": width}[align]
        canvas = self.canvas
        canvas.setFillColor(black)
        canvas.setLineWidth(size * BOLD)
        stroke = canvas.beginText(x, y)
        stroke.setFont(self.font.name, size)
        stroke.setTextRenderMode(2 if bold else 0)
        stroke.textOut(text)
        stroke.setTextRenderMode(0)
        canvas.drawText(stroke)
        return width

    def write_fitting(self, text, x, y, size, room, **options):
        """Write any text in one line, smaller or cut if it is too long for it."""
        text, size = self.fit(text, room, size)
        return self.write(text, x, y, size, **options)

    def write_down(self, text, x, middle, size):
        """Write a text along the edge: Chinese stacked, other scripts turned."""
        text, size = self.fit(text, 120 * mm, size)
        canvas = self.canvas
        if max(map(ord, text), default=0) < STACKED:
            canvas.saveState()
            canvas.translate(x, middle)
            canvas.rotate(-90)
            self.write(text, 0, -size / 3, size, "center")
            canvas.restoreState()
            return
        characters = text.replace("：", " ")
        step = size * LEADING
        for index, character in enumerate(characters):
            y = middle + (len(characters) / 2 - index - 1) * step
            self.write(character, x, y, size, "center")

    def rule(self, start, end, y):
        """Draw a level line."""
        self.canvas.setLineWidth(THIN)
        self.canvas.line(start, y, end, y)

    def frame(self, x, y, width, height):
        """Draw the thicker line around the grid."""
        self.canvas.setLineWidth(2 * THIN)
        self.canvas.rect(x, y, width, height)

    def draw_row(self, row, x, top):
        """Draw the boxes of a row from left to right, all of one height."""
        for box in row.boxes:
            self.canvas.setLineWidth(THIN)
            self.canvas.setFillColor(SHADE)
            self.canvas.rect(
                x, top - row.height, box.width, row.height, fill=int(box.label)
            )
            self._write_box(box, x, top - (row.height - box.height) / 2)
            x += box.width

    def _write_box(self, box, x, top):
        """Write the lines of a box whose text begins a padding below ``top``."""
        anchors = {
            "left": PADDING,
            "center": box.width / 2,
            "right": box.width - PADDING,
        }
        leading = box.size * LEADING
        for number, line in enumerate(box.lines, 1):
            y = top - PADDING - number * leading + BASELINE * box.size
            anchor = x + anchors[box.align]
            self.write(line, anchor, y, box.size, box.align, box.bold)
