"""Who may do what with our models is declared, reviewed and true."""

import declared
import pytest


@pytest.fixture(scope="module")
def found(probe):
    return probe("matrix")


def test_rights_are_the_declared_ones(found):
    """A changed right changes declared.csv too, where a person sees it."""
    differences = declared.compare(found["rights"])
    assert not differences, "\n".join(differences)


def test_suspicious_rights_have_a_reason(found):
    reviewed = declared.read_reviewed("finding")
    unlisted = {tuple(row) for row in found["findings"]} - reviewed
    assert not unlisted, sorted(unlisted)


def test_nothing_succeeds_that_the_rights_refuse(found):
    """Every role tries to create, read, write and delete records of every model."""
    assert found["tried"] > 1000
    assert not found["breaches"], "\n".join(found["breaches"])
