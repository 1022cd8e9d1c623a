import time
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DOCUMENT, ReviewCommon

IDENTITY = "odoo.addons.base_review.models.review_task_identity.request"


class IdentityCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first_step.identity_amount = 500.0

    def _create_dialog(self, document):
        return (
            self.env["review.decision"]
            .with_user(self.supervisor)
            .create(
                {
                    "decision": "approve",
                    "res_model": DOCUMENT,
                    "res_id": document.id,
                    "revision": 1,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestReviewIdentity(IdentityCommon):
    """Large amounts need the password of whoever approves them."""

    def _session(self, user, age=0):
        session = SimpleNamespace(
            uid=user.id, get={"identity-check-last": time.time() - age}.get
        )
        return patch(IDENTITY, SimpleNamespace(session=session))

    def test_small_amounts_need_nothing(self):
        document = self._submit(amount=499.99)
        self._call(self.supervisor, document, "review_approve", 1)
        self.assertEqual(document.review_state, "approved")

    def test_call_without_session_is_refused(self):
        document = self._submit(amount=500.0)
        with self.assertRefused("needs your password", AccessError):
            self._call(self.supervisor, document, "review_approve", 1)
        with self.assertRefused("over HTTP"):
            self._create_dialog(document).action_confirm()

    def test_negative_amounts_are_amounts(self):
        document = self._submit(amount=-5000.0)
        with self.assertRefused("needs your password", AccessError):
            self._call(self.supervisor, document, "review_approve", 1)

    def test_no_context_opens_it(self):
        document = self._submit(amount=500.0)
        keys = dict.fromkeys(("identity-check-last", "check_identity", "su"), True)
        acting = document.with_user(self.supervisor).with_context(**keys)
        with self.assertRefused("needs your password", AccessError):
            acting.review_approve(1)

    def test_fresh_password_of_oneself(self):
        document = self._submit(amount=500.0)
        for user, age in ((self.director, 0), (self.supervisor, 601)):
            with self._session(user, age), self.assertRefused("needs your password"):
                self._call(self.supervisor, document, "review_approve", 1)
        with self._session(self.supervisor, 590):
            self._call(self.supervisor, document, "review_approve", 1)

        self.assertEqual(document.review_state, "approved")

    def test_rejecting_needs_no_password(self):
        document = self._submit(amount=500.0)
        self._call(self.supervisor, document, "review_reject", 1, "too dear")
        self.assertEqual(document.review_state, "rejected")

    def test_batch_names_what_needs_the_password(self):
        small, large = self._submit(amount=1.0), self._submit(amount=500.0)
        documents = (small | large).with_user(self.supervisor)
        action = documents.action_review_approve_selected()

        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("needs your password", action["params"]["message"])
        self.assertEqual((small | large).mapped("review_state"), ["approved", "open"])

    def test_inbox_opens_the_dialog_for_a_single_one(self):
        self._submit(amount=500.0)
        task = self.env["review.task"].with_user(self.supervisor)
        action = task.search([("mine", "=", True)]).action_approve()

        self.assertEqual(action["res_model"], "review.decision")

    @mute_logger("odoo.sql_db")
    def test_amount_is_a_number(self):
        for amount in (-1.0, 1e15):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.first_step.identity_amount = amount
                self.env.flush_all()


@tagged("post_install", "-at_install")
class TestReviewIdentityDialog(IdentityCommon, HttpCase):
    """The way of the browser: approve, password, done."""

    def _rpc(self, records, method, **context):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": records._name,
                "method": method,
                "args": [records.ids],
                "kwargs": {"context": context},
            },
        )

    def test_password_first_then_approved(self):
        password = "a password of his own"
        self.supervisor.sudo().password = password
        document = self._submit(amount=500.0)
        dialog = self._create_dialog(document)
        self.authenticate(self.supervisor.login, password)

        action = self._rpc(dialog, "action_confirm")
        self.assertEqual(action["res_model"], "res.users.identitycheck")
        self.assertEqual(document.review_state, "open")
        asked = self.env[action["res_model"]].browse(action["res_id"])
        self._rpc(asked, "run_check", password=password)

        document.invalidate_recordset()
        self.assertEqual(document.review_state, "approved")
        self.assertEqual(self._tasks(document).done_by, self.supervisor)
