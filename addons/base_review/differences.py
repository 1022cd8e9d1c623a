"""What changed between two submissions of a document: pure, without the ORM."""

import re
from itertools import zip_longest
from typing import NamedTuple

#: Between a label and the labels inside it.
SEPARATOR = " · "
#: What names a line in a sentence such as "Desk: 5 pieces at ¥100".
SENTENCE_HEAD = re.compile("^(.+?)\\s*(?::\\s|\N{FULLWIDTH COLON})")
#: Columns that name a line, the surest first.
KEY_COLUMNS = ("id", "line_id", "product_id", "product", "order", "name")
#: Characters of a line that are enough to name it.
NAME_LENGTH = 60


class Difference(NamedTuple):
    """One thing that changed; an empty text stands for what is not there."""

    label: str
    before: str
    after: str


def find_differences(before, after):
    """Return what differs between two snapshots, in the order of the later one.

    >>> find_differences({"Total": 1, "Note": None}, {"Total": 2.0, "Note": ""})
    [Difference(label='Total', before='1', after='2')]
    >>> one, two = {"Lines": ["Desk: 1 piece"]}, {"Lines": ["Desk: 2 pieces"]}
    >>> find_differences(one, two)[0][0]
    'Lines · Desk'
    """
    before, after = (
        value if isinstance(value, dict) else {} for value in (before, after)
    )
    labels = [*after, *(label for label in before if label not in after)]
    differences = []
    for label in labels:
        differences += _compare(str(label), before.get(label), after.get(label))
    return differences


def to_text(value):
    """Return a value of a snapshot as a person reads it.

    >>> [to_text(value) for value in (None, False, 0, 2.50, True, ["a", {"b": 1}])]
    ['', '', '0', '2.5', '✓', 'a, b: 1']
    """
    if isinstance(value, dict):
        items = ((name, to_text(item)) for name, item in value.items())
        return ", ".join(f"{name}: {text}" for name, text in items if text)
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(to_text, value)))
    if value is None or isinstance(value, bool):
        return "✓" if value else ""
    return _number_to_text(value) if isinstance(value, float) else str(value)


def _number_to_text(value):
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _compare(label, before, after):
    """Return the differences between two values under the same label."""
    if isinstance(before, list) or isinstance(after, list):
        return _compare_lines(label, _as_lines(before), _as_lines(after))
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            inner._replace(label=f"{label}{SEPARATOR}{inner.label}")
            for inner in find_differences(before, after)
        ]
    texts = to_text(before), to_text(after)
    return [Difference(label, *texts)] if texts[0] != texts[1] else []


def _as_lines(value):
    if isinstance(value, list):
        return value
    return [] if value in (None, False, "") else [value]


def _compare_lines(label, before, after):
    """Return the differences of two lists of lines, matched by what they are about.

    Equal lines match first, then lines of the same product or order, the first with
    the first; what is left was added or removed.
    """
    before, after = _drop_equal(before, after)
    left = _group_by_key(before)
    differences = []
    for key, lines in _group_by_key(after).items():
        for old, new in zip_longest(left.pop(key, []), lines):
            differences += _compare_line(label, key, old, new)
    for key, lines in left.items():
        for old in lines:
            differences += _compare_line(label, key, old, None)
    return differences


def _compare_line(label, key, old, new):
    """Return what changed in one line: column by column where columns have names."""
    if key not in ("", to_text(old), to_text(new)):
        label = f"{label}{SEPARATOR}{key}"
    if isinstance(old, dict) and isinstance(new, dict):
        return _compare(label, old, new)
    texts = to_text(old), to_text(new)
    return [Difference(label, *texts)] if texts[0] != texts[1] else []


def _drop_equal(before, after):
    """Return both lists without the lines that read the same in both."""
    kept, rest = [], list(before)
    texts = [to_text(line) for line in rest]
    for line in after:
        text = to_text(line)
        if text in texts:
            position = texts.index(text)
            del texts[position], rest[position]
        else:
            kept.append(line)
    return rest, kept


def _group_by_key(lines):
    groups = {}
    for line in lines:
        groups.setdefault(_get_key(line), []).append(line)
    return groups


def _get_key(line):
    """Return what a line is about: its product or order, its first cell, its head.

    >>> _get_key({"quantity": 2, "product": "Desk"}), _get_key(["Chair", 4])
    ('Desk', 'Chair')
    >>> _get_key("[E-1] Desk: 5 pieces at 3.00"), _get_key(None)
    ('[E-1] Desk', '')
    """
    if isinstance(line, dict):
        names = {str(name).lower(): name for name in line}
        found = [names[column] for column in KEY_COLUMNS if column in names]
        return to_text(line[found[0]] if found else next(iter(line.values()), None))
    if isinstance(line, (list, tuple)):
        return to_text(line[0]) if line else ""
    text = to_text(line)
    head = SENTENCE_HEAD.match(text)
    return head[1] if head else text[:NAME_LENGTH]
