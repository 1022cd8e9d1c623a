"""Make an unpacked Odoo look installed in the environment of this interpreter.

Usage: odoo_stub.py FOLDER, the folder that holds ``odoo/release.py``.

A ``.pth`` puts the folder on the path and a dist-info without requirements makes
pip and uv see ``odoo`` in its version.
"""

import re
import sys
import sysconfig
from pathlib import Path

SITE = Path(sysconfig.get_paths()["purelib"])


def read_version(source: Path) -> str:
    """Return the version that ``odoo/release.py`` states, such as ``19.0``."""
    release = (source / "odoo" / "release.py").read_text(encoding="utf-8")
    major, minor = re.search(r"version_info = \((\d+), (\d+)", release).groups()
    return f"{major}.{minor}"


def link(source: Path, version: str) -> None:
    """Write the ``.pth`` and the dist-info."""
    for stale in SITE.glob("odoo-*.dist-info"):
        for file in stale.iterdir():
            file.unlink()
        stale.rmdir()
    info = SITE / f"odoo-{version}.dist-info"
    info.mkdir()
    (SITE / "odoo_source.pth").write_text(f"{source}\n", encoding="utf-8")
    contents = {
        "METADATA": f"Metadata-Version: 2.1\nName: odoo\nVersion: {version}\n",
        "INSTALLER": "yewu\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    names = [f"{info.name}/{name}" for name in (*contents, "RECORD")]
    record = "".join(f"{name},,\n" for name in (*names, "odoo_source.pth"))
    for name, text in {**contents, "RECORD": record}.items():
        (info / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Link the folder named on the command line."""
    source = Path(sys.argv[1]).resolve()
    version = read_version(source)
    if version != "19.0":
        sys.exit(f"{source} holds Odoo {version}; Yewu needs 19.0")
    link(source, version)


if __name__ == "__main__":
    main()
