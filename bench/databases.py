"""The databases of the benchmarks and the peers in them."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HOME = Path(os.environ["YEWU_HOME"])
ADDONS = os.environ["YEWU_ADDONS"]
PEERS = HOME / "peers"
PREFIX = os.environ.get("YEWU_BENCH_PREFIX", "bench")
#: The module of each suite that its database needs beside the template.
MODULES = {
    "review_ours": "bench_document",
    "review_peer": "sale_tier_validation",
    "credit_ours": None,
    "credit_peer": "sale_financial_risk",
}


def is_peer(suite):
    return suite.endswith("_peer")


def name_database(suite):
    return f"{PREFIX}_{suite}"


def get_environment(suite):
    """Return the environment of a child: the peers never meet our add-ons."""
    paths = [PEERS / "odoo/addons"] if is_peer(suite) else [ADDONS, HERE / "addons"]
    return {**os.environ, "ODOO_ADDONS_PATH": ",".join(map(str, paths))}


def install_peers():
    """Install the packages of the peers beside the generated state, once."""
    requirements = HERE / "requirements-peers.txt"
    done = PEERS / ".requirements"
    if done.is_file() and done.read_text() == requirements.read_text():
        return
    command = ["uv", "pip", "install", "--quiet", "--python", sys.executable]
    command += ["--no-deps", "--target", PEERS, "--requirement", requirements]
    subprocess.run(command, check=True)
    done.write_text(requirements.read_text())


def prepare(suite, reuse=False):
    """Make the database of a suite and return its name.

    :param reuse: leave a database that is there as it is, with its rows
    """
    if is_peer(suite):
        install_peers()
    database = name_database(suite)
    if reuse and exists(database):
        return database
    script = [sys.executable, ROOT / "scripts/db.py", "clone", database]
    kind = ["--base"] if is_peer(suite) else []
    subprocess.run(script + kind, check=True)
    if module := MODULES[suite]:
        command = [sys.executable, ROOT / "scripts/odoo-bin", "server"]
        command += ["-d", database, "-i", module, "--stop-after-init", "--no-http"]
        command += ["--max-cron-threads=0", "--log-level=warn"]
        subprocess.run(command, check=True, env=get_environment(suite))
    return database


def drop(suite):
    """Remove the database of a suite."""
    script = [sys.executable, ROOT / "scripts/db.py", "drop", name_database(suite)]
    subprocess.run(script, check=True)


def exists(database):
    query = "SELECT FROM pg_database WHERE datname = %s"
    connection = psycopg2.connect(dbname="postgres")
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(query, [database])
        return bool(cursor.rowcount)
