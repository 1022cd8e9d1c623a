"""Tells the outcome of a run, for people and for programs."""

import json
from dataclasses import asdict

COLUMNS = ("round", "file", "model", "created", "updated", "unchanged", "set_aside")


def as_json(result):
    return json.dumps(
        {
            "rounds": [asdict(tally) for tally in result.tallies],
            "set_aside": [asdict(problem) for problem in result.problems],
            "rows_written": result.written,
        },
        ensure_ascii=False,
        indent=1,
    )


def as_table(result):
    rows = [COLUMNS]
    rows += [
        [str(getattr(tally, column)) for column in COLUMNS] for tally in result.tallies
    ]
    widths = [max(len(row[index]) for row in rows) for index in range(len(COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines += [f"{result.written} rows written in the database"]
    waiting = sum(bool(problem.because) for problem in result.problems)
    lines += [f"{len(result.problems)} rows set aside, {waiting} wait for another"]
    lines += [_tell(problem) for problem in result.problems]
    return "\n".join(lines)


def _tell(problem):
    where = f"{problem.file}:{problem.line}"
    column = f" {problem.column}" if problem.column else ""
    return f"  {where}{column}: {problem.message}\n      → {problem.remedy}"
