"""Check that every add-on is wholly translated: check_translations.py ADDONS.

An add-on with a ``.pot`` needs a ``zh_CN.po`` with exactly its terms, each one
translated and none fuzzy.
"""

import sys
from pathlib import Path

import polib

LANGUAGE = "zh_CN"


def find_problems(module):
    """Yield one line for each thing that is missing in the translation of an add-on.

    :param Path module: folder of the add-on
    :rtype: Iterator[str]
    """
    template = module / "i18n" / f"{module.name}.pot"
    catalog = module / "i18n" / f"{LANGUAGE}.po"
    if not template.exists():
        yield f"{template} is missing: export it with ./yewu odoo i18n export"
    if not catalog.exists():
        yield f"{catalog} is missing: the interface is Chinese first"
    if not (template.exists() and catalog.exists()):
        return
    yield from compare(template, catalog)


def compare(template, catalog):
    """Yield one line for each term of a template that a catalog does not translate."""
    wanted = {entry.msgid for entry in polib.pofile(template, encoding="utf-8")}
    entries = polib.pofile(catalog, encoding="utf-8")
    for entry in filter(lambda entry: not entry.obsolete, entries):
        if not entry.translated():
            state = "fuzzy" if entry.fuzzy else "not translated"
            yield f"{catalog}:{entry.linenum}: {state}: {entry.msgid}"
    for msgid in sorted(wanted - {entry.msgid for entry in entries}):
        yield f"{catalog}: not in the catalog: {msgid}"


def has_terms(module):
    """Return whether an add-on holds anything to translate: models, views or data."""
    folders = ("models", "views", "data", "report", "wizards", "static")
    return any((module / folder).is_dir() for folder in folders)


def find_all_problems(addons):
    """Return the problems of all add-ons in a folder."""
    modules = (file.parent for file in sorted(addons.glob("*/__manifest__.py")))
    return [line for m in modules if has_terms(m) for line in find_problems(m)]


if __name__ == "__main__":
    found = find_all_problems(Path(sys.argv[1]))
    print(*found, sep="\n")
    sys.exit(bool(found))
