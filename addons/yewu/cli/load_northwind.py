"""Sub-command ``load_northwind``: the sample company, through Odoo's import."""

import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

ROOT = Path(__file__).resolve().parents[3]


class LoadNorthwind(Command):
    """Load the Northwind sample: customers, suppliers, products, prices, orders.

    Rows that Odoo refuses are set aside and reported with file, line, column and
    remedy; the rest is loaded. Rows unchanged since the last run are skipped, also
    when the record was edited in Odoo meanwhile. Exit status 1: rows set aside.
    """

    name = "load_northwind"

    def run(self, cmdargs):
        options = self._parse(cmdargs)
        arguments = ["--no-http", *(["-c", options.config] if options.config else [])]
        arguments += ["-d", options.db_name] if options.db_name else []
        config.parse_config(arguments, setup_logging=True)
        if len(config["db_name"]) != 1:
            self.parser.error("name one database: -d DATABASE")
        if not (options.dir / "orders.csv").is_file():
            self.parser.error(f"{options.dir} holds no orders.csv: --dir FOLDER")
        sys.exit(self._load(config["db_name"][0], options))

    def _parse(self, cmdargs):
        add = self.parser.add_argument
        add("-c", "--config", help="configuration file")
        add("-d", "--database", dest="db_name", help="database to load into")
        add("--json", action="store_true", help="report as JSON")
        add(
            "--dir",
            type=Path,
            default=ROOT / "tests/data/northwind",
            help="folder of the files (default: %(default)s)",
        )
        return self.parser.parse_args(cmdargs)

    def _load(self, database, options):
        sys.path.insert(0, str(ROOT / "scripts"))
        from northwind import loader, report  # noqa: PLC0415 - needs the path above

        with Registry(database).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            result = loader.Loader(env, options.dir).run()
        tell = report.as_json if options.json else report.as_table
        sys.stdout.write(tell(result) + "\n")
        return 1 if result.problems else 0
