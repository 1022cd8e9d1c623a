"""The declared rights: one line for each set of roles with the same rights.

declared.py FILE      write declared.csv from what matrix.py wrote into FILE
"""

import csv
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
FILE = FOLDER / "declared.csv"
HEADER = ("model", "rights", "roles")


def read():
    """Return ``{model: {role: letters}}``."""
    rights = {}
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            roles = rights.setdefault(row["model"], {})
            roles.update(dict.fromkeys(row["roles"].split(), row["rights"]))
    return rights


def write(rights):
    """Write the declared rights; roles without any are left out."""
    lines = []
    for model, roles in sorted(rights.items()):
        groups = {}
        for role, letters in roles.items():
            groups.setdefault(letters, []).append(role)
        groups.pop("", None)
        lines += [
            (model, letters, " ".join(sorted(group)))
            for letters, group in sorted(groups.items())
        ]
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([HEADER, *lines])


def compare(rights):
    """Return one line for each difference between declared and found rights."""
    declared = read()
    differences = []
    for model in sorted(declared.keys() | rights.keys()):
        before, now = declared.get(model, {}), rights.get(model, {})
        differences += [
            f"{model}: {role} has '{now.get(role, '')}', "
            f"declared '{before.get(role, '')}'"
            for role in sorted(before.keys() | now.keys())
            if before.get(role, "") != now.get(role, "")
        ]
    return differences


def read_reviewed(kind):
    """Return the set of (what, where) of one kind that a person has accepted."""
    with (FOLDER / "reviewed.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    missing = [row["what"] for row in rows if not row["reason"].strip()]
    if missing:
        raise ValueError(f"reviewed.csv gives no reason for {missing}")
    return {(row["what"], row["where"]) for row in rows if row["kind"] == kind}


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text())["rights"])
