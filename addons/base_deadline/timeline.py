"""Working time as plain data: no ORM, no database."""

from bisect import bisect_left, bisect_right
from datetime import timedelta
from itertools import accumulate
from typing import NamedTuple

from odoo.tools.date_utils import localized, to_timezone

#: Half a second in hours, so that sums of floats meet the end of a span.
EPSILON = 0.5 / 3600


def merge_spans(spans):
    """Return ``(start, stop)`` pairs sorted, without overlaps and empty ones.

    >>> merge_spans([(5, 7), (1, 2), (6, 9), (3, 3)])
    [(1, 2), (5, 9)]
    """
    merged = []
    for start, stop in sorted(spans):
        if start >= stop:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


class Schedule(NamedTuple):
    """What a plan needs to know about a calendar besides its working time."""

    tz: str
    hours_per_day: float
    company_id: int | bool


class Timeline:
    """The working spans of one calendar between two midnights.

    All moments are naive UTC; days are dates in the calendar's own timezone.

    :param spans: disjoint, sorted ``(start, stop)`` pairs
    :param tzinfo: timezone of the calendar
    """

    def __init__(self, spans, tzinfo):
        self._to_local = to_timezone(tzinfo)
        self._starts = [start for start, _stop in spans]
        self._stops = [stop for _start, stop in spans]
        self._dates = [self._local_date(start) for start in self._starts]
        self._closing = dict(zip(self._dates, self._stops, strict=True))
        self._days = sorted(self._closing)
        lengths = [(stop - start).total_seconds() / 3600 for start, stop in spans]
        self._hours = [0.0, *accumulate(lengths)]
        self._shares = [0.0, *accumulate(self._get_day_shares(lengths))]

    def add_hours(self, moment, hours):
        """Return the moment ``hours`` of working time later, earlier if negative.

        :return: None when the timeline is too short
        """
        return self._advance(self._hours, moment, hours)

    def add_days(self, moment, days):
        """Return the moment ``days`` working days later; a short day counts as one.

        :return: None when the timeline is too short
        """
        return self._advance(self._shares, moment, days, EPSILON / 24)

    def get_closing(self, moment):
        """Return the end of work of this day, or of the next one if work is over."""
        index = bisect_left(self._stops, moment)
        return self._closing[self._dates[index]] if index < len(self._dates) else None

    def get_closing_before(self, moment, days):
        """Return the end of work ``days`` working days before the day of ``moment``."""
        index = bisect_left(self._days, self._local_date(moment)) - days
        return (
            self._closing[self._days[index]] if 0 <= index < len(self._days) else None
        )

    def count_hours(self, start, stop):
        """Return the working hours between two moments."""
        return self._position(self._hours, stop) - self._position(self._hours, start)

    def _local_date(self, moment):
        return self._to_local(localized(moment)).date()

    def _get_day_shares(self, lengths):
        """Return for each span which part of its working day it is."""
        totals = dict.fromkeys(self._dates, 0.0)
        for date, hours in zip(self._dates, lengths, strict=True):
            totals[date] += hours
        return [
            hours / totals[date]
            for date, hours in zip(self._dates, lengths, strict=True)
        ]

    def _position(self, totals, moment):
        """Return how much of ``totals`` has passed at the moment."""
        index = bisect_right(self._starts, moment) - 1
        if index < 0:
            return 0.0
        start, stop = self._starts[index], self._stops[index]
        part = min((moment - start) / (stop - start), 1.0)
        return totals[index] + part * (totals[index + 1] - totals[index])

    def _advance(self, totals, moment, amount, epsilon=EPSILON):
        if not amount:
            return self._get_opening(moment)
        target = self._position(totals, moment) + amount
        # A sum that ends with a span belongs to its end going forward, to the
        # start of the next one going backward.
        if amount > 0:
            index = bisect_left(totals, target - epsilon) - 1
        else:
            index = bisect_right(totals, target + epsilon) - 1
        if not 0 <= index < len(self._starts):
            return None
        start, stop = self._starts[index], self._stops[index]
        part = (target - totals[index]) / (totals[index + 1] - totals[index])
        seconds = (stop - start).total_seconds() * min(max(part, 0.0), 1.0)
        return start + timedelta(seconds=round(seconds))

    def _get_opening(self, moment):
        """Return the moment itself during work, else the next start of work."""
        index = bisect_right(self._stops, moment)
        return max(moment, self._starts[index]) if index < len(self._starts) else None
