"""Which orders of the sample take part."""

import csv
import shutil
from pathlib import Path

from . import story

#: Six customers whose sixty orders meet every kind of decision.
CHOSEN = {"BLAUS", "BSBEV", "FURIB", "TRADH", "WARTH", "WHITC"}


def choose_orders(folder, customers=None):
    """Return the orders of these customers, or all."""
    orders = story.get_orders(folder)
    return [order for order in orders if not customers or order.customer in customers]


def copy_sample(folder, target, orders):
    """Copy the sample with these orders only."""
    codes = {order.code for order in orders}
    shutil.copytree(folder, target, dirs_exist_ok=True)
    for file in ("orders.csv", "order-details.csv"):
        with (Path(folder) / file).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        with (Path(target) / file).open("w", encoding="utf-8", newline="") as stream:
            kept = [row for row in rows if row[0] in codes]
            csv.writer(stream).writerows([header, *kept])
