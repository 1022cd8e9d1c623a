"""One arena for all races of a run; its table is told at the end."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from arena import Arena, drop_database, make_database

TOLD = []


@pytest.fixture(scope="session")
def arena(tmp_path_factory):
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
