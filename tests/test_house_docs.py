"""The generated pages are up to date, and the matrix is whole."""

import re
from collections import Counter
from pathlib import Path

from coverage_page import ROW, find_proofs, read_requirements
from generate_docs import ADDONS, find_stale

ROOT = Path(__file__).parents[1]
ROWS = {"CORE": 252, "EXT": 248, "CONTEXT": 23}


def test_generated_pages_are_up_to_date():
    assert not find_stale(), "run python3 scripts/generate_docs.py"


def test_every_row_of_the_matrix_is_there_once():
    text = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    ids = [row[0] for row in ROW.findall(text)]
    assert len(ids) == len(set(ids))
    assert ids == re.findall(r"(?m)^\| ([A-Z]{3}-\d{2}) \|", text)
    assert Counter(read_requirements(ROOT).values()) == ROWS


def test_tests_name_rows_that_exist():
    assert set(find_proofs(ROOT, ADDONS)) <= set(read_requirements(ROOT))
