"""Payments and requests of one moment never exceed what was approved or billed."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "40"))
CONTROL_ROUNDS = 12
#: The truth about each bill: what was requested, and what left the cash box.
BILLS = """
    SELECT m.id, COALESCE(MAX(r.asked), 0), COALESCE(MAX(r.paid), 0)
      FROM account_move m
 LEFT JOIN (
        SELECT q.move_id, SUM(q.amount) AS asked, SUM(p.paid) AS paid
          FROM payment_request q
     LEFT JOIN (
            SELECT payment_request_id AS id, SUM(amount) AS paid
              FROM account_payment
             WHERE state IN ('in_process', 'paid')
          GROUP BY payment_request_id
          ) p ON p.id = q.id
         WHERE q.state <> 'cancelled'
      GROUP BY q.move_id
      ) r ON r.move_id = m.id
     WHERE m.move_type = 'in_invoice' AND m.ref LIKE %s || '%%'
  GROUP BY m.id
"""
BILL = 1000
CASES = ("pay_and_pay", "request_and_request")


def count_over(arena, outcome):
    """Count the bills over their amount and keep the figure for the table."""
    rows = arena.query(BILLS, outcome.tag)
    outcome.violations = sum(asked > BILL or paid > BILL for _id, asked, paid in rows)
    return outcome.violations


@pytest.mark.parametrize("case", CASES)
def test_one_of_two_fits(arena, case):
    """TRD-07: two cashiers, or two clerks, at the same moment."""
    outcome = arena.race("payment_cases", case, ROUNDS)

    assert count_over(arena, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert outcome.statuses["ok"] == ROUNDS, outcome.patterns
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"


@pytest.mark.parametrize("case", CASES)
def test_one_after_another_the_second_is_refused(arena, case):
    """Serial control: the rule itself refuses, and lets through what fits."""
    outcome = arena.race("payment_cases", case, CONTROL_ROUNDS, serial=True)

    assert count_over(arena, outcome) == 0
    assert outcome.statuses["ok"] == CONTROL_ROUNDS, outcome.patterns
