"""Runs the benchmarks and writes bench/results.json.

./yewu bench            all 830 orders of the sample, about half an hour
./yewu bench --few      the 60 orders that the tests replay
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import replay  # noqa: E402 - needs the path above


def clone(database):
    """Make a fresh database with all add-ons."""
    script = HERE.parent / "scripts/db.py"
    subprocess.run([sys.executable, script, "clone", database], check=True)
    return database


def main():
    database = os.environ.get("YEWU_REPLAY_DATABASE") or clone(replay.DATABASE)
    customers = replay.CHOSEN if "--few" in sys.argv else None
    results, differing = replay.measure(database, customers)
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    for row in results:
        print(f"{row['case']:<24} {row['size']:>12} {row['ours']:>12} {row['metric']}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
