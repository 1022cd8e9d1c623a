"""The rows of bench/results.json and the table people read.

A row is one metric of one case at one size: ours, the best SQL by hand, one peer.
"""

import json
from pathlib import Path

FILE = Path(__file__).with_name("results.json")
METRICS = ("queries", "cpu_ms", "wall_ms")
SIZES = "SML"


def merge(figures):
    """Return the rows of the measured columns.

    :param figures: ``[{"case", "size", "column", "queries", "cpu_ms", "wall_ms"}]``
    """
    columns = {}
    for figure in figures:
        key = figure["case"], figure["size"]
        columns.setdefault(key, {})[figure["column"]] = figure
    rows = []
    for (case, size), measured in sorted(columns.items(), key=get_order):
        ours, raw_sql = measured.pop("ours", {}), measured.pop("raw_sql", {})
        for metric in METRICS:
            for name, peer in sorted(measured.items()) or [(None, {})]:
                rows.append(
                    {
                        "case": case,
                        "size": size,
                        "metric": metric,
                        "ours": round_figure(ours.get(metric)),
                        "raw_sql": round_figure(raw_sql.get(metric)),
                        "peer": round_figure(peer.get(metric)),
                        "peer_name": name,
                    }
                )
    return rows


def get_order(item):
    (case, size), _measured = item
    return case, SIZES.find(size)


def round_figure(value):
    """Return a figure without digits that mean nothing.

    >>> round_figure(3.0), round_figure(1.23456), round_figure(None)
    (3, 1.23, None)
    """
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 2)


def save(rows):
    """Write the rows; those of other cases and sizes stay."""
    known = json.loads(FILE.read_text()) if FILE.is_file() else []
    replaced = {(row["case"], row["size"]) for row in rows}
    rest = [row for row in known if (row["case"], row["size"]) not in replaced]
    rows = sorted(rest + rows, key=lambda row: row["case"])
    FILE.write_text(json.dumps(rows, indent=1) + "\n")


def show(rows):
    """Print the table."""
    titles = ("case", "size", "metric", "ours", "raw SQL", "peer", "peer / ours")
    print("{:<26}{:>11} {:<8}{:>10}{:>10}{:>11}{:>12}  of".format(*titles))
    for row in rows:
        ours, peer = row["ours"], row["peer"]
        ratio = f"{peer / ours:.1f} x" if peer and ours else ""
        cells = ["-" if row[key] is None else row[key] for key in ("ours", "raw_sql")]
        print(
            f"{row['case']:<26}{row['size']:>11} {row['metric']:<8}{cells[0]:>10}"
            f"{cells[1]:>10}{'-' if peer is None else peer:>11}{ratio:>12}"
            f"  {row['peer_name'] or ''}"
        )
