"""Decisions that meet end in one outcome with one trail."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_REVIEW_ROUNDS", "30"))
CONTROL_ROUNDS = 12
#: One row per order: what the document says, what the request says, the quantity, and
#: how many tasks were approved, rejected, are open, and were passed on.
ORDERS = """
    SELECT o.id, o.review_state, r.state, l.product_uom_qty,
           COUNT(t.id) FILTER (WHERE t.state = 'approved'),
           COUNT(t.id) FILTER (WHERE t.state = 'rejected'),
           COUNT(t.id) FILTER (WHERE t.state IN ('todo', 'waiting')),
           COUNT(t.id) FILTER (
               WHERE t.state IN ('transferred', 'returned', 'escalated'))
      FROM res_partner p
      JOIN sale_order o ON o.partner_id = p.id
      JOIN sale_order_line l ON l.order_id = o.id
      JOIN review_request r ON r.res_model = 'sale.order' AND r.res_id = o.id
 LEFT JOIN review_task t ON t.request_id = r.id
     WHERE p.ref = %s
  GROUP BY o.id, r.id, l.id
"""
APPROVED = ("approved", "approved", 1, 1, 0, 0, 0)
REJECTED = ("rejected", "rejected", 1, 0, 1, 0, 0)
#: Approved, then changed: the approval is void.
APPROVED_THEN_EDITED = ("none", "superseded", 9, 1, 0, 0, 0)
EDITED = ("none", "superseded", 9, 0, 0, 0, 0)
TRANSFERRED = ("open", "open", 1, 0, 0, 1, 1)
#: The colleague first, the leaders after him.
ADDED_BEFORE = ("open", "open", 1, 0, 0, 2, 0)
#: The colleague was added, then a leader approved: it waits for the colleague.
ADDED_THEN_APPROVED = ("open", "open", 1, 1, 0, 1, 0)
#: The superior decides instead of the clerk.
ESCALATED = ("open", "open", 1, 0, 0, 1, 1)
#: The clerk has to approve again, and then the leaders.
RETURNED = ("open", "open", 1, 1, 0, 2, 1)
APPROVED_BY_BOTH = ("approved", "approved", 1, 2, 0, 0, 0)
CASES = {
    "approve_and_approve": {APPROVED},
    "approve_twice": {APPROVED},
    "approve_and_reject": {APPROVED, REJECTED},
    "approve_and_edit": {APPROVED_THEN_EDITED, EDITED},
    "transfer_and_approve": {APPROVED, TRANSFERRED},
    "transfer_and_transfer": {TRANSFERRED},
    "add_before_and_approve": {APPROVED, ADDED_BEFORE},
    "add_after_and_approve": {APPROVED, ADDED_THEN_APPROVED},
    "return_and_approve": {APPROVED_BY_BOTH, RETURNED},
    "delegate_and_owner": {APPROVED},
    "escalate_and_approve": {APPROVED, ESCALATED},
    "escalate_beside_and_approve": {APPROVED},
    "superior_and_owner": {APPROVED},
}
#: Both calls of a round may succeed, one after the other.
BOTH_COUNT = {
    "approve_and_edit",
    "add_after_and_approve",
    "escalate_and_approve",
    "escalate_beside_and_approve",
}
#: What keeps two decisions apart: the row of the request, and that of the order.
GUARDS = [
    ["review.request", "_lock"],
    ["sale.order", "_review_store_progress"],
]


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
    if case not in BOTH_COUNT:
        assert outcome.statuses["ok"] == ROUNDS, outcome.patterns


@pytest.mark.parametrize("case", CASES)
def test_one_after_another_the_second_is_told(arena, case):
    """Serial control: the first decision counts."""
    outcome = arena.race("review_cases", case, CONTROL_ROUNDS, serial=True)

    endings = find_endings(arena, outcome, CASES[case])
    assert outcome.violations == 0, endings
    if case not in BOTH_COUNT:
        assert outcome.patterns == {"ok + refused": CONTROL_ROUNDS}


def test_without_the_guards_a_closed_review_keeps_an_open_task(arena):
    """Negative control: this race can be lost."""
    case = "add_after_and_approve"
    outcome = arena.race("review_cases", case, CONTROL_ROUNDS, disable=GUARDS)

    find_endings(arena, outcome, CASES[case])
    assert outcome.violations >= 1
