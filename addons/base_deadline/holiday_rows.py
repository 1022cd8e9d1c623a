"""Understanding the rows of a list of holidays, without the ORM."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import NamedTuple

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from .holiday_file import FORMULA, HolidayError, clean

YEARS = range(2000, 2101)
#: The longest holiday; what is longer is a typing error.
MAX_DAYS = 31
HOURS_PER_DAY = 24

KINDS = {
    "holiday": {"holiday", "放假", "假日", "假期", "节假日", "法定节假日", "休"},
    "workday": {"workday", "上班", "补班", "调休上班", "调休工作日", "工作日", "班"},
}
WEEKDAYS = (
    {"monday", "周一", "星期一"},
    {"tuesday", "周二", "星期二"},
    {"wednesday", "周三", "星期三"},
    {"thursday", "周四", "星期四"},
    {"friday", "周五", "星期五"},
    {"saturday", "周六", "星期六"},
    {"sunday", "周日", "星期日", "周天", "星期天"},
)
FULL_DATE = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?"
    r"|(\d{2})(\d{2}))(?:[ T]0?0:00(?::00)?)?"
)
SHORT_DATE = re.compile(r"\d{1,2}(?:月\d{1,2}[日号]?|[-/.]\d{1,2})")
SERIAL = re.compile(r"\d{5}(?:\.0+)?")


class Entry(NamedTuple):
    """A holiday from one day to another, or one make-up workday."""

    line: int
    kind: str
    date_from: date
    date_to: date
    name: str
    hours: float
    weekday: str

    @property
    def days(self):
        """Return every day of the entry."""
        count = (self.date_to - self.date_from).days + 1
        return [self.date_from + timedelta(days=day) for day in range(count)]


def parse_rows(table):
    """Return the entries of a table, and what is to be corrected."""
    entries, problems = [], []
    for line, cells in table.rows:
        try:
            entries += _parse_row(line, cells, table.epoch)
        except HolidayError as problem:
            problem.line = line
            problem.column = table.headers.get(problem.column, problem.column)
            problems.append(problem)
    return entries, problems + find_clashes(entries)


def find_clashes(entries):
    """Return a problem for each entry with a day that an earlier line has told."""
    lines, problems = {}, []
    for entry in entries:
        told = next((day for day in entry.days if day in lines), None)
        if told:
            problems.append(
                HolidayError("twice", entry.line, day=told, other=lines[told])
            )
        for day in entry.days:
            lines.setdefault(day, entry.line)
    return problems


def parse_date(value, epoch=WINDOWS_EPOCH):
    """Return the date of a cell, however it is written.

    >>> parse_date("2026年10月1日") == parse_date("20261001") == date(2026, 10, 1)
    True
    >>> parse_date(46296)
    datetime.date(2026, 10, 1)
    """
    day = _to_date(value, epoch)
    if day.year not in YEARS:
        raise HolidayError("year", value=str(value))
    return day


def _to_date(value, epoch):
    if isinstance(value, datetime):
        if value.time() != time.min:
            raise HolidayError("time_of_day", value=str(value))
        return value.date()
    if isinstance(value, date):
        return value
    text = clean(value).replace("年 ", "年").replace("月 ", "月")
    if SERIAL.fullmatch(text):
        return from_excel(float(text), epoch).date()
    if SHORT_DATE.fullmatch(text):
        raise HolidayError("no_year", value=text)
    match = FULL_DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups() if part))
    except (AttributeError, ValueError):
        raise HolidayError("date", value=text[:40]) from None


def _parse_row(line, cells, epoch):
    for column, value in cells.items():
        if value is FORMULA:
            raise HolidayError("formula", column=column)
    first, last = _parse_period(cells, epoch)
    kind = _parse_kind(cells["kind"])
    name = clean(cells.get("name") or "")
    if kind == "holiday":
        _check_holiday(name, cells)
        return [Entry(line, kind, first, last, name, 0.0, "0")]
    hours = _parse_hours(cells.get("hours"))
    weekday = _parse_weekday(cells.get("weekday"))
    return [
        Entry(line, kind, day, day, name, hours, weekday)
        for day in Entry(line, kind, first, last, name, hours, weekday).days
    ]


def _parse_period(cells, epoch):
    if cells["date_from"] is None:
        raise HolidayError("no_date", column="date_from")
    days = []
    for column in ("date_from", "date_to"):
        value = cells.get(column)
        try:
            days.append(days[0] if value is None else parse_date(value, epoch))
        except HolidayError as problem:
            problem.column = column
            raise
    first, last = days
    if last < first:
        raise HolidayError("ends_before", column="date_to", first=first, last=last)
    if (last - first).days >= MAX_DAYS:
        raise HolidayError("too_long", column="date_to", first=first, last=last)
    return first, last


def _parse_kind(value):
    text = clean(value or "")
    for kind, labels in KINDS.items():
        if text.lower() in labels:
            return kind
    raise HolidayError("kind" if text else "no_kind", column="kind", value=text[:40])


def _check_holiday(name, cells):
    if not name:
        raise HolidayError("no_name", column="name")
    for column in ("hours", "weekday"):
        if cells.get(column) is not None:
            raise HolidayError("only_workday", column=column)


def _parse_hours(value):
    if value is None:
        return 0.0
    try:
        hours = float(clean(value))
    except ValueError:
        hours = 0.0
    if not isfinite(hours) or not 0 < hours <= HOURS_PER_DAY:
        raise HolidayError("hours", column="hours", value=clean(value)[:40])
    return hours


def _parse_weekday(value):
    if value is None:
        return "0"
    text = clean(value)
    for weekday, labels in enumerate(WEEKDAYS):
        if text.lower() in labels:
            return str(weekday)
    raise HolidayError("weekday", column="weekday", value=text[:40])
