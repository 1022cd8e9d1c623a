"""Deliveries leaving at one moment never take out more than was paid or signed."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "40"))
CONTROL_ROUNDS = 24
#: The truth about what has left: what the lines of closed moves took to customers.
LEFT = """
    SELECT o.id, SUM(l.quantity * s.price_unit), MAX(l.quantity)
      FROM sale_order o
      JOIN sale_order_line s ON s.order_id = o.id
      JOIN stock_move m ON m.sale_line_id = s.id AND m.state = 'done'
      JOIN stock_move_line l ON l.move_id = m.id
      JOIN stock_location d ON d.id = l.location_dest_id AND d.usage = 'customer'
     WHERE o.client_order_ref = %s
  GROUP BY o.id
"""
PAID = 600
SIGNED = 5


def count_unpaid(arena, outcome):
    """Count the orders of which more left than was paid; keep it for the table."""
    rows = arena.query(LEFT, outcome.tag)
    outcome.violations = sum(value > PAID for _id, value, _pieces in rows)
    return outcome.violations


def count_unsigned(arena, outcome):
    """Count the orders of which more pieces left than were signed for."""
    rows = arena.query(LEFT, outcome.tag)
    outcome.violations = sum(pieces > SIGNED for _id, _value, pieces in rows)
    return outcome.violations


def test_money_for_one_lets_one_go(arena):
    """SOM-10: two deliveries against one prepayment, validated at once."""
    outcome = arena.race("stock_cases", "deliver_and_deliver", ROUNDS)

    assert count_unpaid(arena, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert outcome.statuses["ok"] == ROUNDS, outcome.patterns
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"


def test_signed_quantity_is_kept(arena):
    """OCM-65: the goods leave while somebody makes them more."""
    outcome = arena.race("stock_cases", "deliver_and_enlarge", ROUNDS)

    assert count_unsigned(arena, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details


@pytest.mark.parametrize("case", ["deliver_and_deliver", "deliver_and_enlarge"])
def test_one_after_another(arena, case):
    """Serial control: the rule itself refuses the second one."""
    outcome = arena.race("stock_cases", case, CONTROL_ROUNDS, serial=True)

    assert count_unpaid(arena, outcome) == 0
    assert count_unsigned(arena, outcome) == 0
    assert outcome.statuses["ok"] == CONTROL_ROUNDS, outcome.details
    assert outcome.statuses["refused"] == CONTROL_ROUNDS, outcome.details


def test_without_the_turn_both_leave(arena):
    """Negative control: this race can be lost."""
    guards = [["sale.order", "_release_take_turn"]]
    outcome = arena.race(
        "stock_cases", "deliver_and_deliver", CONTROL_ROUNDS, disable=guards
    )

    assert count_unpaid(arena, outcome) >= 1
