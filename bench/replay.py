"""Replays all 830 orders of the sample and compares each with the oracle.

./yewu python bench/replay.py            measure; exit 1 on any difference
./yewu python bench/replay.py --golden   write the golden table of the tests anew
"""

import csv
import json
import os
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from northwind.oracle import Oracle, Verdict  # noqa: E402 - needs the path above
from northwind.sample import CHOSEN, choose_orders  # noqa: E402

SAMPLE = ROOT / "tests/data/northwind"
GOLDEN = ROOT / "tests/data/northwind_replay_golden.csv"
DATABASE = "bench-replay"


def measure(database, customers=None):
    """Load and replay within one transaction that is rolled back.

    :return: (the rows of ``bench/results.json``, the orders that differ)
    """
    # Odoo and the clock of the tests are needed for the replay only.
    from freezegun import freeze_time  # noqa: PLC0415

    orders = choose_orders(SAMPLE, customers)
    expected = Oracle(SAMPLE).judge(orders)
    started = time.perf_counter()
    with open_environment(database) as env:
        from northwind.loader import Loader  # noqa: PLC0415
        from northwind.replay import Replay  # noqa: PLC0415

        Loader(env, SAMPLE).run()
        loaded = time.perf_counter()
        with freeze_time("1996-07-01") as frozen:
            verdicts = Replay(env, SAMPLE, frozen.move_to).run(orders)
        replayed = time.perf_counter()
        env.cr.rollback()
    differing = [code for code in expected if verdicts.get(code) != expected[code]]
    for code in differing[:20]:
        print(f"{code}\n  oracle {expected[code]}\n  odoo   {verdicts.get(code)}")
    return [
        as_result("northwind.load", (loaded - started) * 1000, len(orders)),
        as_result("northwind.replay", (replayed - loaded) * 1000, len(orders)),
        as_result("northwind.differences", len(differing), len(orders)),
    ], differing


def as_result(case, value, count):
    """Return one row of ``bench/results.json``."""
    return {
        "case": case,
        "size": f"{count} orders",
        "metric": "count" if case.endswith("differences") else "wall_ms",
        "ours": round(value, 1),
        "raw_sql": None,
        "peer": None,
        "peer_name": None,
    }


def open_environment(database):
    """Return a context manager of an environment on the database."""
    import contextlib  # noqa: PLC0415

    import odoo.init  # noqa: F401, PLC0415 - sets the interpreter up
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415
    from odoo.modules.registry import Registry  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    @contextlib.contextmanager
    def environment():
        arguments = ["-d", database, "--no-http", "--log-level=error"]
        config.parse_config(arguments, setup_logging=True)
        with Registry(database).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    return environment()


def write_golden():
    verdicts = Oracle(SAMPLE).judge(choose_orders(SAMPLE, CHOSEN))
    with GOLDEN.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(field.name for field in fields(Verdict))
        writer.writerows(
            verdict.as_row() for _code, verdict in sorted(verdicts.items())
        )


def main():
    if "--golden" in sys.argv:
        return write_golden()
    database = os.environ.get("YEWU_REPLAY_DATABASE")
    if not database:
        database = DATABASE
        subprocess.run(
            [sys.executable, ROOT / "scripts/db.py", "clone", database], check=True
        )
    results, differing = measure(database, CHOSEN if "--few" in sys.argv else None)
    print(json.dumps(results, indent=1))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
