"""Departments, sellers and managers who act at once end in one outcome."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_FEASIBILITY_ROUNDS", "30"))
CONTROL_ROUNDS = 12
#: One row per order: what it says, its round, its review, the quantity, and how many
#: departments said feasible, not feasible, or are still asked.
ORDERS = """
    SELECT o.id, o.feasibility_state, f.state, r.state, l.product_uom_qty::int,
           COUNT(t.id) FILTER (WHERE t.state = 'approved'),
           COUNT(t.id) FILTER (WHERE t.state = 'rejected'),
           COUNT(t.id) FILTER (WHERE t.state IN ('todo', 'waiting'))
      FROM res_partner p
      JOIN sale_order o ON o.partner_id = p.id
      JOIN sale_order_line l ON l.order_id = o.id
      JOIN order_feasibility f ON f.order_id = o.id
      JOIN review_request r ON r.res_model = 'order.feasibility' AND r.res_id = f.id
 LEFT JOIN review_task t ON t.request_id = r.id
     WHERE p.ref = %s
  GROUP BY o.id, f.id, r.id, l.id
"""
FEASIBLE = ("feasible", "feasible", "approved", 1, 2, 0, 0)
INFEASIBLE = ("infeasible", "infeasible", "rejected", 1, 0, 1, 0)
#: One said feasible before the other did not.
DISPUTED = ("infeasible", "infeasible", "rejected", 1, 1, 1, 0)
#: Changed before or after the last answer: nothing counts any more.
VOID = ("none", "void", "superseded", 9, 1, 0, 0)
ANSWERED_THEN_VOID = ("none", "void", "superseded", 9, 2, 0, 0)
VOID_AT_ONCE = ("none", "void", "superseded", 9, 0, 0, 0)
#: Not feasible, then changed: the answer stays readable, the order is asked again.
INFEASIBLE_THEN_CHANGED = ("none", "infeasible", "rejected", 9, 0, 1, 0)
CASES = {
    "feasible_and_feasible": {FEASIBLE},
    "infeasible_and_infeasible": {INFEASIBLE},
    "feasible_and_infeasible": {INFEASIBLE, DISPUTED},
    "last_answer_and_edit": {VOID, ANSWERED_THEN_VOID},
    "infeasible_and_edit": {VOID_AT_ONCE, INFEASIBLE_THEN_CHANGED},
}
#: One row per order: whether it is cancelled, what the desk says, what was decided.
REFUSALS = """
    SELECT o.id, o.state, o.feasibility_state, d.state, COUNT(l.id)
      FROM res_partner p
      JOIN sale_order o ON o.partner_id = p.id
      JOIN order_refusal d ON d.order_id = o.id
 LEFT JOIN order_intake_log l
        ON l.order_id = o.id AND l.kind = 'refusal' AND l.event <> 'asked'
     WHERE p.ref = %s
  GROUP BY o.id, d.id
"""
DECIDED = {("cancel", "refused", "refused", 1), ("draft", "asked", "declined", 1)}


def find_impossible(arena, outcome, query, allowed):
    """Return the orders that ended in no way that may be; count them."""
    rows = arena.query(query, outcome.tag)
    impossible = [row for row in rows if row[1:] not in allowed]
    outcome.violations = len(impossible) + abs(len(rows) - outcome.rounds)
    return impossible


@pytest.mark.parametrize("case", CASES)
def test_one_outcome_of_a_round(arena, case):
    """OCM-08, OCM-09: answers at once, and an answer about a changing order."""
    outcome = arena.race("feasibility_cases", case, ROUNDS)

    impossible = find_impossible(arena, outcome, ORDERS, CASES[case])
    assert outcome.violations == 0, impossible
    assert outcome.statuses["error"] == 0, outcome.details


@pytest.mark.parametrize("case", CASES)
def test_one_after_another(arena, case):
    """Serial control: the second finds what the first left."""
    outcome = arena.race("feasibility_cases", case, CONTROL_ROUNDS, serial=True)

    impossible = find_impossible(arena, outcome, ORDERS, CASES[case])
    assert outcome.violations == 0, impossible


def test_one_decision_of_the_management(arena):
    """OCM-10: of manager and deputy one decides, the other is told."""
    outcome = arena.race("feasibility_cases", "refuse_and_accept", ROUNDS)

    impossible = find_impossible(arena, outcome, REFUSALS, DECIDED)
    assert outcome.violations == 0, impossible
    assert outcome.statuses["ok"] == ROUNDS, outcome.patterns
    assert outcome.statuses["error"] == 0, outcome.details


def test_without_its_guard_an_order_is_decided_twice(arena):
    """Negative control: this race can be lost."""
    guards = [["order.refusal", "_lock"]]
    outcome = arena.race(
        "feasibility_cases", "refuse_and_accept", CONTROL_ROUNDS, disable=guards
    )

    find_impossible(arena, outcome, REFUSALS, DECIDED)
    assert outcome.violations >= 1 or outcome.statuses["ok"] > CONTROL_ROUNDS
