"""Calls every public method of ours as every role, the way a remote client does.

    fuzz.py DATABASE FILE

Every call runs in a savepoint that is undone. What came out is written to the file:

crashes       what would be an internal server error with a traceback
escalations   the call succeeded and wrote a table the role has no right to write
leaks         the answer holds a text of a record the role may not read
"""

import inspect
import json
import re
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path

import psycopg2

from odoo import api
from odoo.exceptions import AccessDenied, AccessError, RedirectWarning, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.sql_db import Cursor

sys.path.insert(0, str(Path(__file__).parent))

import session
from arguments import HOSTILE, NONE, PLAIN, Arguments

WRITE = re.compile(
    r"^\s*(?:WITH\b.*?\b)?(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?"
    r'"?([a-z_0-9]+)"?',
    re.IGNORECASE | re.DOTALL,
)
#: Tables of the machinery, written by any call.
NOISE = {"bus_bus", "ir_logging", "res_users_log", "mail_presence", "ir_cron_trigger"}
MISSING = 2**31 - 2
KINDS = {PLAIN: "plain", NONE: "none", HOSTILE: "hostile"}
#: Shorter texts are found by chance.
SECRET_LENGTH = 8
#: What an error means for the caller; Odoo words broken constraints itself.
OUTCOMES = {
    "denied": (AccessError, AccessDenied),
    "clean": (UserError, RedirectWarning, psycopg2.IntegrityError),
    "blocked": (session.BlockedError,),
    "slow": (
        session.TimeoutError,
        psycopg2.errors.QueryCanceled,
        psycopg2.errors.LockNotAvailable,
    ),
}


