"""The rows of one printed record, from its form."""

from reportlab.lib.units import mm

from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..forms import label_text
from ..tools import rmb_capitals
from ..values import format_money, read
from .typeset import Row, Typesetter

LABEL = 25 * mm
INDEX = 9 * mm
#: More signatures than this, with the stamp, stand in several rows.
SIGNATURES = 6
SIGNATURE_HEIGHT = 16 * mm
STAMP_HEIGHT = 30 * mm


class Sheet:
    """Reads what a form asks for, once for all its copies."""

    def __init__(self, form, record, company, font, width):
        self.form, self.record, self.company = form, record, company
        self.env, self.width = record.env, width
        self.box = Typesetter(font).box

    def make_rows(self):
        """Return everything between the head and the foot of the pages."""
        return [
            *self._make_grid(self.form.head),
            *self._make_table(),
            *self._make_amounts(),
            *self._make_grid(self.form.foot),
            *self._make_signatures(),
        ]

    def read_text(self, path):
        """Return the text behind a path, or nothing without a path."""
        return read(self.env, self.record, path).text if path else ""

    # === CELLS === #

    def _make_grid(self, cells):
        """Return the rows of labels and values, two a row."""
        rows, pending = [], []
        for label, text, wide in self._read_cells(cells):
            if wide and pending:
                rows.append(self._make_pairs(pending))
                pending = []
            pending.append((label, text))
            if wide or len(pending) == 2:  # noqa: PLR2004
                rows.append(self._make_pairs(pending))
                pending = []
        if pending:
            rows.append(self._make_pairs(pending))
        return rows

    def _read_cells(self, cells):
        """Yield label, text and whether it takes the whole row."""
        for cell in cells:
            if isinstance(cell, str):
                for label, text in getattr(self.record, cell)():
                    yield str(label), text, False
                continue
            text = read(self.env, self.record, cell.path, cell.as_date).text
            if text or not cell.optional:
                yield label_text(self.env, cell.label), text, cell.wide

    def _make_pairs(self, pairs):
        width = self.width / len(pairs) - LABEL
        boxes = []
        for label, text in pairs:
            boxes += self._make_pair(label, text, width)
        return Row(tuple(boxes))

    def _make_pair(self, label, text, width, **options):
        return (
            self.box(label, LABEL, align="center", label=True),
            self.box(text, width, **options),
        )

    # === TABLE === #

    def _make_table(self):
        """Return the header, the numbered lines and the totals of the table."""
        if not self.form.columns:
            return []
        widths = self._get_widths()
        columns = self.form.columns
        lines = [
            [read(self.env, line, column.path, symbol=False) for column in columns]
            for line in read(self.env, self.record, self.form.lines).raw
        ]
        header = self._make_header(widths)
        rows = [
            self._make_line(widths, number, values, header)
            for number, values in enumerate(lines, 1)
        ]
        if rows and any(column.total for column in columns):
            rows.append(self._make_totals(widths, lines))
        return [header, *rows]

    def _get_widths(self):
        """Return the widths of the number and of the columns."""
        shares = [column.width for column in self.form.columns]
        unit = (self.width - INDEX) / sum(shares)
        return [INDEX, *(share * unit for share in shares)]

    def _make_header(self, widths):
        labels = [self.env._("Line"), *(column.label for column in self.form.columns)]
        boxes = [
            self.box(
                label_text(self.env, label),
                width,
                align="center",
                bold=True,
                label=True,
            )
            for label, width in zip(labels, widths, strict=True)
        ]
        return Row(tuple(boxes), keep=True)

    def _make_line(self, widths, number, values, header):
        boxes = [self.box(str(number), widths[0], shrink=True, align="center")]
        for column, value, width in zip(
            self.form.columns, values, widths[1:], strict=True
        ):
            align = column.align or ("right" if value.is_number else "left")
            boxes.append(
                self.box(value.text, width, shrink=value.is_number, align=align)
            )
        return Row(tuple(boxes), header=header)

    def _make_totals(self, widths, lines):
        """Return the row of sums below the columns that have one."""
        boxes = [self.box("", widths[0])]
        label = self.env._("Total")
        for index, column in enumerate(self.form.columns):
            text = label if not index else ""
            if column.total:
                text = self._sum_up([values[index] for values in lines])
            align = "right" if column.total else "center"
            boxes.append(
                self.box(text, widths[index + 1], shrink=True, align=align, bold=True)
            )
        return Row(tuple(boxes), keep=True)

    def _sum_up(self, values):
        """Return the sum of a column in the manner of its values."""
        total = sum(value.raw for value in values if value.is_number)
        if values[0].currency:
            return format_money(self.env, total, values[0].currency, symbol=False)
        return formatLang(self.env, total, digits=0 if isinstance(total, int) else 2)

    # === AMOUNTS === #

    def _make_amounts(self):
        return [self._make_amount(amount) for amount in self.form.amounts]

    def _make_amount(self, amount):
        """Return an amount in figures and, in yuan, in capitals before them."""
        value = read(self.env, self.record, amount.path)
        label = label_text(self.env, amount.label)
        currency = value.currency or self.company.currency_id
        if not amount.capitals or currency.name != "CNY":
            pair = self._make_pair(label, value.text, self.width - LABEL, bold=True)
            return Row(pair, keep=True)
        figures = 40 * mm
        return Row(
            (
                *self._make_pair(
                    self.env._("Amount in capitals"),
                    self._write_capitals(value.raw),
                    self.width - 2 * LABEL - figures,
                    bold=True,
                ),
                *self._make_pair(
                    label, value.text, figures, shrink=True, align="right", bold=True
                ),
            ),
            keep=True,
        )

    def _write_capitals(self, amount):
        try:
            return rmb_capitals(amount)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(record)s cannot be printed: %(amount)s cannot be written in "
                    "capitals. Correct the amount first.",
                    record=self.record.display_name,
                    amount=amount,
                )
            ) from error

    # === SIGNATURES === #

    def _make_signatures(self):
        """Return the people who sign, and room for the seal after them."""
        cells = [
            (role, "\n".join(filter(None, (name, date))), SIGNATURE_HEIGHT)
            for role, name, date in self._read_signatures()
        ]
        if self.form.stamp:
            cells.append((self.env._("Stamp here"), "", STAMP_HEIGHT))
        if not cells:
            return []
        count = -(-len(cells) // SIGNATURES)
        each = -(-len(cells) // count)
        rows = []
        for start in range(0, len(cells), each):
            rows += self._make_signature_rows(cells[start : start + each])
        return rows

    def _read_signatures(self):
        """Yield role, name and date of each signature, blank until it is given."""
        for signature in self.form.signatures:
            if isinstance(signature, str):
                for row in getattr(self.record, signature)():
                    yield row["role"], row["name"], row["date"]
                continue
            role = label_text(self.env, signature.label)
            yield role, self.read_text(signature.name), self.read_text(signature.date)

    def _make_signature_rows(self, cells):
        width = self.width / len(cells)
        labels = [
            self.box(label, width, align="center", label=True)
            for label, _text, _height in cells
        ]
        texts = [
            self.box(text, width, align="center") for _label, text, _height in cells
        ]
        least = max(height for _label, _text, height in cells)
        return Row(tuple(labels), keep=True), Row(tuple(texts), least)
