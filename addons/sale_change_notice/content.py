"""What an order says, as ordered pairs, and what is different between two of them.

Neither knows the ORM: the pairs are plain JSON, stored as text so that their order
stays; labels are added when somebody reads them.
"""

#: What is told about a line that was not there before.
NEW_LINE_KEYS = ("quantity", "price", "discount")


def differences(before, after):
    """Return ``[subject, key, old value, new value]`` for all that is different.

    The subject is the name of the line, or ``None`` for the order itself.

    >>> def content(day, *lines):
    ...     return [["commitment_date", day], ["lines", list(lines)]]
    >>> pump = [7, [["product", [3, "Pump"]], ["quantity", 2.0]]]
    >>> more = [7, [["product", [3, "Pump"]], ["quantity", 5.0]]]
    >>> hose = [8, [["product", [4, "Hose"]], ["quantity", 1.0], ["price", 9.0]]]
    >>> for row in differences(content("03-01", pump), content("03-09", more, hose)):
    ...     print(row)
    [None, 'commitment_date', '03-01', '03-09']
    ['Pump', 'quantity', 2.0, 5.0]
    ['Hose', 'quantity', None, 1.0]
    ['Hose', 'price', None, 9.0]
    >>> differences(content("03-01", pump), content("03-01"))
    [['Pump', 'quantity', 2.0, None]]
    """
    old, new = dict(before), dict(after)
    rows = [
        [None, key, old.get(key), value]
        for key, value in after
        if key != "lines" and old.get(key) != value
    ]
    old_lines, new_lines = dict(old.get("lines", ())), dict(new.get("lines", ()))
    for line_id in {**old_lines, **new_lines}:
        line = dict(old_lines.get(line_id, ())), dict(new_lines.get(line_id, ()))
        rows += _line_differences(*line)
    return rows


def _line_differences(old, new):
    """Return the rows of one line that was changed, added or removed."""
    keys = list(new or old)
    if not new:
        keys = ["quantity"]
    elif not old:
        keys = [key for key in keys if key in NEW_LINE_KEYS]
    name = (new or old)["product"][1]
    return [
        [name, key, old.get(key), new.get(key)]
        for key in keys
        if not _same(old.get(key), new.get(key))
    ]


def _same(old, new):
    """Compare two values; of records the id counts, not the name."""
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return old[0] == new[0]
    return old == new
