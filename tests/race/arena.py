"""The scratch database, the workers and the simultaneous start of a race."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("worker.py")
#: Seconds between the order to start and the start itself.
LEAD = 0.004
#: One call starts this much after the others, a different one in each round.
OFFSETS = (0, 0, 0.002, -0.002, 0.005, -0.005, 0.01, -0.01, 0.02, -0.02, 0.04, -0.04)


@dataclass
class Outcome:
    """What came out of the rounds of one case."""

    case: str
    rounds: int
    tag: str
    statuses: Counter = field(default_factory=Counter)
    details: Counter = field(default_factory=Counter)
    patterns: Counter = field(default_factory=Counter)
    retries: int = 0
    seconds: float = 0.0
    violations: int = 0

    def add(self, answers):
        """Count the answers of one round."""
        self.patterns[" + ".join(answer["status"] for answer in answers)] += 1
        for answer in answers:
            self.statuses[answer["status"]] += 1
            self.retries += answer["retries"]
            if answer["detail"]:
                self.details[answer["detail"][:120]] += 1

    def tell(self):
        patterns = ", ".join(
            f"{n} x {text}" for text, n in self.patterns.most_common(4)
        )
        return (
            f"{self.case:32} rounds {self.rounds:4}  violations {self.violations:3}  "
            f"retries {self.retries:4}  {self.seconds:6.1f} s  {patterns}"
        )


class Arena:
    """Holds the workers for as long as it lives."""

    def __init__(self, database, size, log):
        self.database = database
        self.told = []
        self._log = Path(log).open("w", encoding="utf-8")  # noqa: SIM115 - see close
        self.workers = [self._start() for _index in range(size)]
        for worker in self.workers:
            self._ask(worker, {"do": "ready"})
        for worker in self.workers:
            self._answer(worker)

    def grow(self, size):
        """Start further workers, so that more callers meet."""
        added = [self._start() for _index in range(size - len(self.workers))]
        self.workers += added
        for worker in added:
            self._ask(worker, {"do": "ready"})
        for worker in added:
            self._answer(worker)

    def close(self):
        for worker in self.workers:
            worker.stdin.close()
            worker.wait(30)
        self._log.close()

    def query(self, statement, *values):
        """Return rows of the committed state, without Odoo."""
        connection = psycopg2.connect(dbname=self.database)
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    # === RACES === #

    def race(self, module, case, rounds, serial=False, disable=None):
        """Run the rounds of a case and return their outcome.

        :param module: the name of the module with the case, :param case: its function
        :param serial: the calls of a round one after another
        :param disable: guards taken away in every worker, each ``[model, method]``
        """
        tag = f"race {time.time_ns()} {case}"
        request = {"do": "prepare", "module": module, "case": case}
        plan = self._do(self.workers[0], {**request, "rounds": rounds, "tag": tag})
        outcome = Outcome(case + (" (serial)" if serial else ""), rounds, tag)
        if disable:
            outcome.case += " (no guard)"
        started = time.monotonic()
        for number, calls in enumerate(plan):
            start = self._run_serial if serial else self._run_together
            outcome.add(start(calls, number, disable))
        outcome.seconds = time.monotonic() - started
        self.told.append(outcome)
        return outcome

    def _run_together(self, calls, number, disable):
        offset = OFFSETS[number % len(OFFSETS)]
        start = time.monotonic() + LEAD + max(0, -offset)
        workers = self.workers[: len(calls)]
        for index, (worker, call) in enumerate(zip(workers, calls, strict=True)):
            at = start + offset * (index == len(calls) - 1)
            self._ask(worker, self._request(call, at, disable))
        return [self._answer(worker) for worker in workers]

    def _run_serial(self, calls, _number, disable):
        return [
            self._do(worker, self._request(call, 0, disable))
            for worker, call in zip(self.workers, calls, strict=False)
        ]

    def _request(self, call, at, disable):
        return {"do": "call", "call": call, "at": at, "disable": disable}

    # === WORKERS === #

    def _start(self):
        return subprocess.Popen(
            [sys.executable, str(WORKER), self.database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def _do(self, worker, request):
        self._ask(worker, request)
        return self._answer(worker)

    def _ask(self, worker, request):
        worker.stdin.write(json.dumps(request) + "\n")
        worker.stdin.flush()

    def _answer(self, worker):
        line = worker.stdout.readline()
        if not line:
            raise RuntimeError(f"A worker ended; its words are in {self._log.name}")
        answer = json.loads(line)
        if isinstance(answer, dict) and "failure" in answer:
            raise RuntimeError(f"{answer['failure']}; see {self._log.name}")
        return answer


def make_database():
    """Return the name of a database in which commits do no harm.

    A fresh copy of the template, never the database of the tests: ours commit.
    """
    if name := os.environ.get("YEWU_RACE_DATABASE"):
        return name
    name = os.environ.get("YEWU_TEST_DB", "test") + "-race"
    command = [sys.executable, ROOT / "scripts/db.py", "clone", name]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"No scratch database for the races: {result.stderr[-800:]}")
    return name


def drop_database(name):
    """Remove the copy; a database of the caller's own stays."""
    if not os.environ.get("YEWU_RACE_DATABASE"):
        command = [sys.executable, ROOT / "scripts/db.py", "drop", name]
        subprocess.run(command, check=False)
