"""Orders of one customer, confirmed at the same moment, never exceed the limit."""

import os

import pytest

ROUNDS = int(os.environ.get("YEWU_RACE_ROUNDS", "200"))
CONTROL_ROUNDS = 24
CASES = (
    "confirm_and_confirm",
    "confirm_three",
    "confirm_and_amend",
    "confirm_batches",
    "confirm_without_account",
)
#: The truth about exposure here: nothing is invoiced, so confirmed orders are all.
CUSTOMERS = """
    SELECT p.id, COALESCE(SUM(o.amount_total) FILTER (WHERE o.state = 'sale'), 0),
           COUNT(*) FILTER (WHERE o.state <> 'sale'), COUNT(*)
      FROM res_partner p
      JOIN sale_order o ON o.partner_id = p.id
     WHERE p.ref = %s
  GROUP BY p.id
"""
LIMIT = 1000


def count_over(arena, outcome):
    """Count the customers over their limit and keep the figure for the table."""
    rows = arena.query(CUSTOMERS, outcome.tag)
    outcome.violations = sum(exposure > LIMIT for _id, exposure, _open, _all in rows)
    return outcome.violations


def count_idle(arena, outcome):
    """Count the customers of whom nothing was confirmed at all."""
    rows = arena.query(CUSTOMERS, outcome.tag)
    return sum(not exposure for _id, exposure, _open, _all in rows)


@pytest.mark.parametrize("case", CASES)
def test_no_round_exceeds_the_limit(arena, case):
    """ORD-08: the credit check holds when two sessions confirm at once."""
    outcome = arena.race("credit_cases", case, ROUNDS)

    assert count_over(arena, outcome) == 0
    assert count_idle(arena, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details
    assert outcome.retries > ROUNDS / 10, "the calls did not meet"


@pytest.mark.parametrize("case", CASES)
def test_one_after_another_the_rest_is_held(arena, case):
    """Serial control: the rule itself refuses, and lets through what fits."""
    outcome = arena.race("credit_cases", case, CONTROL_ROUNDS, serial=True)

    assert count_over(arena, outcome) == 0
    assert count_idle(arena, outcome) == 0
    assert outcome.statuses["error"] == 0, outcome.details


@pytest.mark.parametrize("case", ["confirm_and_confirm", "confirm_and_amend"])
def test_without_the_guard_the_limit_is_exceeded(arena, case):
    """Negative control: these races can be lost."""
    guards = [["credit.account", "_bump"]]
    outcome = arena.race("credit_cases", case, CONTROL_ROUNDS, disable=guards)

    assert count_over(arena, outcome) >= 1
