"""Bookings of one face made at one moment never overlap, and leave nobody waiting."""

import os
from contextlib import closing

import psycopg2
import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "15"))
CONTROL_ROUNDS = 12
LIVE = "('hold', 'booked', 'posted', 'removed')"
#: Every row of the faces that a race made, found without the add-on's help.
ROWS = """
    WITH row AS (
        SELECT b.*, daterange(b.date_from, b.date_to, '[]') AS period
          FROM media_booking b
          JOIN media_face f ON f.id = b.face_id
          JOIN media_site s ON s.id = f.site_id
         WHERE s.code = %s
    )
"""
PAIRS = f"""
    {ROWS} SELECT count(*) FROM row a JOIN row b
        ON a.id < b.id AND a.face_id = b.face_id AND a.slot = b.slot
       AND a.period && b.period
     WHERE a.state IN {LIVE} AND b.state IN {LIVE}
"""
#: A composite face is booked with all its parts, or with a row too few.
TORN = f"""
    {ROWS} SELECT count(*) FROM row a
      JOIN media_face_component_rel r ON r.composite_id = a.face_id
     WHERE a.state IN {LIVE} AND NOT EXISTS (
        SELECT FROM row b WHERE b.parent_id = a.id AND b.face_id = r.component_id
           AND b.state = a.state AND b.period = a.period)
"""
#: Options that could be holds, if somebody had looked.
FORGOTTEN = f"""
    {ROWS} SELECT count(*) FROM row a WHERE a.state = 'option' AND NOT EXISTS (
        SELECT FROM row b WHERE b.state IN {LIVE} AND b.face_id = a.face_id
           AND b.period && a.period)
"""
#: What a refused or given-up call left behind: rows without history, or the reverse.
TRACES = f"""
    {ROWS} SELECT count(*) FROM row a WHERE a.parent_id IS NULL
       AND NOT EXISTS (SELECT FROM media_booking_event e WHERE e.booking_id = a.id)
"""
HEADS = f"{ROWS} SELECT count(*) FROM row WHERE parent_id IS NULL"
#: The same calls, once and for all: (case, how many of a round's calls succeed).
CASES = {
    "hold_and_hold": 1,
    "hold_packages": 1,
    "contest_lapsed": 1,
    "fill_loop": 3,
}
OTHERS = (
    "hold_shifted",
    "promote_and_release",
    "queue_and_release",
    "book_and_hold",
    "move_and_hold",
    "whole_and_parts",
    "restructure_and_hold",
)
CONSTRAINT = "media_booking_overlap_excl"


@pytest.fixture(scope="module")
def crowd(arena):
    """Six callers instead of three."""
    arena.grow(6)
    return arena


def count_wrong(arena, outcome):
    """Count what must never be; keep it for the table of the run."""
    outcome.violations = sum(
        arena.query(statement, outcome.tag)[0][0]
        for statement in (PAIRS, TORN, FORGOTTEN, TRACES)
    )
    return outcome.violations


def count_given_up(outcome):
    """Count the calls that Odoo gave up after its tries; nothing else may fail."""
    given_up = sum(
        number
        for detail, number in outcome.details.items()
        if detail.startswith(("SerializationFailure", "DeadlockDetected"))
    )
    assert outcome.statuses["error"] == given_up, outcome.details
    return given_up


@pytest.mark.parametrize("case", CASES)
def test_as_many_as_fit(crowd, case):
    """ADV-06: of all who ask at once exactly as many get the face as fit."""
    outcome = crowd.race("media_cases", case, ROUNDS)

    assert count_wrong(crowd, outcome) == 0
    given_up = count_given_up(outcome)
    assert outcome.statuses["ok"] <= CASES[case] * ROUNDS
    assert outcome.statuses["ok"] + given_up >= CASES[case] * ROUNDS


@pytest.mark.parametrize("case", OTHERS)
def test_nothing_doubled_nobody_forgotten(crowd, case):
    """ADV-06: no overlap, no torn composite, no option left without a hold ahead."""
    outcome = crowd.race("media_cases", case, ROUNDS)

    assert count_wrong(crowd, outcome) == 0
    count_given_up(outcome)
    assert outcome.statuses["ok"] >= ROUNDS


@pytest.mark.parametrize("case", [*CASES, *OTHERS])
def test_one_after_another(crowd, case):
    """Serial control: the rule itself refuses the others, in words."""
    outcome = crowd.race("media_cases", case, CONTROL_ROUNDS, serial=True)

    assert count_wrong(crowd, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details
    if case in CASES:
        assert outcome.statuses["ok"] == CASES[case] * CONTROL_ROUNDS
        assert all("free" in detail for detail in outcome.details), outcome.details


def test_without_the_constraint_it_doubles(crowd):
    """Negative control: with the constraint dropped this race is lost."""
    definition = crowd.query(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
        CONSTRAINT,
    )[0][0]
    alter(crowd, f"DROP CONSTRAINT {CONSTRAINT}")
    try:
        outcome = crowd.race("media_cases", "hold_and_hold", CONTROL_ROUNDS)
        doubled = count_wrong(crowd, outcome)
        remove(crowd, outcome.tag)
    finally:
        alter(crowd, f"ADD CONSTRAINT {CONSTRAINT} {definition}")
    outcome.case += " (no constraint)"

    assert doubled >= 1


def alter(arena, change):
    execute(arena, f"ALTER TABLE media_booking {change}")


def remove(arena, tag):
    """Take away the doubled rows, so that the constraint can return."""
    execute(
        arena,
        "UPDATE media_booking SET state = 'cancelled' WHERE face_id IN"
        " (SELECT f.id FROM media_face f JOIN media_site s ON s.id = f.site_id"
        " WHERE s.code = %s)",
        tag,
    )


def execute(arena, statement, *values):
    with (
        closing(psycopg2.connect(dbname=arena.database)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
