"""Every add-on is wholly translated into Chinese."""

import os
from pathlib import Path

from check_translations import find_all_problems


def test_chinese_is_complete_and_not_fuzzy():
    problems = find_all_problems(Path(os.environ["ADDONS"]))
    assert not problems, "\n".join(problems)
