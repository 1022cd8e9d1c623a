"""A sheet of labels with a QR code for each face, to be stuck to the structure."""

import io

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.base_print_form.drawing.pen import Pen
from odoo.addons.base_print_form.fonts import find_font

#: Three columns and eight rows: the usual sheet of labels of 70 × 37 mm.
COLUMNS, ROWS = 3, 8
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
CODE, MARGIN = 24 * mm, 4 * mm
#: Sizes and heights of the lines of a label, from the code of the face down.
LINES = (
    (13, 9 * mm, True),
    (8, 15 * mm, False),
    (8, 20 * mm, False),
    (7, 27 * mm, False),
)


def draw_labels(faces):
    """Return the PDF of the labels of faces, in their order."""
    font = find_font(faces.env)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, A4, initialFontName=font.name, pageCompression=1)
    pen = Pen(canvas, font)
    base = faces[:1].get_base_url()
    for index, face in enumerate(faces):
        place = index % (COLUMNS * ROWS)
        if index and not place:
            canvas.showPage()
        row, column = divmod(place, COLUMNS)
        left, top = column * WIDTH + MARGIN, A4[1] - row * HEIGHT - MARGIN
        _draw_code(canvas, f"{base}/odoo/media-faces/{face.id}", left, top - CODE)
        _write(pen, face, left + CODE + 2 * mm, top)
    canvas.save()
    return buffer.getvalue()


def _draw_code(canvas, url, left, bottom):
    code = QrCodeWidget(url, barLevel="M", barWidth=CODE, barHeight=CODE, barBorder=0)
    drawing = Drawing(CODE, CODE)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, left, bottom)


def _write(pen, face, left, top):
    room = WIDTH - CODE - 2 * MARGIN - 2 * mm
    texts = (face.code, face.site_id.name, face.road or "", face.company_id.name)
    for text, (size, drop, bold) in zip(texts, LINES, strict=True):
        if text:
            pen.write_fitting(text, left, top - drop + 4 * mm, size, room, bold=bold)
