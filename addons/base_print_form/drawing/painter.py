"""The pages of one record: head, rows, copy label and foot."""

import base64
import datetime
import io

from PIL import Image
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from odoo.tools import format_datetime

from ..fonts import find_font
from ..forms import label_text
from ..tools import chinese_ordinal
from .pen import Pen
from .sheet import Sheet
from .typeset import paginate

PAPERS = {"A4": A4, "A4/2": (A4[0], A4[1] / 2)}
LEFT, RIGHT, TOP, BOTTOM = 14 * mm, 17 * mm, 8 * mm, 7 * mm
HEAD, FOOT = 26 * mm, 6 * mm
#: Room left and right of the title, for the logo and for the code.
SIDE = 42 * mm
CODE = 17 * mm


def draw_form(form, record):
    """Return the PDF of a record: every copy of its form, page by page.

    The company is the one of the document, language and time zone are the reader's.
    """
    return Painter(form, record).draw()


class Painter:
    """Draws one record on a canvas."""

    def __init__(self, form, record):
        self.form, self.record, self.env = form, record, record.env
        company = record["company_id"] if "company_id" in record._fields else None
        # sudo: whoever may print the document may print the company at its head.
        self.company = (company or self.env.company).sudo()
        self.title = label_text(self.env, form.title)
        font = find_font(self.env)
        page_width, self.page_height = PAPERS[form.paper]
        self.width = page_width - LEFT - RIGHT
        self.top = self.page_height - TOP
        self.buffer = io.BytesIO()
        self.canvas = Canvas(
            self.buffer,
            PAPERS[form.paper],
            initialFontName=font.name,
            pageCompression=1,
        )
        self.pen = Pen(self.canvas, font)
        self.sheet = Sheet(form, record, self.company, font, self.width)
        self.number = self.sheet.read_text(form.number)

    def draw(self):
        """Return the bytes of the PDF."""
        self.canvas.setTitle(" ".join(filter(None, (self.title, self.number))))
        self.canvas.setAuthor(self.company.name)
        if self.form.code:
            self._prepare_code()
        height = self.top - HEAD - FOOT - BOTTOM
        pages = paginate(self.sheet.make_rows(), height)
        for copy in self._get_copies():
            for number, rows in enumerate(pages, 1):
                self._draw_head(copy)
                self._draw_rows(rows, copy)
                self._draw_foot(number, len(pages))
                self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    def _get_copies(self):
        """Return the label of each copy, numbered if there are several."""
        labels = [label_text(self.env, label) for label in self.form.copies]
        if len(labels) == 1:
            return labels
        chinese = (self.env.lang or "").startswith("zh")
        return [
            self.env._(
                "Copy %(number)s: %(label)s",
                number=chinese_ordinal(number) if chinese else number,
                label=label,
            )
            for number, label in enumerate(labels, 1)
        ]

    def _draw_rows(self, rows, copy):
        """Draw the grid of a page, and the label of the copy beside it."""
        top = start = self.top - HEAD
        for row in rows:
            self.pen.draw_row(row, LEFT, top)
            top -= row.height
        self.pen.frame(LEFT, top, self.width, start - top)
        edge = LEFT + self.width + RIGHT / 2
        self.pen.write_down(copy, edge, (start + top) / 2, 9)

    # === HEAD AND FOOT === #

    def _draw_head(self, copy):
        """Draw logo, company, title, number, copy and code, on every page the same."""
        middle, right = LEFT + self.width / 2, LEFT + self.width
        room = self.width - 2 * SIDE
        write = self.pen.write_fitting
        self._draw_logo()
        write(self.company.name, middle, self.top - 5 * mm, 10.5, room, align="center")
        width = write(
            self.title,
            middle,
            self.top - 13.5 * mm,
            18,
            room,
            align="center",
            bold=True,
        )
        for drop in (16 * mm, 16.7 * mm):
            self.pen.rule(
                middle - width / 2 - 4 * mm,
                middle + width / 2 + 4 * mm,
                self.top - drop,
            )
        base = self.top - HEAD + 2 * mm
        write(copy, LEFT, base, 9, self.width / 2)
        if self.number:
            number = self.env._("No. %s", self.number)
            write(number, right, base, 10, self.width / 2, align="right")
        if self.form.code:
            self.canvas.doForm("code")

    def _draw_logo(self):
        """Draw the company's own logo, if it is a picture that can be drawn."""
        logo = self.company.partner_id.image_512
        if self.company.uses_default_logo or not logo:
            return
        try:
            picture = Image.open(io.BytesIO(base64.b64decode(logo)))
            picture = ImageReader(picture.convert("RGBA"))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return
        self.canvas.drawImage(
            picture,
            LEFT,
            self.top - 16 * mm,
            SIDE - 4 * mm,
            15 * mm,
            mask="auto",
            preserveAspectRatio=True,
            anchor="w",
        )

    def _prepare_code(self):
        """Draw the QR code that opens the record once, to be used on every page."""
        model = self.record._name
        place = model if "." in model else f"m-{model}"
        url = f"{self.record.get_base_url()}/odoo/{place}/{self.record.id}"
        code = QrCodeWidget(
            url, barLevel="M", barWidth=CODE, barHeight=CODE, barBorder=0
        )
        drawing = Drawing(CODE, CODE, initialFontName=self.pen.font.name)
        drawing.add(code)
        left, bottom = LEFT + self.width - CODE, self.top - CODE - 1 * mm
        self.canvas.beginForm("code")
        renderPDF.draw(drawing, self.canvas, left, bottom)
        self.canvas.endForm()

    def _draw_foot(self, number, count):
        """Write which page of how many it is, and who printed it when."""
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        printed = self.env._(
            "Printed by %(user)s, %(time)s",
            user=self.env.user.name,
            time=format_datetime(self.env, now, tz=str(self.env.tz), dt_format="short"),
        )
        page = self.env._("Page %(number)s of %(count)s", number=number, count=count)
        write = self.pen.write_fitting
        write(page, LEFT + self.width / 2, BOTTOM, 8, 40 * mm, align="center")
        write(printed, LEFT, BOTTOM, 7, self.width / 2 - 20 * mm)
