"""The answer of the availability board, apart from the ORM."""

import operator
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda price, values: price in values,
}
DAY = timedelta(days=1)


class Window(NamedTuple):
    """The days that are looked at, both ends included."""

    date_from: date
    date_to: date


class Occupation(NamedTuple):
    """A booking on a row of the board; ``is_readable`` tells whose it may be told."""

    id: int
    date_from: date
    date_to: date
    state: str
    kind: str
    slot: int
    hold_until: object
    partner: str | None
    is_readable: bool

    @property
    def is_shown(self):
        """An option takes nothing: those of others stay unknown."""
        return self.is_readable or self.state != "option"

    @property
    def shown_state(self):
        """The state as far as the reader may know it."""
        if self.kind == "maintenance":
            return "maintenance"
        if self.is_readable or self.state == "filler":
            return self.state
        return "taken"

    def make_bar(self):
        """Return first day, last day, state, label, id and detail, for the client."""
        bar = [self.date_from.isoformat(), self.date_to.isoformat(), self.shown_state]
        if not self.is_readable:
            return [*bar, "", 0]
        bar += [self.partner or "", self.id]
        if self.state == "hold" and self.hold_until:
            bar.append(self.hold_until.isoformat(" ", "seconds"))
        return bar


def stack_slots(occupations, slots, window):
    """Return the bars of a loop: how many of its slots are taken, and until when.

    >>> day = [date(2026, 1, number) for number in range(32) if number]
    >>> def taken(first, last):
    ...     return Occupation(
    ...         1, day[first], day[last], "booked", "paid", 1, None, None, False
    ...     )
    >>> stack_slots([taken(0, 9), taken(5, 19)], 2, Window(day[0], day[19]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [['2026-01-01', '2026-01-05', 'part', '1 / 2', 0],
     ['2026-01-06', '2026-01-10', 'full', '2 / 2', 0],
     ['2026-01-11', '2026-01-20', 'part', '1 / 2', 0]]
    """
    changes = Counter()
    for occupation in occupations:
        changes[max(occupation.date_from, window.date_from)] += 1
        changes[min(occupation.date_to, window.date_to) + DAY] -= 1
    bars, taken, since = [], 0, None
    for day in sorted(changes):
        if taken and changes[day]:
            bars.append(_make_share(since, day - DAY, taken, slots))
        if changes[day]:
            taken, since = taken + changes[day], day
    return bars


def _make_share(date_from, date_to, taken, slots):
    state = "full" if taken >= slots else "part"
    return [
        date_from.isoformat(),
        date_to.isoformat(),
        state,
        f"{taken} / {slots}",
        0,
    ]
