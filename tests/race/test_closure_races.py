"""An order that is closed while something else happens to it ends in one way."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "40"))
CONTROL_ROUNDS = 24
#: Cancelled orders whose goods have left, or closed lines that say otherwise.
TORN = """
    SELECT o.id
      FROM sale_order o
      JOIN sale_order_line s ON s.order_id = o.id
      JOIN sale_order_closure c ON c.order_id = o.id AND c.state = 'done'
      LEFT JOIN LATERAL (
        SELECT COALESCE(SUM(m.quantity), 0) AS gone FROM stock_move m
         WHERE m.sale_line_id = s.id AND m.state = 'done') moved ON TRUE
     WHERE o.client_order_ref = %s
       AND (o.state = 'cancel' AND moved.gone <> 0
            OR o.state = 'sale' AND moved.gone <> s.product_uom_qty
            OR EXISTS (SELECT FROM stock_move m WHERE m.sale_line_id = s.id
                        AND m.state NOT IN ('done', 'cancel')))
"""
#: Cancelled orders with an invoice that nobody cancelled.
INVOICED = """
    SELECT DISTINCT o.id
      FROM sale_order o
      JOIN sale_order_line s ON s.order_id = o.id
      JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
      JOIN account_move_line l ON l.id = r.invoice_line_id
      JOIN account_move m ON m.id = l.move_id AND m.state <> 'cancel'
     WHERE o.client_order_ref = %s AND o.state = 'cancel'
"""
CLOSED = """
    SELECT count(*) FROM sale_order o
      JOIN sale_order_closure c ON c.order_id = o.id AND c.state = 'done'
     WHERE o.client_order_ref = %s
"""


def check(arena, outcome, statement):
    outcome.violations = len(arena.query(statement, outcome.tag))
    assert outcome.violations == 0
    assert outcome.statuses["error"] == 0, outcome.details


@pytest.mark.parametrize("case", ["cancel_and_deliver", "shorten_and_deliver"])
def test_closed_or_delivered(arena, case):
    """SMP-09: goods leave or the order is closed; whoever comes second hears of it."""
    outcome = arena.race("closure_cases", case, ROUNDS)

    check(arena, outcome, TORN)
    assert outcome.statuses["ok"] == ROUNDS, outcome.patterns
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"


@pytest.mark.parametrize("case", ["cancel_and_invoice", "cancel_and_ask_advance"])
def test_cancelled_or_invoiced(arena, case):
    """SMP-09: no invoice of a cancelled order is left over."""
    outcome = arena.race("closure_cases", case, ROUNDS)

    check(arena, outcome, INVOICED)
    closed = arena.query(CLOSED, outcome.tag)[0][0]
    assert closed == ROUNDS, outcome.details
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"


@pytest.mark.parametrize("case", ["cancel_and_deliver", "shorten_and_deliver"])
def test_one_after_another(arena, case):
    """Serial control: the rule itself refuses the delivery of a closed order."""
    outcome = arena.race("closure_cases", case, CONTROL_ROUNDS, serial=True)

    check(arena, outcome, TORN)
    assert outcome.statuses["ok"] == CONTROL_ROUNDS, outcome.details
    assert outcome.statuses["refused"] == CONTROL_ROUNDS, outcome.details


def test_without_the_turn_an_advance_is_left(arena):
    """Negative control: this race can be lost."""
    guards = [["sale.order", "_closure_take_turn"]]
    outcome = arena.race(
        "closure_cases", "cancel_and_ask_advance", CONTROL_ROUNDS, disable=guards
    )

    outcome.violations = len(arena.query(INVOICED, outcome.tag))
    assert outcome.violations >= 1
