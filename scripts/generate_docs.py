"""Write the generated pages of ``docs/``: public methods, and tests by requirement.

generate_docs.py           write them
generate_docs.py --check   exit 1 and name those that are not up to date
"""

import os
import sys
from pathlib import Path

import coverage_page
import public_methods_page

ROOT = Path(__file__).resolve().parents[1]
ADDONS = Path(os.environ.get("ADDONS", ROOT / "addons"))
DOCS = ROOT / "docs"


def render_pages():
    """Return ``{file: text}`` of all generated pages."""
    return {
        DOCS / "public_methods.md": public_methods_page.render(ADDONS),
        DOCS / "coverage.md": coverage_page.render(ROOT, ADDONS),
    }


def find_stale():
    """Return the generated pages whose text is not what it should be."""
    return [
        file
        for file, text in render_pages().items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]


def main():
    """Write or check the pages."""
    if "--check" in sys.argv[1:]:
        stale = [str(file.relative_to(ROOT)) for file in find_stale()]
        if stale:
            sys.exit(f"run python3 scripts/generate_docs.py, stale: {', '.join(stale)}")
        return
    for file, text in render_pages().items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
