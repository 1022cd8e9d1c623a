"""Reads and tries the rights of every role on every model of ours.

    matrix.py DATABASE FILE

rights    {model: {role: letters}}: r, w, c, d for read, write, create and delete, each
          followed by * when record rules leave only some of the records
findings  what is suspicious in the rights themselves, as [finding, model]
breaches  what succeeded although the rights refuse it, and errors with a traceback
tried     number of operations
"""

import json
import sys
from pathlib import Path

import psycopg2

from odoo import api
from odoo.exceptions import AccessError, UserError

sys.path.insert(0, str(Path(__file__).parent))

import session

LETTERS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
OUTSIDERS = ("public", "portal")
REFUSALS = (AccessError, UserError, psycopg2.IntegrityError)


class Matrix:
    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.roles = session.make_roles(env)
        names = session.get_own_models(env)
        self.names = [name for name in names if not env.registry[name]._abstract]
        self.findings, self.breaches, self.tried = [], [], 0

    def run(self):
        rights = {}
        for name in self.names:
            rights[name] = {
                role: self._get_letters(name, user) for role, user in self.roles.items()
            }
            self._inspect(name, rights[name])
            self._try_all(name)
        return {
            "rights": rights,
            "findings": sorted(set(self.findings)),
            "breaches": self.breaches,
            "tried": self.tried,
        }

    # === RIGHTS === #

    def _get_letters(self, name, user):
        env = api.Environment(self.cr, user.id, {})
        letters = ""
        for operation, letter in LETTERS.items():
            if env["ir.model.access"].check(name, operation, raise_exception=False):
                domain = env["ir.rule"]._compute_domain(name, operation)
                letters += letter if domain.is_true() else f"{letter}*"
        return letters

    def _inspect(self, name, rights):
        """Note what deserves a reason in reviewed.csv."""
        model = self.env.registry[name]
        access = self.env["ir.model.access"].search([("model_id.model", "=", name)])
        if not access:
            self._find("no access rights at all", name)
        if any(
            not line.group_id and (line.perm_write or line.perm_create)
            for line in access
        ):
            self._find("written by everybody", name)
        field = model._fields.get("company_id")
        rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
        by_company = any("company" in (rule.domain_force or "") for rule in rules)
        if field and field.store and not model._transient and not by_company:
            self._find("company without company rule", name)
        for role in OUTSIDERS:
            if rights[role]:
                self._find(f"{role} has {rights[role]}", name)

    def _find(self, finding, name):
        self.findings.append((finding, name))

    # === ATTEMPTS === #

    def _try_all(self, name):
        records = self.env[name]
        if records._auto and not records._transient:
            records = records.with_context(active_test=False).search([], limit=3)
        for role, user in self.roles.items():
            env = api.Environment(self.cr, user.id, {"lang": "en_US"})
            own = records.with_env(env)
            self._try("create", role, own.browse(), lambda m=own: m.create({}))
            for record in own:
                self._try("read", role, record, lambda r=record: r.read(["id"]))
                self._try("write", role, record, lambda r=record: rewrite(r))
                self._try("unlink", role, record, lambda r=record: r.unlink())

    def _try(self, operation, role, record, call):
        """Note a success that the rights refuse, and an error that is no refusal."""
        self.tried += 1
        with session.undone(self.cr):
            is_allowed = record.has_access(operation)
        what = f"{role} {operation} {record}"
        with session.undone(self.cr):
            try:
                call()
                self.cr.flush()
            except REFUSALS:
                return
            except Exception as error:  # noqa: BLE001 - reported as a breach
                self.breaches.append(f"{what}: {error!r}"[:200])
                return
        if not is_allowed:
            self.breaches.append(f"{what}: succeeded")


def rewrite(record):
    """Write a value that the record has already, so that only the rights matter."""
    names = [
        name
        for name, field in record._fields.items()
        if field.store and not field.related and field.type in {"char", "boolean"}
    ]
    value = record.sudo()[names[0]] if names else None
    record.write({names[0]: value} if names else {"write_date": record.write_date})


def main():
    database, file = sys.argv[1:]
    with session.open_session(database) as env:
        found = Matrix(env).run()
    Path(file).write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
