"""Runs the benchmarks and writes bench/results.json.

./yewu bench                    everything, at all sizes: hours on a small machine
./yewu bench --few              small sizes only: about ten minutes
./yewu bench --only review      one part: replay, review, credit (several: a,b)
./yewu bench --sizes S,M        chosen sizes of review and credit
./yewu bench --no-peers         ours and the SQL by hand, without the peers
./yewu bench --reuse            databases of the last run with --keep, with their rows
./yewu bench --keep             do not remove the databases
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import databases  # noqa: E402 - needs the path above
import results  # noqa: E402 - needs the path above

PARTS = ("replay", "review", "credit")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--sizes", default="S,M,L")
    for option in ("few", "no-peers", "reuse", "keep"):
        parser.add_argument(f"--{option}", action="store_true")
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    if unknown := set(arguments.only) - set(PARTS):
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    if arguments.few:
        arguments.sizes = "S"
    return arguments


def run_replay(arguments):
    """Replay the sample orders; return the rows and whether all agree."""
    import replay  # noqa: PLC0415 - imports Odoo

    if not (database := os.environ.get("YEWU_REPLAY_DATABASE")):
        database = replay.DATABASE
        script = HERE.parent / "scripts/db.py"
        subprocess.run([sys.executable, script, "clone", database], check=True)
    few = replay.CHOSEN if arguments.few else None
    rows, differing = replay.measure(database, few)
    return rows, not differing


def run_suite(suite, arguments):
    """Measure one suite in a child and return its figures."""
    database = databases.prepare(suite, arguments.reuse)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.jsonl"
        command = [sys.executable, HERE / "worker.py", suite, database, file]
        environment = databases.get_environment(suite)
        subprocess.run([*command, arguments.sizes], check=True, env=environment)
        figures = [json.loads(line) for line in file.read_text().splitlines()]
    if not (arguments.keep or arguments.reuse):
        databases.drop(suite)
    return figures


def run_part(part, arguments):
    """Return the rows of a part and whether its answers are right."""
    if part == "replay":
        return run_replay(arguments)
    figures = run_suite(f"{part}_ours", arguments)
    if not arguments.no_peers:
        figures += run_suite(f"{part}_peer", arguments)
    return results.merge(figures), True


def main():
    arguments = parse_arguments()
    right = True
    for part in arguments.only:
        rows, is_right = run_part(part, arguments)
        results.save(rows)
        results.show(rows)
        right = right and is_right
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
