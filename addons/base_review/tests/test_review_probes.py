from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DOCUMENT, LINE, ReviewCommon

FORGED_CONTEXT = {
    "skip_validation_check": True,
    "review_skip": True,
    "force_review": True,
    "install_mode": True,
    "import_file": True,
}


@tagged("post_install", "-at_install")
class TestReviewProbes(ReviewCommon):
    """The correctness probes of the engine, called as a remote client calls."""

    def test_p1_second_approval_is_told_so(self):
        """ORD-13: no silent no-op."""
        document = self._submit()
        self._call(self.supervisor, document, "review_approve", 1)
        with self.assertRefused("not under review any more"):
            self._call(self.supervisor, document, "review_approve", 1)

    def test_p1b_rejection_after_approval_is_refused(self):
        document = self._submit()
        self._call(self.supervisor, document, "review_approve", 1)
        with self.assertRefused("not under review any more"):
            self._call(self.supervisor, document, "review_reject", 1, "late")

    def test_p2_line_edit_under_review_withdraws_it(self):
        document = self._submit()
        line = document.line_ids[0]
        self._call(
            self.author, line, "write", {"price": 1.0}, context=dict(FORGED_CONTEXT)
        )
        self.assertEqual(document.review_state, "none")
        with self.assertRefused("not under review"):
            self._call(self.supervisor, document, "review_approve", 1)

    def test_p3_edit_after_approval_needs_a_new_review(self):
        document = self._submit()
        self._approve(document, self.supervisor)
        self._call(self.author, document.line_ids[0], "write", {"price": 5e6})
        with self.assertRefused("submit it first"):
            self._call(
                self.author, document, "action_confirm", context=dict(FORGED_CONTEXT)
            )

    def test_p4_own_document_is_not_approved(self):
        """ORD-15: neither submitted by oneself nor by a colleague."""
        group = self.env["res.groups"].create(
            {"name": "G", "user_ids": [Command.set((self.author | self.director).ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        document = self._create_document()
        self._call(self.colleague, document, "review_submit")
        with self.assertRaises(AccessError):
            self._call(self.author, document, "review_approve", 1)

    def test_p5_strangers_have_no_say(self):
        document = self._submit()
        task, request = self._tasks(document), document.sudo().review_request_id
        admin = self.env.ref("base.user_admin")
        for user in (self.stranger, self.author, admin):
            with self.assertRaises(AccessError):
                self._call(user, document, "review_approve", 1)
            for record, values in (
                (task, {"state": "approved"}),
                (task, {"user_id": user.id}),
                (request, {"state": "approved"}),
                (document, {"review_state": "approved"}),
            ):
                with self.assertRaises(AccessError):
                    self._call(
                        user, record, "write", values, context=dict(FORGED_CONTEXT)
                    )
            for record in (task, request):
                with self.assertRaises(AccessError):
                    self._call(user, record, "unlink")
        with self.assertRaises(AccessError):
            self._call(self.supervisor, document, "_review_finish", request)

    def test_p5g_created_in_the_gated_state(self):
        with self.assertRefused("submit it first"):
            self.env[DOCUMENT].with_user(self.author).create({"state": "done"})

    @mute_logger("odoo.sql_db")
    def test_p6_flow_in_use_is_archived_not_deleted(self):
        document = self._submit(amount=5000.0)
        for record in (self.flow, self.first_step):
            with self.assertRaises(UserError):
                record.unlink()
        self.flow.active = False
        self.second_step.active = False

        self._approve(document, self.supervisor, self.director)

        self.assertEqual(document.review_state, "approved")

    def test_p6b_history_keeps_its_people(self):
        group = self.env["res.groups"].create(
            {"name": "G", "user_ids": [Command.set(self.supervisor.ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        document = self._submit()
        self._approve(document, self.supervisor)
        group.user_ids = [Command.clear()]

        task = self._tasks(document)
        self.assertEqual((task.state, task.done_by), ("approved", self.supervisor))

    def test_p7_nobody_to_assign_is_refused(self):
        (self.supervisor | self.fallback).sudo().active = False
        document = self._create_document()
        with self.assertRefused("Nobody may decide step Supervisor"):
            self._call(self.author, document, "review_submit")

    def test_p8_amount_raised_later_takes_the_longer_way(self):
        document = self._submit(amount=900.0)
        self._call(self.author, document, "write", {"amount": 1_002_000.0})
        self._call(self.author, document, "review_submit")
        self._call(self.supervisor, document, "review_approve", 2)

        self.assertEqual(document.review_state, "open")
        self.assertIn(self.director.name, document.review_waiting_on)

    def test_p9_rejection_leaves_a_trace(self):
        document = self._submit()
        with self.assertRefused("Say why"):
            self._call(self.supervisor, document, "review_reject", 1, "")
        self._call(self.supervisor, document, "review_reject", 1, "too dear")
        self._call(self.author, document, "review_submit")

        self.assertEqual(
            document._review_get_requests().mapped("state"), ["open", "rejected"]
        )
        bodies = "".join(document.sudo().message_ids.mapped("body"))
        self.assertIn("too dear", bodies)
        with self.assertRefused("trail"):
            self._call(self.author, document, "unlink")

    def test_p10_confirming_submits_nothing(self):
        document = self._create_document(user=self.supervisor)
        with self.assertRefused("submit it first"):
            self._call(self.supervisor, document, "action_confirm")
        self.assertFalse(document._review_get_requests())

    @mute_logger("odoo.sql_db")
    def test_p11_double_submission(self):
        document = self._submit()
        with self.assertRefused("already under review"):
            self._call(self.author, document, "review_submit")
        values = document.sudo()._review_prepare_request(self.author, [])
        with self.assertRaises(IntegrityError):
            self.env["review.request"]._evidence_create([values])

    def test_p12_stale_page_is_refused(self):
        document = self._submit()
        seen = document.review_revision
        self._call(self.author, document.line_ids[0], "write", {"price": 1.0})
        self._call(self.author, document, "review_submit")
        with self.assertRefused("changed since you opened it"):
            self._call(self.supervisor, document, "review_approve", seen)
        self._call(self.supervisor, document, "review_approve", seen + 1)

    def test_p12b_hidden_change_is_refused(self):
        document = self._submit()
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {self.env[LINE]._table} SET price = 9 WHERE document_id = %s",
            [document.id],
        )
        with self.assertRefused("changed since you opened it"):
            self._call(self.supervisor, document, "review_approve", 1)
