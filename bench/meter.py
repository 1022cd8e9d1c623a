"""What a call costs: queries, time of the processors, time on the clock."""

import gc
import os
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

#: Calls measured after one that only warms the caches up.
REPEAT = 9
#: Seconds after which a slow call is not repeated any more.
CAP = 20


class Figures(NamedTuple):
    """Medians of the measured calls."""

    queries: float
    cpu_ms: float
    wall_ms: float


class Meter:
    """Measures calls in one session of one database; nothing they do remains.

    CPU is what this process and the PostgreSQL process that serves it have used.  Each
    call starts with an empty record cache and warm caches of the registry, and ends
    with everything sent to the database.
    """

    def __init__(self, env, repeat=REPEAT):
        self.env = env
        self.cr = env.cr
        self.repeat = repeat
        self.cr.execute("SET max_parallel_workers_per_gather = 0")
        self.cr.execute("SELECT pg_backend_pid()")
        self.backend = self.cr.fetchone()[0]
        # What is there stays; collecting it before each call would empty the caches
        # of the processor.
        gc.collect()
        gc.freeze()

    def measure(self, call, prepare=None):
        """Return the figures of ``call()``.

        :param prepare: reads what a session at this point has read already
        """
        started = time.monotonic()
        first = self._run(call, prepare)
        if time.monotonic() - started > CAP / 2:
            return first
        runs = []
        while len(runs) < self.repeat:
            runs.append(self._run(call, prepare))
            if time.monotonic() - started > CAP:
                break
        return Figures(*(median(column) for column in zip(*runs, strict=True)))

    def _run(self, call, prepare=None):
        self.cr.flush()
        self.env.invalidate_all()
        if prepare:
            prepare()
        gc.collect()
        self.cr.execute("SAVEPOINT bench")
        queries, cpu, wall = self._read()
        call()
        self.cr.flush()
        now = self._read()
        self.cr.precommit.clear()
        self.cr.postcommit.clear()
        self.cr.execute("ROLLBACK TO SAVEPOINT bench")
        self.env.invalidate_all(flush=False)
        return Figures(now[0] - queries, (now[1] - cpu) * 1e3, (now[2] - wall) * 1e3)

    def _read(self):
        cpu = time.process_time() + read_cpu(self.backend)
        return self.cr.sql_log_count, cpu, time.perf_counter()


def read_cpu(pid):
    """Return the seconds a process on this machine has spent on a processor."""
    folder = Path("/proc") / str(pid)
    schedstat = folder / "schedstat"
    if schedstat.is_file():
        return int(schedstat.read_text().split()[0]) / 1e9
    # Without it the kernel only counts ticks, of a hundredth of a second.
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
