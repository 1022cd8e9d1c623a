"""Sends the rounds through Odoo's ``load`` and keeps what it refused."""

import hashlib
import json
from dataclasses import dataclass, field

from .reader import AGAIN, CellError, Problem, Reader
from .rounds import MODULE, OWN_COLUMNS
from .tables import ROUNDS

BATCH = 500
DIGESTS_NAME = "northwind.load.json"
ROWS_WRITTEN = (
    "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)"
    " FROM pg_stat_xact_user_tables"
)
REMEDIES = (
    ("/id", "Correct the id, or add (and correct) the row it refers to"),
    ("date", "Write an existing date as YYYY-MM-DD 00:00:00.000"),
    ("country_id", "Write the country's English name or its two-letter code"),
)


@dataclass
class Tally:
    """What became of the rows of one round."""

    round: str
    file: str
    model: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0


@dataclass
class Pending:
    """A row on its way into ``load``."""

    row: object
    xmlid: str
    values: list
    digest: str


@dataclass
class Result:
    """The outcome of a whole run; written counts every row of every table."""

    tallies: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    written: int = 0


class Loader:
    """Loads one folder into one database, within the caller's transaction."""

    def __init__(self, env, folder):
        self.env = env(
            context={
                "lang": "en_US",
                "tz": "UTC",
                "module": MODULE,
                "tracking_disable": True,
                "mail_create_nolog": True,
                "no_reset_password": True,
            }
        )
        self.reader = Reader(folder)
        self.problems = self.reader.problems
        self.refused = {}
        self.refused_rows = set()
        self.digests = self._read_digests()
        self.lookup = {"first_use": {}, "shippers": {}, "addresses": {}}
        self.lookup["states"] = self._get_states()

    def run(self):
        """Load every round; the result names each row that was set aside."""
        self.env.flush_all()
        before = self._count_written()
        known = dict(self.digests)
        result = Result(problems=self.problems)
        for table in ROUNDS:
            result.tallies.append(self._run_round(table))
        if self.digests != known:
            self._write_digests()
        self.env.flush_all()
        result.written = self._count_written() - before
        return result

    # === ONE ROUND === #

    def _run_round(self, table):
        reported = len(self.problems)
        rows = self.reader.read(table.file, table.keys)
        self._note_addresses(table.file, rows)
        tally = Tally(table.name, table.file, table.model)
        existing = self._get_existing(table.model)
        changed = []
        for pending in filter(None, (self._prepare(table, row) for row in rows)):
            is_known = pending.xmlid in existing
            if is_known and self._get_digest(table, pending) == pending.digest:
                tally.unchanged += 1
            else:
                changed.append(pending)
        for start in range(0, len(changed), BATCH):
            for pending in self._load(table, changed[start : start + BATCH]):
                self.digests[f"{table.name}:{pending.xmlid}"] = pending.digest
                tally.updated += pending.xmlid in existing
                tally.created += pending.xmlid not in existing
        tally.set_aside = len(self.problems) - reported
        return tally

    def _prepare(self, table, row):
        """Return the row as ``load`` wants it, None when it takes no part."""
        if row in self.refused_rows or not table.takes(row, self.lookup):
            return None
        values = []
        for column in table.columns:
            try:
                values.append(column.get_value(row, self.lookup))
            except CellError as error:
                self._refuse(row, values[:1], column, str(error), error.remedy)
                return None
            if column.is_reference and self._is_missing(values[-1]):
                self._refuse_dependent(row, values, column)
                return None
        text = json.dumps(values, ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        return Pending(row, values[0], values, digest)

    def _load(self, table, batch):
        """Load a batch; return what went in.

        ``load`` is all or nothing, and blames the first row for what a later one
        did. So the rows it blames wait, the others go again, and each one that
        waited has a try of its own.
        """
        messages = self._try(table, batch)
        if not messages:
            return batch
        if len(batch) == 1:
            self._refuse_message(table, batch[0], messages[0])
            return []
        blamed = {
            index
            for message in messages
            for index in range(message["rows"]["from"], message["rows"]["to"] + 1)
        }
        clean = [row for index, row in enumerate(batch) if index not in blamed]
        loaded = self._load(table, clean) if clean else []
        for index in sorted(blamed):
            loaded += self._load(table, [batch[index]])
        return loaded

    def _try(self, table, batch):
        """Return the errors of one call of ``load``, each with its rows."""
        targets = [column.target for column in table.columns]
        answer = self.env[table.model].load(targets, [row.values for row in batch])
        everything = {"from": 0, "to": len(batch) - 1}
        return [
            {"rows": everything, **message}
            for message in answer["messages"]
            if message["type"] == "error" or not answer["ids"]
        ]

    # === ROWS SET ASIDE === #

    def _is_missing(self, xmlid):
        """Whether the row of this id was refused and no earlier run loaded it."""
        if xmlid not in self.refused:
            return False
        return not self.env.ref(xmlid, raise_if_not_found=False)

    def _refuse(self, row, xmlid, column, message, remedy, because=""):
        source = column.source if column else ""
        value = row[source] if source else ""
        self.refused.update(dict.fromkeys(xmlid[:1], row))
        self.refused_rows.add(row)
        self.problems.append(
            Problem(row.file, row.line, source, value, message, remedy, because)
        )

    def _refuse_dependent(self, row, values, column):
        cause = self.refused[values[-1]]
        because = f"{cause.file}:{cause.line}"
        message = f"It belongs to {because}, which was set aside."
        remedy = f"Correct that row, {AGAIN}"
        self._refuse(row, values, column, message, remedy, because)

    def _refuse_message(self, table, pending, message):
        name = message.get("field") or ""
        column = next(
            (c for c in table.columns if name and c.target.split("/")[0] == name), None
        )
        target = column.target if column else ""
        remedy = next(
            (remedy for part, remedy in REMEDIES if part in target), "Correct the row"
        )
        text = " ".join(message["message"].split())
        remedy = f"{remedy}, {AGAIN}"
        self._refuse(pending.row, [pending.xmlid], column, text, remedy)

    # === WHAT THE DATABASE KNOWS === #

    def _get_existing(self, model):
        """Return the external ids of our records that still exist."""
        data = self.env["ir.model.data"].search_fetch(
            [("module", "=", MODULE), ("model", "=", model)], ["name", "res_id"]
        )
        records = self.env[model].with_context(active_test=False)
        alive = set(records.browse(data.mapped("res_id")).exists().ids)
        return {f"{MODULE}.{line.name}" for line in data if line.res_id in alive}

    def _get_digest(self, table, pending):
        return self.digests.get(f"{table.name}:{pending.xmlid}")

    def _get_states(self):
        states = self.env["res.country.state"].search([])
        names = {"GB": "UK", "US": "USA"}
        return {
            (names.get(state.country_id.code, state.country_id.name), state.code): str(
                state.id
            )
            for state in states
        }

    def _note_addresses(self, file, rows):
        if file == "shippers.csv":
            names = {row["shipperID"]: row["companyName"] for row in rows}
            self.lookup["shippers"].update(names)
        if file == "customers.csv":
            for row in rows:
                own = tuple(row[column] for column in OWN_COLUMNS)
                self.lookup["addresses"][row["customerID"]] = own

    def _count_written(self):
        self.env.cr.execute(ROWS_WRITTEN)
        return int(self.env.cr.fetchone()[0])

    # === DIGESTS: what was loaded last, kept beside the data === #

    def _find_digests(self):
        domain = [("name", "=", DIGESTS_NAME), ("res_model", "=", False)]
        return self.env["ir.attachment"].search(domain, limit=1)

    def _read_digests(self):
        raw = self._find_digests().raw
        return json.loads(raw) if raw else {}

    def _write_digests(self):
        values = {
            "name": DIGESTS_NAME,
            "raw": json.dumps(self.digests, sort_keys=True).encode(),
        }
        attachment = self._find_digests()
        if attachment:
            attachment.write(values)
        else:
            attachment.create(values)