class Fuzz:
    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.registry = env.registry
        #: Methods of every model: what they do with nonsense is the affair of the ORM.
        self.orm = set(dir(self.registry["base"]))
        self.roles = session.make_roles(env)
        self.methods = {name: self._find_methods(name) for name in sorted(env.registry)}
        self.methods = {name: found for name, found in self.methods.items() if found}
        self.samples = {name: self._sample(name) for name in self.methods}
        for name in ("review.step", "review.task"):
            self.samples.setdefault(name, self._sample(name))
        self.arguments = Arguments(env, self.samples)
        self.tables = {}
        for name, model in env.registry.items():
            if not model._abstract:
                self.tables.setdefault(model._table, []).append(name)
        self.written = set()
        self.counts, self.crashes, self.escalations, self.leaks = Counter(), {}, {}, {}
        self._watch_writes()

    # === WHAT IS CALLED === #

    def _find_methods(self, name):
        """Return the public methods of a model that our add-ons define or extend."""
        model = self.registry[name]
        if model._abstract:
            return []
        own = {
            method
            for parent in model.mro()
            if session.is_ours(parent)
            for method, function in parent.__dict__.items()
            if not method.startswith("_") and inspect.isfunction(function)
        }
        return sorted(own - {"init"})

    def _sample(self, name):
        """Return the ids of a first, a middle and a last record."""
        if not self.registry[name]._auto:
            return []
        records = self.env[name].with_context(active_test=False)
        ids = records.search([], order="id").ids
        return sorted({ids[0], ids[len(ids) // 2], ids[-1]}) if ids else []

    def _watch_writes(self):
        execute = Cursor.execute

        def watch(cursor, query, params=None, **_options):
            text = getattr(query, "code", query)
            if isinstance(text, str) and (match := WRITE.match(text)):
                self.written.add(match[2].lower())
            return execute(cursor, query, params, log_exceptions=False)

        Cursor.execute = watch

    # === CALLS === #

    def run(self):
        for role, user in self.roles.items():
            env = api.Environment(self.cr, user.id, {"lang": "en_US"})
            writable = self._get_writable(env)
            for name, methods in self.methods.items():
                secrets = self._get_secrets(env, name)
                for method in methods:
                    self._call_all(env, role, name, method, writable, secrets)
        return {
            "counts": self.counts,
            "crashes": list(self.crashes.values()),
            "escalations": self.escalations,
            "leaks": self.leaks,
        }

    def _call_all(self, env, role, name, method, writable, secrets):
        try:
            function = get_public_method(env[name], method)
        except (AccessError, AttributeError):
            self.counts["private"] += 1
            return
        ids = self.samples[name] or [1]
        calls = [(PLAIN, res_id) for res_id in ids]
        calls += [(PLAIN, MISSING), (NONE, ids[0]), (HOSTILE, ids[0])]
        if getattr(function, "_api_model", False):
            calls = [(kind, None) for kind in KINDS]
        if method in self.orm:
            calls = [call for call in calls if call[0] == PLAIN]
        for kind, res_id in calls:
            record = env[name].browse(res_id or [])
            arguments = self.arguments.make(function, record, kind)
            if arguments is not None:
                call = (env, name, method, res_id, arguments)
                self._judge(call, role, KINDS[kind], writable, secrets)

    def _judge(self, call, role, kind, writable, secrets):
        _env, name, method, res_id, arguments = call
        key = f"{name}.{method}"
        with session.undone(self.cr):
            outcome, result = self._call(*call)
        self.counts[outcome.partition(":")[0]] += 1
        if outcome.startswith(("crash", "slow")):
            kind = "missing" if res_id == MISSING else kind
            found = {"method": key, "kind": kind, "why": outcome, "roles": []}
            found["arguments"] = repr(arguments)[:100]
            roles = self.crashes.setdefault((key, kind), found)["roles"]
            roles.extend({role} - set(roles))
        if outcome == "ok":
            for table in (self.written & self.tables.keys()) - NOISE - writable:
                found = self.escalations.setdefault(key, {}).setdefault(table, [])
                found.extend({role} - set(found))
            if hits := [text for text in secrets if text in repr(result)]:
                self.leaks.setdefault(key, {})[role] = hits[0]

    def _call(self, env, name, method, res_id, arguments):
        """Return how the call ended and what it answered."""
        self.written.clear()
        args = arguments if res_id is None else [[res_id], *arguments]
        signal.alarm(session.SECONDS)
        try:
            result = call_kw(env[name], method, args, {})
            self.cr.flush()
        except BaseException as error:  # noqa: BLE001 - reported as the outcome
            return classify(error), None
        finally:
            signal.alarm(0)
        return "ok", result

    # === ORACLES === #

    def _get_writable(self, env):
        """Return the tables of which the role may write a model."""
        access = env["ir.model.access"]
        return {
            table
            for table, names in self.tables.items()
            if any(
                access.check(name, operation, raise_exception=False)
                for name in names
                for operation in ("write", "create", "unlink")
            )
        }

    def _get_secrets(self, env, name):
        """Return texts of the sampled records that the role may not read."""
        texts = set()
        for record in env[name].browse(self.samples[name]):
            if not record.has_access("read"):
                texts |= read_texts(record.sudo())
        session.roll_back(self.cr)
        return {text for text in texts if text not in self.registry}


def read_texts(record):
    """Return what the stored text fields of a record say."""
    values = (
        record[name]
        for name, field in record._fields.items()
        if field.type in ("char", "text") and field.store and not field.related
    )
    return {text for text in values if text and len(text) >= SECRET_LENGTH}


def classify(error):
    """Return the outcome of a call that raised."""
    for outcome, kinds in OUTCOMES.items():
        if isinstance(error, kinds):
            return outcome
    return f"crash: {error!r}"[:160] + find_place()


def find_place():
    """Return the innermost line of ours in the traceback of the exception."""
    lines = traceback.format_exc().splitlines()
    places = [line.strip() for line in lines if "/addons/" in line]
    return f" at {places[-1][-90:]}" if places else ""


def main():
    database, file = sys.argv[1:]
    with session.open_session(database) as env:
        found = Fuzz(env).run()
    Path(file).write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
