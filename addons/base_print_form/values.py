"""Values of a record as text, in the language and the time zone of the reader."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from odoo.models import BaseModel
from odoo.tools import format_amount, format_date, format_datetime, html2plaintext
from odoo.tools.misc import formatLang


class Value(NamedTuple):
    """What stands behind a path: the value, its field if any, and its text."""

    raw: Any
    text: str
    currency: Any = None

    @property
    def is_number(self):
        return isinstance(self.raw, int | float) and not isinstance(self.raw, bool)


def read(env, source, path, as_date=False, symbol=True):
    """Return the :class:`Value` behind a path of a record or of a dict.

    :param bool as_date: leave the time of day out
    :param bool symbol: write amounts with the symbol of their currency
    """
    *steps, last = path.split(".")
    for step in steps:
        source = source[step]
    if isinstance(source, Mapping) or last not in source._fields:
        raw = source[last] if isinstance(source, Mapping) else getattr(source, last)()
        return Value(raw, _format(env, type(raw).__name__, raw, as_date))
    if len(source) > 1:
        texts = [read(env, record, last, as_date, symbol).text for record in source]
        return Value(texts, ", ".join(texts))
    return _read_field(env, source, source._fields[last], as_date, symbol)


def _read_field(env, record, field, as_date, symbol):
    """Return the value of a field of one record or none."""
    raw, currency = record[field.name], None
    if field.type == "monetary":
        currency = record[field.get_currency_field(record)]
        text = format_money(env, raw, currency, symbol)
    elif field.type == "float":
        digits = field.get_digits(env)
        text = formatLang(env, raw, digits=digits[1] if digits else 2)
    elif field.type == "selection":
        text = dict(field._description_selection(env)).get(raw) or ""
    else:
        text = _format(env, field.type, raw, as_date)
    return Value(raw, text, currency)


def format_money(env, amount, currency, symbol=True):
    """Return an amount with or without the symbol of its currency."""
    if symbol and currency:
        return format_amount(env, amount, currency)
    return formatLang(env, amount, digits=currency.decimal_places if currency else 2)


def _format(env, kind, raw, as_date=False):
    """Return the text of a value by the type of its field or, without one, its own."""
    if kind in {"boolean", "bool"}:
        text = env._("Yes") if raw else env._("No")
    elif raw is None or raw is False:
        text = ""
    elif isinstance(raw, BaseModel):
        text = ", ".join(name for name in raw.mapped("display_name") if name)
    elif isinstance(raw, datetime.date):
        text = _format_date(env, raw, as_date)
    elif isinstance(raw, int | float):
        text = formatLang(env, raw, digits=0 if isinstance(raw, int) else 2)
    else:
        text = html2plaintext(raw) if kind == "html" else str(raw)
    return text


def _format_date(env, raw, as_date):
    if as_date or not isinstance(raw, datetime.datetime):
        return format_date(env, raw)
    return format_datetime(env, raw, tz=str(env.tz), dt_format="short")
