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


def test_files_are_short():
    files = [
        file for folder in FOLDERS for file in folder.rglob("*") if is_own_code(file)
    ]
    files.append(ROOT / "yewu")
    long = {str(file): count_lines(file) for file in files}
    assert {file: lines for file, lines in long.items() if lines > FILE_LINES} == {}


def iter_long_functions():
    """Yield (place, lines) of the functions that are too long."""
    for folder in FOLDERS:
        for file, tree in iter_python(folder):
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = node.end_lineno - node.lineno + 1
                    if lines > FUNCTION_LINES:
                        yield f"{file}:{node.lineno} {node.name}", lines


def test_functions_are_short():
    assert dict(iter_long_functions()) == {}
