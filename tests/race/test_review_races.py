"""Decisions that meet end in one outcome with one trail."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_REVIEW_ROUNDS", "60"))
CONTROL_ROUNDS = 24
#: One row per order: what the document says, what the request says, who decided.
ORDERS = """
    SELECT o.id, o.review_state, r.state, l.product_uom_qty,
           COUNT(t.id) FILTER (WHERE t.state = 'approved'),
           COUNT(t.id) FILTER (WHERE t.state = 'rejected'),
           COUNT(t.id) FILTER (WHERE t.state IN ('todo', 'waiting'))
      FROM res_partner p
      JOIN sale_order o ON o.partner_id = p.id
      JOIN sale_order_line l ON l.order_id = o.id
      JOIN review_request r ON r.res_model = 'sale.order' AND r.res_id = o.id
 LEFT JOIN review_task t ON t.request_id = r.id
     WHERE p.ref = %s
  GROUP BY o.id, r.id, l.id
"""
APPROVED = ("approved", "approved", 1, 1, 0, 0)
REJECTED = ("rejected", "rejected", 1, 0, 1, 0)
#: Approved, then changed: the approval is void.
APPROVED_THEN_EDITED = ("none", "superseded", 9, 1, 0, 0)
EDITED = ("none", "superseded", 9, 0, 0, 0)
CASES = {
    "approve_and_approve": {APPROVED},
    "approve_twice": {APPROVED},
    "approve_and_reject": {APPROVED, REJECTED},
    "approve_and_edit": {APPROVED_THEN_EDITED, EDITED},
}


def find_endings(arena, outcome, allowed):
    """Return the endings by order; count the impossible ones for the table."""
    endings = {}
    for order, state, request, quantity, *tasks in arena.query(ORDERS, outcome.tag):
        endings.setdefault(order, []).append((state, request, int(quantity), *tasks))
    outcome.violations = sum(
        len(found) != 1 or found[0] not in allowed for found in endings.values()
    )
    return endings


@pytest.mark.parametrize("case", CASES)
def test_one_outcome_and_one_trail(arena, case):
    """ORD-13: of two decisions at once one counts, the other is told."""
    outcome = arena.race("review_cases", case, ROUNDS)

    endings = find_endings(arena, outcome, CASES[case])
    assert outcome.violations == 0, endings
    assert len(endings) == ROUNDS
    assert outcome.statuses["error"] == 0, outcome.details
    if case != "approve_and_edit":
        assert outcome.statuses["ok"] == ROUNDS, outcome.patterns


@pytest.mark.parametrize("case", CASES)
def test_one_after_another_the_second_is_told(arena, case):
    """Serial control: the first decision counts."""
    outcome = arena.race("review_cases", case, CONTROL_ROUNDS, serial=True)

    endings = find_endings(arena, outcome, CASES[case])
    assert outcome.violations == 0, endings
    if case != "approve_and_edit":
        assert outcome.patterns == {"ok + refused": CONTROL_ROUNDS}
