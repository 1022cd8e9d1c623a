"""What the scripts and the house checks read from the add-ons, without Odoo."""

import ast
import hashlib
from pathlib import Path

#: Parts of an add-on that no database holds.
UNSTORED = {"tests", "static", "__pycache__"}


def find_addons(folder):
    """Return ``{name: manifest}`` of the installable add-ons in a folder.

    :param Path folder: the folder of add-ons
    :return: manifests with ``depends`` and ``auto_install`` always present
    :rtype: dict[str, dict]
    """
    addons = {}
    for file in sorted(folder.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(file.read_text(encoding="utf-8"))
        if manifest.get("installable", True):
            defaults = {"depends": ["base"], "auto_install": False}
            addons[file.parent.name] = defaults | manifest
    return addons


def iter_sources(folder):
    """Yield the path and the content of each file that a database depends on."""
    for name in find_addons(folder):
        for file in sorted((folder / name).rglob("*")):
            path = file.relative_to(folder)
            is_stored = not UNSTORED & set(path.parts) and path.suffix != ".pot"
            if file.is_file() and is_stored and not path.stem.startswith("README"):
                yield str(path)
                yield file.read_bytes()


def hash_parts(*parts):
    """Return a short hash of strings and bytes."""
    digest = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode()
        digest.update(b"%d:%s" % (len(content), content))
    return digest.hexdigest()[:12]


def iter_python(folder):
    """Yield (path, parsed tree) of each Python file below a folder."""
    for file in sorted(Path(folder).rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))
