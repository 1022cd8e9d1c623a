"""Reading the workbook of opening limits, without writing anything."""

import base64
import io
import math
import zipfile
from datetime import date, datetime
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from odoo.exceptions import UserError

MAX_LIMIT = 1e15
MAX_DAYS = 3650


class RowError(NamedTuple):
    """Why a row is set aside: where, what, and what to do."""

    row: int
    column: str
    value: str
    message: str
    remedy: str


def get_columns(env):
    """Return ``{key: label}`` of the columns in the user's language."""
    return {
        "customer": env._("Customer"),
        "limit": env._("Credit limit"),
        "policy": env._("Policy"),
        "term_days": env._("Credit term (days)"),
        "valid_until": env._("Valid until"),
    }


def read_rows(env, file):
    """Return the readable rows and the errors of the others.

    :return: ``([{row, customer, limit, vals}], [RowError])``
    """
    try:
        workbook = load_workbook(
            io.BytesIO(base64.b64decode(file)), read_only=True, data_only=True
        )
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UserError(env._("This is not a readable xlsx workbook.")) from error
    lines = workbook.active.iter_rows(values_only=True)
    columns = _read_header(env, next(lines, ()))
    rows, errors = [], []
    for number, cells in enumerate(lines, start=2):
        values = {
            key: cells[index] if index < len(cells) else None
            for key, index in columns.items()
        }
        if all(_is_empty(value) for value in values.values()):
            continue
        row, row_errors = _read_row(env, number, values)
        errors += row_errors
        if not row_errors:
            rows.append(row)
    return rows, errors


def _read_header(env, cells):
    """Return ``{key: index}`` of the columns found in the first row."""
    labels = {}
    for key, label in get_columns(env).items():
        labels.update({key: key, label.lower(): key})
    english = get_columns(env(context={**env.context, "lang": "en_US"}))
    labels.update({label.lower(): key for key, label in english.items()})
    columns = {}
    for index, cell in enumerate(cells):
        if key := labels.get(_to_text(cell).lower()):
            columns[key] = index
    if not {"customer", "limit"} <= columns.keys():
        raise UserError(
            env._(
                "The first row names the columns. These are needed: %(columns)s.",
                columns=", ".join(list(get_columns(env).values())[:2]),
            )
        )
    return columns


def _read_row(env, number, values):
    readers = {
        "customer": _read_customer,
        "limit": _read_limit,
        "policy": _read_policy,
        "term_days": _read_days,
        "valid_until": _read_date,
    }
    labels, read, errors = get_columns(env), {}, []
    for key, value in values.items():
        try:
            read[key] = readers[key](env, value)
        except ValueError as error:
            message, remedy = error.args
            errors.append(
                RowError(number, labels[key], _to_text(value), message, remedy)
            )
    row = {"row": number, "customer": read.pop("customer", None)}
    row["limit"] = read.pop("limit", None)
    row["vals"] = {key: value for key, value in read.items() if value is not None}
    return row, errors


def _read_customer(env, value):
    if text := _to_text(value):
        return text
    raise ValueError(env._("The customer is missing."), env._("Write a reference."))


def _read_limit(env, value):
    if _is_empty(value):
        return None
    try:
        amount = float(_to_text(value).replace(",", ""))
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount) or not 0 <= amount < MAX_LIMIT:
        raise ValueError(
            env._("This is no amount of money."),
            env._("Write a positive number or 0, without a currency."),
        )
    return amount


def _read_policy(env, value):
    if _is_empty(value):
        return None
    field = env["credit.account"]._fields["policy"]
    words = {}
    for code, label in field._description_selection(env):
        words.update({code: code, label.lower(): code})
    for code, label in field.selection:
        words[label.lower()] = code
    if policy := words.get(_to_text(value).lower()):
        return policy
    labels = [label for _code, label in field._description_selection(env)]
    raise ValueError(
        env._("There is no such policy."),
        env._("Write one of: %(policies)s.", policies=", ".join(labels)),
    )


def _read_days(env, value):
    if _is_empty(value):
        return None
    text = _to_text(value)
    if text.isdecimal() and int(text) <= MAX_DAYS:
        return int(text)
    raise ValueError(
        env._("This is no number of days."), env._("Write a whole number, 30 say.")
    )


def _read_date(env, value):
    if _is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_to_text(value).replace("/", "-"))
    except ValueError:
        raise ValueError(
            env._("This is no date."), env._("Write it like 2026-12-31.")
        ) from None


def _is_empty(value):
    return value is None or not str(value).strip()


def _to_text(value):
    """Return the cell as the text a person sees: 1001, not 1001.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
