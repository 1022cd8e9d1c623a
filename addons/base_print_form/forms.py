"""What a form is: one small class that says where each text of the paper comes from.

A *path* is the name of a field, of a field behind it (``partner_id.phone``), or of a
method without arguments, on the record that is printed. Labels are ``_lt("...")``.
"""

from typing import Any, NamedTuple

from odoo.tools.translate import LazyGettext

#: The form of each report, by the name of the report.
FORMS = {}


class Cell(NamedTuple):
    """A label with a value; ``wide`` takes the whole row, ``optional`` hides blanks."""

    label: Any
    path: str
    wide: bool = False
    optional: bool = False
    as_date: bool = False


class Column(NamedTuple):
    """A column of the table of lines; ``width`` is its share of the paper."""

    label: Any
    path: str
    width: float = 1.0
    align: str | None = None
    total: bool = False


class Amount(NamedTuple):
    """An amount below the table; in capitals when it is in yuan."""

    label: Any
    path: str
    capitals: bool = True


class Signature(NamedTuple):
    """Who signs; ``name`` and ``date`` are the paths of what is already signed."""

    label: Any
    name: str | None = None
    date: str | None = None


class PrintForm:
    """A form over the records of a report; subclass it and set what the paper shows.

    Instead of a cell or a signature, the name of a method may stand: it returns pairs
    ``(label, text)``, or dicts with ``role``, ``name`` and ``date``.
    """

    #: ``report_name`` of the ``ir.actions.report`` (type ``qweb-pdf``) it draws.
    report_name = None
    title = None
    #: Path of the number of the document.
    number = "name"
    #: One sheet for each label, in the order of printing.
    copies = (None,)
    #: ``A4`` or ``A4/2`` (half a sheet, lying).
    paper = "A4"
    #: Cells above the table of lines, and below it.
    head = ()
    foot = ()
    #: Path of the lines, and their columns.
    lines = None
    columns = ()
    amounts = ()
    signatures = ()
    #: Leave room for the company's seal.
    stamp = True
    #: Print a QR code that opens the record.
    code = True
    #: Only people of the company print it, not customers and vendors.
    internal = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        other = FORMS.setdefault(cls.report_name, cls)
        if other is not cls:
            raise TypeError(f"{cls.report_name} is drawn by {other} already.")


def find_form(report):
    """Return the form class of a report, or ``None`` if it is an ordinary one."""
    return FORMS.get(report.report_name) if report.report_type == "qweb-pdf" else None


def label_text(env, label):
    """Return a label in the language of ``env``."""
    return env._(label) if isinstance(label, LazyGettext) else str(label or "")
