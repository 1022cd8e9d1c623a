"""Measures one suite in one database and writes its figures as lines of JSON.

Started by run.py as a child: the peers need another list of add-ons than ours.

    worker.py SUITE DATABASE FILE SIZE[,SIZE]
"""

import importlib
import json
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

import odoo.init  # noqa: F401 - sets the interpreter up
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).parent))

from meter import Meter

CONTEXT = {"lang": "en_US", "tracking_disable": True, "mail_create_nolog": True}


@contextmanager
def open_environment(database):
    """Open an environment of the superuser that sends no mail."""
    config.parse_config(
        ["-d", database, "--no-http", "--log-level=error"], setup_logging=True
    )
    registry = Registry(database)
    registry["mail.mail"].send = lambda *_args, **_kwargs: None
    with registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, CONTEXT)


def analyze(database):
    """Let PostgreSQL know what the data look like, as it does by itself in time."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def main():
    name, database, file, sizes = sys.argv[1:]
    with open_environment(database) as env, Path(file).open("a") as stream:
        suite = importlib.import_module(name).Suite(env)
        for size in sizes.split(","):
            suite.fill(suite.SIZES[size])
            env.cr.commit()
            analyze(database)
            meter = Meter(env)
            for case, column, call, *prepare in suite.cases():
                figures = meter.measure(call, *prepare)
                row = {"case": case, "size": size, "column": column}
                stream.write(json.dumps({**row, **figures._asdict()}) + "\n")
                stream.flush()
            env.cr.rollback()


if __name__ == "__main__":
    main()
