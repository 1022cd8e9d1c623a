"""One transaction on a copy of the demo company in which nothing leaves the process."""

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import odoo.init  # noqa: F401 - sets the interpreter up
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor
from odoo.tools import config

ADDONS = Path(os.environ["ADDONS"])
MODULES = {file.parent.name for file in ADDONS.glob("*/__manifest__.py")}
#: Roles beside the logins of the demo company, each with its groups.
EXTRA_ROLES = {
    "portal": ["base.group_portal"],
    "internal": ["base.group_user"],
    "review_manager": ["base.group_user", "base_review.group_review_manager"],
}
#: Longer than any of our calls may take on a small database.
SECONDS = 20


#: The real one, before ``isolate``.
roll_back = Cursor.rollback


class BlockedError(Exception):
    """Raised for an effect outside the database."""


class TimeoutError(BaseException):  # noqa: A001 - of one call, not of the system
    """Raised when a call takes too long."""


def block(*_args, **_kwargs):
    raise BlockedError("blocked by the probe")


def do_nothing(*_args, **_kwargs):
    """Stand for what the probe does without."""


def raise_timeout(*_args):
    raise TimeoutError


def isolate():
    """Take away network, programs, threads, pauses and commits."""
    socket.socket.connect = socket.create_connection = socket.getaddrinfo = block
    subprocess.Popen.__init__ = subprocess.run = os.system = block
    threading.Thread.start = time.sleep = do_nothing
    Registry.new = classmethod(block)
    Cursor.commit = lambda cursor: cursor.flush()
    Cursor.rollback = do_nothing
    signal.signal(signal.SIGALRM, raise_timeout)


@contextmanager
def open_session(database):
    """Open an environment of the superuser; what ``undone`` runs in is never committed.

    The people of ``make_roles`` are: the database is the probe's own.
    """
    arguments = ["-d", database, "--no-http", "--log-level=critical"]
    config.parse_config(arguments, setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        make_roles(env)
        cr.execute("SET statement_timeout = '10s'; SET lock_timeout = '2s'")
        cr.commit()
        isolate()
        yield env
        roll_back(cr)


@contextmanager
def undone(cr):
    """Roll back what was done inside, with its locks; empty the cache."""
    try:
        yield
    finally:
        roll_back(cr)


def make_roles(env):
    """Return ``{role: user}``: the visitor, every login of the demo, and a few more."""
    users = env["res.users"].with_context(no_reset_password=True)
    roles = {"public": env.ref("base.public_user")}
    for role, groups in EXTRA_ROLES.items():
        found = users.search([("login", "=", f"probe.{role}")])
        roles[role] = found or users.create(
            {
                "name": f"Probe {role}",
                "login": f"probe.{role}",
                "email": f"{role}@example.com",
                "group_ids": [Command.set([env.ref(xid).id for xid in groups])],
            }
        )
    employees = users.search([("share", "=", False)], order="id") - union(roles)
    known = employees.filtered(lambda user: not user.has_group("base.group_system"))
    return {**roles, **{user.login: user for user in known}}


def union(roles):
    """Return the users of all roles as one recordset."""
    return next(iter(roles.values())).union(*roles.values())


def get_own_models(env):
    """Return the names of the models that our add-ons define."""
    data = env["ir.model.data"].search(
        [("module", "in", list(MODULES)), ("model", "=", "ir.model")]
    )
    names = env["ir.model"].browse(data.mapped("res_id")).mapped("model")
    return sorted(
        name
        for name in names
        if name in env and env.registry[name]._original_module in MODULES
    )


def is_ours(function_or_class):
    """Return whether a class is written in one of our add-ons."""
    parts = function_or_class.__module__.split(".")
    return parts[:2] == ["odoo", "addons"] and parts[2] in MODULES
