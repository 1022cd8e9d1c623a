"""The rules by which the sample's orders are replayed: plain data, no Odoo.

Both the replay through Odoo and the independent oracle take their world from here:
which customer has which limit and contract, who pays when, who rejects what. What the
company decides by itself (exposure, exceptions, steps, holds) is computed twice.
"""

import csv
import datetime
import heapq
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

#: Credit limits by the customer's place in customers.csv; None is "no control".
LIMITS = (1000, 600, 1500, 3000, 4000, 800, None)
#: A framework contract for two customers of three, valid between these days.
CONTRACT_START = datetime.date(1996, 7, 1)
CONTRACT_END = datetime.date(1997, 12, 31)
#: Every eleventh customer, from the sixth, is put on credit hold from this day on.
HOLD_PLACE, HOLD_EVERY = 5, 11
HOLD_FROM = datetime.date(1997, 10, 1)
#: Every third customer may be this many days overdue; the others without end.
OVERDUE_DAYS = 30
#: Until the spring of 1997 the prices of the list were a fifth lower.
OLD_PRICES_UNTIL = datetime.date(1997, 3, 31)
OLD_PRICE_SHARE = Decimal("0.8")
#: The supervisor may sell down to nine tenths of the list price.
SUPERVISOR_PERCENT = 90
#: Days from the later of delivery and required date to the payment, by order number.
PAYMENT_DAYS = (0, 10, 20, 30, 60)
#: The higher authority rejects what exceeds this multiple of the limit.
REJECTED_ABOVE = Decimal("1.5")
#: Days the reviewers take, by order number.
REVIEW_DAYS = (0, 5, 10, 20)
#: What happens to an order, in the sequence of one day.
STAGES = ("invoiced", "paid", "received", "ordered", "decided")


@dataclass(frozen=True)
class Customer:
    """What the company grants one customer."""

    code: str
    limit: int | None
    has_contract: bool
    is_held_later: bool
    overdue_days: int  # 0: never held for overdue items


@dataclass(frozen=True)
class Order:
    """What happens to one order, as far as the sample and the rules tell."""

    code: str
    customer: str
    ordered: datetime.date
    decided: datetime.date
    invoiced: datetime.date | None
    paid: datetime.date | None
    received: datetime.date | None


def read(folder, file):
    with (Path(folder) / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def to_date(cell):
    return None if cell == "NULL" else datetime.date.fromisoformat(cell[:10])


def get_customers(folder):
    """Return the customers by their id."""
    return {
        row[0]: Customer(
            code=row[0],
            limit=LIMITS[place % len(LIMITS)],
            has_contract=place % 3 != 0,
            is_held_later=place % HOLD_EVERY == HOLD_PLACE,
            overdue_days=OVERDUE_DAYS if place % 3 == 1 else 0,
        )
        for place, row in enumerate(read(folder, "customers.csv"))
    }


def get_orders(folder):
    """Return every order of the sample, the oldest first."""
    rows = read(folder, "orders.csv")
    orders = [make_order(*row[:2], *map(to_date, row[3:6])) for row in rows]
    return sorted(orders, key=lambda order: (order.ordered, order.code))


def make_order(code, customer, ordered, required, shipped):
    """Invoice on the day of delivery; the rest follows by the order's number."""
    number = int(code)
    decided = ordered + days(REVIEW_DAYS[number % len(REVIEW_DAYS)])
    if not shipped:
        return Order(code, customer, ordered, decided, None, None, None)
    wait = PAYMENT_DAYS[number % len(PAYMENT_DAYS)]
    invoiced = max(shipped, decided)
    paid = max(required, invoiced) + days(wait)
    received = paid + days(number % 3)
    return Order(code, customer, ordered, decided, invoiced, paid, received)


def days(count):
    return datetime.timedelta(days=count)


def shift(order, day):
    """Return the order as it goes on when it is confirmed on ``day``."""
    late = day - order.decided
    later = {
        name: getattr(order, name) + late
        for name in ("invoiced", "paid", "received")
        if getattr(order, name)
    }
    return replace(order, **later)


def play(orders, actor):
    """Let ``actor`` live through the orders day by day.

    The actor has a method per stage, ``actor.ordered(day, order)`` and so on, which
    returns the codes of the orders that were confirmed by it. On one day invoices come
    first, then payments, arrivals, new orders and decisions.
    """
    by_code = {order.code: order for order in orders}
    queue = []

    def plan(order, *stages):
        for stage in stages:
            if day := getattr(order, stage):
                heapq.heappush(queue, (day, STAGES.index(stage), order.code))

    for order in orders:
        plan(order, "ordered", "decided")
    while queue:
        day, place, code = heapq.heappop(queue)
        for confirmed in getattr(actor, STAGES[place])(day, by_code[code]):
            order = by_code[confirmed] = shift(by_code[confirmed], day)
            plan(order, "invoiced", "paid", "received")
