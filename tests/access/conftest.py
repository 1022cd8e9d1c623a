"""One copy of the demo company for the probes, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def access_database():
    """Yield the name of a fresh copy; ``YEWU_ACCESS_DATABASE`` names another one."""
    if name := os.environ.get("YEWU_ACCESS_DATABASE"):
        yield name
        return
    name = os.environ.get("YEWU_TEST_DB", "test") + "-access"
    script = [sys.executable, ROOT / "scripts/db.py"]
    subprocess.run([*script, "clone", name, "--demo"], check=True)
    yield name
    subprocess.run([*script, "drop", name], check=False)


@pytest.fixture(scope="session")
def probe(access_database, tmp_path_factory):
    """Return a function that runs a probe and returns what it found."""

    def run(name):
        file = tmp_path_factory.mktemp("access") / f"{name}.json"
        command = [sys.executable, Path(__file__).with_name(f"{name}.py")]
        subprocess.run([*command, access_database, file], check=True)
        return json.loads(file.read_text())

    return run
