"""One process of a race: its own registry, its own connection, real commits.

Started by the arena with the name of a database. Reads requests as lines of JSON and
answers each with one line:

    {"do": "ready"}                                       the registry is loaded
    {"do": "prepare", "module", "case", "rounds", "tag"}  -> the calls of every round
    {"do": "call", "call", "at", "disable"}               -> how one call went
"""

import contextlib
import importlib
import json
import logging
import random
import sys
import time
from functools import partial
from pathlib import Path

import odoo.init  # noqa: F401 - sets the interpreter up
from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).parent))
EXECUTE = service_model.execute_cr
CONTEXT = {"lang": "en_US", "tracking_disable": True, "mail_create_nolog": True}


class RetryCounter(logging.Handler):
    """Counts how often Odoo began a call again."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.retries = 0

    def emit(self, record):
        self.retries += "tries left" in str(record.msg)


class QuickPause:
    """Stands for the module ``random`` where Odoo draws the pause before a retry."""

    @staticmethod
    def uniform(low, high):
        return random.uniform(low, high) / 40  # noqa: S311 - a pause, no secret


class Worker:
    def __init__(self, database):
        config.parse_config(
            ["-d", database, "--no-http", "--log-level=error"], setup_logging=True
        )
        self.registry = Registry(database)
        self.uids = {}
        self.counter = RetryCounter()
        logger = logging.getLogger(service_model.__name__)
        logger.setLevel(logging.INFO)
        logger.addHandler(self.counter)
        logger.propagate = False
        service_model.random = QuickPause
        self.registry["mail.mail"].send = do_nothing

    # === REQUESTS === #

    def ready(self, _request):
        return {"ready": True}

    def prepare(self, request):
        """Create what all rounds need; commit; return the calls of each round."""
        case = importlib.import_module(request["module"])
        self.registry.check_signaling()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, CONTEXT)
            prepare = getattr(case, request["case"])
            rounds = prepare(env, request["rounds"], request["tag"])
        self.registry.signal_changes()
        return rounds

    def call(self, request):
        """Call a public method at the given moment, as a web request does."""
        login, model, method, args = request["call"]
        uid = self._get_uid(login)
        registry = Registry(self.registry.db_name).check_signaling()
        self.counter.retries = 0
        with self._disabled(request.get("disable")):
            while time.monotonic() < request["at"]:
                pass
            started = time.monotonic()
            outcome = self._execute(registry, uid, model, method, args)
        outcome["seconds"] = time.monotonic() - started
        outcome["retries"] = self.counter.retries
        return outcome

    def _execute(self, registry, uid, model, method, args):
        kwargs = {"context": dict(CONTEXT)}
        try:
            with registry.cursor() as cr:
                execute = self._execute_system if method[0] == "_" else EXECUTE
                execute(cr, uid, model, method, args, kwargs)
        except (UserError, AccessError) as error:
            return {"status": "refused", "detail": str(error)[:300]}
        except Exception as error:  # noqa: BLE001 - reported as the call's outcome
            return {"status": "error", "detail": repr(error)[:300]}
        return {"status": "ok", "detail": ""}

    def _execute_system(self, cr, _uid, model, method, args, kwargs):
        """Call what the scheduler calls, which no client may."""
        env = api.Environment(cr, SUPERUSER_ID, kwargs["context"])
        ids, *others = args
        function = getattr(env[model].browse(ids), method)
        service_model.retrying(partial(function, *others), env)

    def _get_uid(self, login):
        if login not in self.uids:
            with self.registry.cursor() as cr:
                cr.execute("SELECT id FROM res_users WHERE login = %s", [login])
                self.uids[login] = cr.fetchone()[0]
        return self.uids[login]

    @contextlib.contextmanager
    def _disabled(self, guards):
        """Take guards away, each [model, method], for the negative control."""
        with contextlib.ExitStack() as stack:
            for model, method in guards or ():
                registry_class = self.registry[model]
                setattr(registry_class, method, do_nothing)
                stack.callback(delattr, registry_class, method)
            yield


def do_nothing(*_args, **_kwargs):
    """Stand for a method that is taken away."""


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    worker = Worker(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(worker, request["do"])(request)
        except Exception as error:
            logging.getLogger(__name__).exception("request failed")
            answer = {"failure": repr(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
