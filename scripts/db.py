"""The databases of Yewu: cached templates and copies of them.

    db.py clone NAME [--demo | --base]
                                make NAME anew from the template with all our add-ons,
                                with the demo company, or with those of Odoo only
    db.py ensure NAME           make NAME with the demo company, or upgrade it
    db.py drop NAME             remove NAME with its files

Three templates build on each other, and the name of each holds a hash of all that
went into it: ``tb_`` (the modules of Odoo), ``ts_`` (with ours) and ``td_`` (with the
demo company).  A change rebuilds only what depends on it.
"""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
from addons_tree import find_addons, hash_parts, iter_sources
from psycopg2 import sql

ROOT = Path(os.environ["YEWU_ROOT"])
HOME = Path(os.environ["YEWU_HOME"])
ADDONS = Path(os.environ["YEWU_ADDONS"])
FILESTORE = Path(os.environ["ODOO_DATA_DIR"]) / "filestore"
BUILDER = ROOT / "scripts" / "build_database.py"
LOG = HOME / "build.log"
#: Installed even when no add-on asks for it: the Chinese chart of accounts.
BASE_MODULES = {"l10n_cn"}
#: Templates of one kind that are kept, newest first.
KEPT = 2


def say(text):
    """Tell the user what happens, with the seconds since the command began."""
    elapsed = int(time.time()) - int(os.environ["YEWU_STARTED"])
    sys.stderr.write(f"[yewu {elapsed:4}s] {text}\n")
    sys.stderr.flush()


# === DATABASES === #


def execute(query, *names, database="postgres"):
    """Run one statement outside a transaction and return its rows.

    :param str query: SQL, in which ``{}`` stands for an identifier
    :param str names: the identifiers
    """
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(query).format(*map(sql.Identifier, names)))
            return cursor.fetchall() if cursor.description else []


def list_databases():
    """Return the names of all databases, oldest first."""
    rows = execute("SELECT datname FROM pg_database ORDER BY oid")
    return [name for (name,) in rows]


def drop(name):
    """Remove a database and its files, if there."""
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def clone(source, name):
    """Make ``name`` anew as a copy of ``source``."""
    drop(name)
    execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, source)
    # Odoo never rewrites a stored file: hard links make a copy in no time.
    if (FILESTORE / source).is_dir():
        subprocess.run(["cp", "-al", FILESTORE / source, FILESTORE / name], check=True)
    execute(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()"
        " WHERE key IN ('database.uuid', 'database.secret')",
        database=name,
    )


def rename(name, new_name):
    """Give a finished template its name; the files go first, the name is the proof."""
    if (FILESTORE / name).is_dir():
        shutil.rmtree(FILESTORE / new_name, ignore_errors=True)
        (FILESTORE / name).rename(FILESTORE / new_name)
    execute("ALTER DATABASE {} RENAME TO {}", name, new_name)


# === TEMPLATES === #


def build(step, name, *arguments):
    """Run a step of ``build_database.py`` on a database, or exit with its errors."""
    with LOG.open("w", encoding="utf-8") as log:
        command = [sys.executable, BUILDER, step, name, *arguments]
        result = subprocess.run(command, stdout=log, stderr=log, check=False)
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line for line in lines if " ERROR " in line or " CRITICAL " in line]
    if result.returncode or errors:
        sys.stderr.write("\n".join((errors or [])[-10:] + lines[-25:]) + "\n")
        sys.exit(
            f"\n[yewu] PROBLEM: the database could not be built ({step})\n"
            f"[yewu]          Mend what the lines above complain about (log: {LOG})\n"
            "[yewu]          and run the same command again."
        )


def base_template():
    """Return the template with the modules of Odoo that our add-ons stand on."""
    addons = find_addons(ADDONS)
    depends = {name for addon in addons.values() for name in addon["depends"]}
    modules = sorted(BASE_MODULES | depends - set(addons))
    lock = (HOME / "odoo.lock").read_bytes()
    name = "tb_" + hash_parts(lock, BUILDER.read_bytes(), *modules)
    if name not in list_databases():
        say(f"building a database with Odoo's modules: {', '.join(modules)}")
        drop("build_base")
        build("base", "build_base", ",".join(modules))
        rename("build_base", name)
    return name


def suite_template():
    """Return the template with all our add-ons installed."""
    base = base_template()
    name = "ts_" + hash_parts(base, *iter_sources(ADDONS))
    if name not in list_databases():
        addons = find_addons(ADDONS)
        say(f"installing {len(addons)} add-ons of Yewu")
        clone(base, "build_suite")
        build("suite", "build_suite", ",".join(addons))
        rename("build_suite", name)
        forget_old({base, name})
    return name


def demo_template():
    """Return the template with the demo company."""
    suite = suite_template()
    name = "td_" + hash_parts(suite)
    if name not in list_databases():
        say("building the demo company")
        clone(suite, "build_demo")
        build("demo", "build_demo", name)
        rename("build_demo", name)
        forget_old({name})
    return name


def forget_old(current):
    """Drop all but the newest templates of each kind."""
    databases = list_databases()
    for kind in ("tb_", "ts_", "td_"):
        ours = [name for name in databases if name.startswith(kind)]
        for name in set(ours[:-KEPT]) - current:
            drop(name)


# === COMMANDS === #


def read_template_of(name):
    """Return the demo template that a database was made of or upgraded to."""
    rows = execute(
        "SELECT value FROM ir_config_parameter WHERE key = 'yewu.template'",
        database=name,
    )
    return rows[0][0] if rows else None


def command_clone(arguments):
    """Make a database anew from the template."""
    make_template = suite_template
    if arguments.demo:
        make_template = demo_template
    elif arguments.base:
        make_template = base_template
    clone(make_template(), arguments.name)


def command_ensure(arguments):
    """Make the database if it is not there; upgrade it when the add-ons changed."""
    name = arguments.name
    if name not in list_databases():
        template = demo_template()
        say(f"copying the demo company to the database {name}")
        drop("build_copy")
        clone(template, "build_copy")
        rename("build_copy", name)
        return
    current = "td_" + hash_parts(
        "ts_" + hash_parts(base_template(), *iter_sources(ADDONS))
    )
    if read_template_of(name) != current:
        say(f"the add-ons changed: upgrading the database {name}")
        build("upgrade", name, current, ",".join(find_addons(ADDONS)))


def command_drop(arguments):
    """Remove a database with its files."""
    drop(arguments.name)


def main():
    """Run the command, one at a time per home folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(required=True)
    for command in (command_clone, command_ensure, command_drop):
        name = command.__name__.removeprefix("command_")
        subparser = commands.add_parser(name, help=command.__doc__)
        subparser.set_defaults(command=command)
        subparser.add_argument("name")
        if name == "clone":
            for kind in ("--demo", "--base"):
                subparser.add_argument(kind, action="store_true")
    arguments = parser.parse_args()
    with (HOME / "db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        arguments.command(arguments)


if __name__ == "__main__":
    main()
