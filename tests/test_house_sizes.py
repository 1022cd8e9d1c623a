"""Files and functions stay small enough to be read at one glance."""

import ast
import os
from pathlib import Path

from addons_tree import iter_python

ROOT = Path(__file__).parents[1]
ADDONS = Path(os.environ["ADDONS"])
FILE_LINES = 300
FUNCTION_LINES = 30
FOLDERS = (ADDONS, ROOT / "tests", ROOT / "scripts", ROOT / "bench")
SUFFIXES = {".py", ".js", ".xml", ".sh"}


def is_own_code(file):
    """Return whether a file is written by hand, not by a library or a translator."""
    path = file.as_posix()
    return file.suffix in SUFFIXES and "/static/lib/" not in path


def count_lines(file):
    """Return the number of lines of a file."""
    return len(file.read_text(encoding="utf-8").splitlines())


def iter_long_files():
    """Yield a line for each file that is too long."""
    own = [
        file for folder in FOLDERS for file in folder.rglob("*") if is_own_code(file)
    ]
    for file in (ROOT / "yewu", *own):
        lines = count_lines(file)
        if lines > FILE_LINES:
            yield f"{file}: {lines} lines"


def iter_long_functions():
    """Yield a line for each function that is too long."""
    for folder in FOLDERS:
        for file, tree in iter_python(folder):
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = node.end_lineno - node.lineno + 1
                    if lines > FUNCTION_LINES:
                        yield f"{file}:{node.lineno}: {node.name}: {lines} lines"


def test_files_are_short():
    long = list(iter_long_files())
    assert not long, "\n".join(long)


def test_functions_are_short():
    long = list(iter_long_functions())
    assert not long, "\n".join(long)
