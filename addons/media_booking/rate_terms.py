"""How many days, weeks, months or periods a rate is charged for, without the ORM."""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

WEEK = 7


class Tariff(NamedTuple):
    """A price per unit that holds from one day to another, both included.

    ``rank`` compares two tariffs of one day: the greater one is the more specific.
    """

    rank: tuple
    date_from: date
    date_to: date
    unit: str
    min_days: int
    price: float


def count_months(first, last):
    """Return the months from one day to another, both included.

    Months are counted from the first day on; what is left is a share of the next one.

    >>> count_months(date(2026, 3, 1), date(2026, 3, 31))
    1.0
    >>> count_months(date(2026, 1, 15), date(2026, 3, 14))
    2.0
    >>> count_months(date(2026, 4, 1), date(2026, 4, 15))
    0.5
    """
    end = last + timedelta(days=1)
    between = relativedelta(end, first)
    months = between.years * 12 + between.months
    start, following = (
        first + relativedelta(months=months + step) for step in range(2)
    )
    return months + (end - start).days / (following - start).days


def count_units(tariff, first, last):
    """Return how often the price of a tariff is charged.

    >>> year = date(2026, 1, 1), date(2026, 12, 31)
    >>> count_units(Tariff((), *year, "period", 14, 1), *year) * 14
    365.0
    """
    days = (last - first).days + 1
    if tariff.unit == "month":
        return count_months(first, last)
    return days / {"day": 1, "week": WEEK, "period": tariff.min_days}[tariff.unit]


def price_period(tariffs, first, last):
    """Return the price of a period, or None when a day of it has no tariff.

    The most specific tariff of each day wins; days in a row with the same tariff are
    charged together.
    """
    total = 0.0
    for tariff, start, end in _split(tariffs, first, last):
        if tariff is None:
            return None
        total += count_units(tariff, start, end) * tariff.price
    return total


def _split(tariffs, first, last):
    """Yield the tariff of each stretch of days, and the stretch."""
    one_day = timedelta(days=1)
    starts = {first}
    for tariff in tariffs:
        starts |= {tariff.date_from, tariff.date_to + one_day}
    starts = sorted(day for day in starts if first <= day <= last)
    stretches = []
    for day in starts:
        holding = [t for t in tariffs if t.date_from <= day <= t.date_to]
        best = max(holding, key=lambda tariff: tariff.rank, default=None)
        if not stretches or stretches[-1][0] != best:
            stretches.append((best, day))
    ends = [day - one_day for _tariff, day in stretches[1:]] + [last]
    for (tariff, start), end in zip(stretches, ends, strict=True):
        yield tariff, start, end
