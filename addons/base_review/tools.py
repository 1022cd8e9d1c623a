"""Helpers of the review engine: what is compared, and what callers may send."""

import datetime
import hashlib
import json
import math
from decimal import Decimal

from odoo.exceptions import UserError


class NotFiniteError(ValueError):
    """Raised for a figure that is no number: NaN or infinity."""


def canonical_number(value):
    """Return one spelling for a figure, whatever its binary noise.

    >>> canonical_number(0.1 + 0.2), canonical_number(3.0), canonical_number(-0.0)
    ('0.3', '3', '0')
    >>> canonical_number(float("nan"))
    Traceback (most recent call last):
    ...
    odoo.addons.base_review.tools.NotFiniteError: nan
    """
    if not math.isfinite(value):
        raise NotFiniteError(value)
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def canonical(value):
    """Return ``value`` reduced to what JSON spells in one way only.

    >>> canonical({"b": 1.50, "a": [datetime.date(2026, 3, 1), None]})
    {'a': ['2026-03-01', None], 'b': '1.5'}
    """
    if isinstance(value, (float, Decimal)):
        result = canonical_number(value)
    elif isinstance(value, (datetime.date, datetime.datetime)):
        result = value.isoformat()
    elif isinstance(value, dict):
        result = {str(key): canonical(value[key]) for key in sorted(value, key=str)}
    elif isinstance(value, (list, tuple)):
        result = [canonical(item) for item in value]
    else:
        result = value if value is None or isinstance(value, int) else str(value)
    return result


def canonical_json(value):
    """Return the one JSON text of ``value``.

    >>> canonical_json({"name": "合同", "qty": 2.0})
    '{"name":"合同","qty":"2"}'
    """
    return json.dumps(
        canonical(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def fingerprint(header, lines):
    """Return the SHA-256 of a document; the order of its lines does not matter.

    >>> one, two = {"qty": 1.0}, {"qty": 2.0}
    >>> fingerprint({}, [one, two]) == fingerprint({}, [two, one])
    True
    >>> fingerprint({}, [one]) == fingerprint({}, [two])
    False
    """
    content = canonical_json([header, sorted(canonical_json(line) for line in lines)])
    return hashlib.sha256(content.encode()).hexdigest()


def read_values(record, names):
    """Return the values of a record by field name, relations as sorted ids."""
    return {
        name: sorted(record[name].ids)
        if record._fields[name].relational
        else record[name]
        for name in names
    }


def is_record_id(value):
    """Return whether ``value`` may be the id of a record.

    >>> [is_record_id(value) for value in (7, 0, True, "7", 7.0, None, 2**40)]
    [True, False, False, False, False, False, False]
    """
    return type(value) is int and 0 < value < 2**31


def check_records(records, single=False):
    """Return the records of a remote call after a look at its ids.

    :raise UserError: for no, several, repeated or impossible ids
    """
    ids = records._ids
    known = all(is_record_id(res_id) for res_id in ids)
    if not ids or not known or len(set(ids)) != len(ids):
        raise UserError(records.env._("Save and choose a document first."))
    if single and len(ids) != 1:
        raise UserError(records.env._("Choose one document at a time."))
    return records


def clean_text(value):
    """Return a text a person typed, trimmed and storable, or ``None`` if it is none.

    >>> clean_text("  too dear " + chr(0)), clean_text(None), clean_text(4)
    ('too dear', '', None)
    """
    if value is None or value is False:
        return ""
    if not isinstance(value, str):
        return None
    return value.replace("\x00", "").encode("utf-8", "replace").decode().strip()
