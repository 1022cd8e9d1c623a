"""An arena for each kind of races; the table of all is told at the end."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from arena import Arena, drop_database, make_database

TOLD = []


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    """Yield workers on a database of their own, with its own switches."""
    database = make_database()
    log = tmp_path_factory.mktemp("race") / "workers.log"
    arena = Arena(database, 3, log)
    try:
        yield arena
    finally:
        arena.close()
        TOLD.extend(arena.told)
        drop_database(database)


def pytest_terminal_summary(terminalreporter):
    if TOLD:
        terminalreporter.section("races")
        for outcome in TOLD:
            terminalreporter.write_line(outcome.tell())
