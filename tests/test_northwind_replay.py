"""Sixty real orders go through review, credit and receivables, day by day.

``data/northwind_replay_golden.csv`` states what must come out. It is checked twice: by
plain arithmetic on the sample (no Odoo) and by the replay. After a deliberate change of
the rules write it anew: ``./yewu python bench/replay.py --golden``.
"""

import csv
import tempfile
from dataclasses import fields
from pathlib import Path

from freezegun import freeze_time
from northwind.loader import Loader
from northwind.oracle import Oracle, Verdict
from northwind.replay import Replay
from northwind.sample import CHOSEN, choose_orders, copy_sample

from odoo.tests import TransactionCase

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests/data/northwind"
GOLDEN = ROOT / "tests/data/northwind_replay_golden.csv"
COUNT = 60


def read_golden():
    with GOLDEN.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == [field.name for field in fields(Verdict)]
    return rows


def as_rows(verdicts):
    return [verdict.as_row() for _code, verdict in sorted(verdicts.items())]


def test_the_golden_table_follows_from_the_sample():
    """ORD-06, ORD-10: exposure and reasons, computed without Odoo."""
    verdicts = Oracle(SAMPLE).judge(choose_orders(SAMPLE, CHOSEN))

    assert as_rows(verdicts) == read_golden()


def test_the_golden_table_is_worth_its_name():
    """Every kind of decision occurs in it."""
    rows = [
        dict(zip([f.name for f in fields(Verdict)], row, strict=True))
        for row in read_golden()
    ]

    assert len(rows) == COUNT
    for column, values in {
        "price": "01",
        "credit": "01",
        "contract": "01",
        "steps": "12",
        "decision": ("approved", "rejected"),
        "hold_codes": ("", "credit", "overdue", "overdue,credit", "credit_hold"),
    }.items():
        assert {row[column] for row in rows} == set(values), column


class TestNorthwindReplay(TransactionCase):
    def test_the_replay_equals_the_golden_table(self):
        """ORD-07, ORD-08, ORD-09, ORD-10, ORD-13: two years of decisions."""
        orders = choose_orders(SAMPLE, CHOSEN)
        with tempfile.TemporaryDirectory() as folder:
            copy_sample(SAMPLE, folder, orders)
            Loader(self.env, folder).run()
            with freeze_time("1996-07-01") as frozen:
                replay = Replay(self.env, folder, frozen.move_to)
                verdicts = replay.run(orders)
            loaded_again = Loader(self.env, folder).run()

        self.maxDiff = None
        self.assertEqual(as_rows(verdicts), read_golden())
        self.assertEqual(loaded_again.written, 0)
