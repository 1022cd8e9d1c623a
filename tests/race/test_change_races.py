"""Of a change notice and whatever else happens to its order, one outcome each."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "30"))
CONTROL_ROUNDS = 24
CASES = (
    "change_and_change",
    "change_for_free_twice",
    "change_and_deliver",
    "change_and_invoice",
    "change_and_cancel",
)
#: Notices of which one has to be told that the other came first.
RIVALS = ("change_and_change", "change_for_free_twice")
CENT = 0.01
#: The truth about each order: what its lines, moves, invoices and notices say.
ORDERS = """
WITH line AS (
    SELECT l.order_id, l.product_uom_qty AS ordered, l.price_unit AS price,
           l.state <> o.state AS is_astray, o.state, t.type = 'consu' AS goods,
           COALESCE((SELECT SUM(m.product_uom_qty) FROM stock_move m
                      WHERE m.sale_line_id = l.id
                        AND m.state <> 'cancel'), 0) AS demand,
           COALESCE((SELECT SUM(m.quantity) FROM stock_move m
                      WHERE m.sale_line_id = l.id AND m.state = 'done'), 0) AS gone,
           COALESCE((SELECT bool_or(i.price_unit <> l.price_unit)
                       FROM sale_order_line_invoice_rel r
                       JOIN account_move_line i ON i.id = r.invoice_line_id
                      WHERE r.order_line_id = l.id
                        AND i.parent_state <> 'cancel'), FALSE) AS is_misbilled,
           COALESCE((SELECT SUM(i.price_total)
                       FROM sale_order_line_invoice_rel r
                       JOIN account_move_line i ON i.id = r.invoice_line_id
                      WHERE r.order_line_id = l.id
                        AND i.parent_state <> 'cancel'), 0) AS billed
      FROM sale_order_line l
      JOIN sale_order o ON o.id = l.order_id AND o.client_order_ref = %s
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id)
SELECT o.id, o.state, o.change_version,
       (SELECT COUNT(*) FROM sale_change_notice n
         WHERE n.order_id = o.id AND n.state = 'applied'),
       bool_or(line.is_astray OR line.is_misbilled OR line.gone > line.ordered
               OR (line.goods AND line.state = 'sale' AND line.demand <> line.ordered)
               OR (line.state = 'cancel' AND line.demand > line.gone)),
       SUM(line.ordered * line.price),
       SUM(line.billed), o.amount_total, COALESCE(o.credit_open, 0)
  FROM sale_order o JOIN line ON line.order_id = o.id
 GROUP BY o.id
"""


def is_wrong(row):
    """Return whether order, deliveries, invoices and credit disagree."""
    _id, state, version, applied, is_astray, worth, billed, total, credit = row
    if is_astray or version != applied or abs(float(worth) - float(total)) > CENT:
        return True
    expected = float(total) - float(billed) if state == "sale" else 0.0
    return abs(float(credit) - max(0.0, expected)) > CENT


def read_orders(arena, outcome):
    """Return the orders of an outcome; keep the wrong ones for the table."""
    rows = arena.query(ORDERS, outcome.tag)
    outcome.violations = sum(map(is_wrong, rows))
    return rows


@pytest.mark.parametrize("case", CASES)
def test_one_outcome_each(arena, case):
    """OCM-16, OCM-17: ledger and credit agree, whoever came first."""
    outcome = arena.race("change_cases", case, ROUNDS)
    rows = read_orders(arena, outcome)

    assert outcome.violations == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"
    if case in RIVALS:
        assert [applied for _id, _state, _version, applied, *_ in rows] == [1] * ROUNDS


@pytest.mark.parametrize("case", CASES)
def test_one_after_another(arena, case):
    """Serial control: the notice comes first and is applied, each time."""
    outcome = arena.race("change_cases", case, CONTROL_ROUNDS, serial=True)
    rows = read_orders(arena, outcome)

    assert outcome.violations == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert [row[3] for row in rows] == [1] * CONTROL_ROUNDS


def test_without_the_turn_the_calls_meet(arena):
    """Negative control: both notices change the order as it was for both; only the
    number of the version is left to refuse one of them, without a word why.
    """
    guards = [["sale.order", "_change_take_turn"]]
    outcome = arena.race("change_cases", RIVALS[1], CONTROL_ROUNDS, disable=guards)
    read_orders(arena, outcome)

    assert outcome.statuses["refused"] >= 1
    assert any("same moment" in detail for detail in outcome.details)
