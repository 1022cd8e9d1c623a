"""No public method of ours ends in a traceback or does more than its caller may."""

from fnmatch import fnmatch

import declared
import pytest


@pytest.fixture(scope="module")
def found(probe):
    return probe("fuzz")


def test_calls_reach_the_methods(found):
    """The probe is no test of locked doors only."""
    counts = found["counts"]
    assert counts["ok"] > 100, counts
    assert counts["denied"] > 100, counts


def test_no_call_ends_in_a_traceback(found):
    """Plain arguments, missing records, nothing at all, and hostile values."""
    crashes = [
        f"{crash['method']} ({crash['kind']}) as {', '.join(crash['roles'])}: "
        f"{crash['why']} with {crash['arguments']}"
        for crash in found["crashes"]
    ]
    assert not crashes, "\n".join(crashes)


def test_writing_with_more_rights_is_by_design(found):
    """A table the caller may not write is written for a reason, or not at all."""
    reviewed = declared.read_reviewed("escalation")
    unlisted = [
        f"{method} writes {table} as {', '.join(roles)}"
        for method, tables in found["escalations"].items()
        for table, roles in tables.items()
        if not any(fnmatch(method, what) and table == to for what, to in reviewed)
    ]
    assert not unlisted, "\n".join(sorted(unlisted))


def test_no_answer_holds_what_the_caller_may_not_read(found):
    reviewed = declared.read_reviewed("leak")
    unlisted = {
        method: roles
        for method, roles in found["leaks"].items()
        if (method, "") not in reviewed
    }
    assert not unlisted, unlisted
