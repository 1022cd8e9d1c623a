"""What a caller may send, and the arithmetic of periods and places; no ORM."""

import datetime
from math import asin, cos, radians, sin, sqrt

from .const import MAX_DAYS

EARTH_KM = 6371.0
ONE_DAY = datetime.timedelta(days=1)
#: Dates outside cannot be meant.
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)


def read_date(value):
    """Return the date a caller sent, or None for anything else.

    >>> read_date("2026-03-01"), read_date(datetime.date(2026, 3, 1)).day
    (datetime.date(2026, 3, 1), 1)
    >>> [read_date(value) for value in ("2026-02-30", 7, float("nan"), "9999-01-01")]
    [None, None, None, None]
    """
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value[:10])
        except ValueError:
            return None
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not isinstance(value, datetime.date):
        return None
    return value if FIRST <= value <= LAST else None


def is_period(start, end):
    """Return whether two dates make a period that may be searched or booked.

    >>> one, two = datetime.date(2026, 3, 1), datetime.date(2026, 3, 2)
    >>> is_period(one, two), is_period(one, one), is_period(two, one)
    (True, True, False)
    """
    return bool(start and end and start <= end and (end - start).days < MAX_DAYS)


def is_id(value):
    """Return whether a value may be the id of a record.

    >>> [is_id(value) for value in (7, 0, True, "7", 2**40)]
    [True, False, False, False, False]
    """
    return type(value) is int and 0 < value < 2**31


def is_whole(value, least, most):
    """Return whether a value is a whole number within bounds, no truth value.

    >>> is_whole(3, 1, 5), is_whole(True, 1, 5), is_whole(2.0, 1, 5), is_whole(9, 1, 5)
    (True, False, False, False)
    """
    return type(value) is int and least <= value <= most


def overlaps(first, second):
    """Return whether two inclusive periods share a day.

    >>> overlaps((1, 3), (3, 5)), overlaps((1, 3), (4, 5))
    (True, False)
    """
    return first[0] <= second[1] and second[0] <= first[1]


def find_gap(busy, start, days):
    """Return the first day from ``start`` on that begins ``days`` free days.

    >>> day = datetime.date
    >>> find_gap([(day(2026, 3, 5), day(2026, 3, 9))], day(2026, 3, 1), 5)
    datetime.date(2026, 3, 10)
    >>> find_gap([(day(2026, 3, 5), day(2026, 3, 9))], day(2026, 3, 1), 4)
    datetime.date(2026, 3, 1)
    """
    for first, last in sorted(busy):
        if last < start:
            continue
        if (first - start).days >= days:
            break
        start = max(start, last + ONE_DAY)
    return start


def get_distance(one, two):
    """Return the kilometres between two WGS-84 points (latitude, longitude).

    >>> round(get_distance((22.54, 114.05), (22.60, 114.05)), 1)
    6.7
    """
    (lat1, lon1), (lat2, lon2) = (map(radians, point) for point in (one, two))
    arc = sin((lat2 - lat1) / 2) ** 2
    arc += cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(arc))
