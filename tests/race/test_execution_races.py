"""What two people do with one document of an order in execution happens once."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "40"))
#: Instructions with other versions than one.
VERSIONS = """
    SELECT i.id FROM production_instruction i
      JOIN sale_order o ON o.id = i.order_id
     WHERE o.client_order_ref = %s
       AND (i.version <> 1 OR 1 <> (SELECT count(*)
              FROM production_instruction_version v WHERE v.instruction_id = i.id))
"""
#: Instructions that do not stand at the second version, or whose second version was
#: taken over by somebody who read the first.
UNREAD = """
    SELECT i.id FROM production_instruction i
      JOIN sale_order o ON o.id = i.order_id
     WHERE o.client_order_ref = %s
       AND (i.version <> 2 OR i.state <> 'issued' OR EXISTS (
            SELECT FROM production_instruction_version v
             WHERE v.instruction_id = i.id AND v.number = 2
               AND v.acknowledged_on IS NOT NULL))
"""
UNSOLVED = """
    SELECT id FROM production_progress
     WHERE note = %s AND (problem_state <> 'solved' OR solution IS NULL)
"""
#: Escalations on which a rung was passed over, or asked twice.
JUMPED = """
    SELECT e.id FROM order_escalation e
      LEFT JOIN LATERAL (
        SELECT count(*) AS asked FROM order_escalation_hop h
         WHERE h.escalation_id = e.id AND h.said = e.subject) hops ON TRUE
     WHERE e.subject = %s AND hops.asked <> 2
"""
STATEMENTS = {
    "issue_twice": VERSIONS,
    "solve_twice": UNSOLVED,
    "climb_twice": JUMPED,
}


@pytest.mark.parametrize("case", STATEMENTS)
@pytest.mark.parametrize("serial", [False, True], ids=["race", "serial"])
def test_once(arena, case, serial):
    """OCM-14, MRC-04, OCM-79: one of two succeeds, the other is told."""
    outcome = arena.race("execution_cases", case, ROUNDS, serial=serial)

    outcome.violations = len(arena.query(STATEMENTS[case], outcome.tag))
    assert outcome.violations == 0
    assert outcome.statuses["ok"] == ROUNDS, outcome.details
    assert outcome.statuses["refused"] == ROUNDS, outcome.details
    assert serial or outcome.retries > ROUNDS / 10, "the calls did not meet"


def test_production_takes_over_what_it_has_read(arena):
    """MRC-03: a change wins over the acknowledgement of the version before."""
    outcome = arena.race("execution_cases", "acknowledge_and_change", ROUNDS)

    outcome.violations = len(arena.query(UNREAD, outcome.tag))
    assert outcome.violations == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"
