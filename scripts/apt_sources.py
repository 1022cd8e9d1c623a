"""Print an apt source for other suites of the Debian mirror this machine uses.

Usage: apt_sources.py SUITE...

The machine's own sources stay as they are: the printed source goes into a
private apt configuration (see fetch_odoo.sh).
"""

import re
import sys
from pathlib import Path

APT = Path("/etc/apt")


def read_deb822():
    """Yield (mirror, key) of every Debian stanza in ``sources.list.d/*.sources``."""
    for file in sorted(APT.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            fields = dict(re.findall(r"(?m)^([A-Za-z-]+):[ \t]*(.*)$", stanza))
            if "deb" in fields.get("Types", "").split():
                for mirror in fields.get("URIs", "").split():
                    yield mirror, fields.get("Signed-By", "")


def read_one_line():
    """Yield (mirror, key) of every line of the older ``sources.list`` format."""
    files = [APT / "sources.list", *sorted(APT.glob("sources.list.d/*.list"))]
    for file in filter(Path.is_file, files):
        for line in file.read_text(encoding="utf-8").splitlines():
            found = re.match(r"deb\s+(\[[^\]]*\]\s+)?(\S+)\s+\S+", line)
            if found:
                key = re.search(r"signed-by=([^\s\]]+)", found[1] or "")
                yield found[2], key[1] if key else ""


def main() -> None:
    """Print the source, or fail when the machine has no Debian mirror."""
    for mirror, key in (*read_deb822(), *read_one_line()):
        if mirror.rstrip("/").endswith("/debian"):
            signed = f"\nSigned-By: {key}" if key else ""
            suites = " ".join(sys.argv[1:])
            source = f"Types: deb\nURIs: {mirror}\nSuites: {suites}\nComponents: main"
            sys.stdout.write(f"{source}{signed}\n")
            return
    sys.exit("no Debian mirror in /etc/apt")


if __name__ == "__main__":
    main()
