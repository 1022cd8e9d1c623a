from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewEvidence(ReviewCommon):
    """Rows of the trail change by decisions only, and never after closing."""

    def test_nobody_writes_evidence(self):
        document = self._submit()
        request = document.sudo().review_request_id
        for records in (request, request.task_ids):
            for user in (self.env.ref("base.user_admin"), self.author):
                self.assertTrue(records.with_user(user).has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.with_user(user).has_access(operation))
            with self.assertRefused("evidence", AccessError):
                records.sudo().write({"state": "approved"})
            with self.assertRefused("evidence", AccessError):
                records.sudo().create({})
            with self.assertRefused("evidence", AccessError):
                records.sudo().unlink()
            with self.assertRefused("evidence", AccessError):
                records.sudo().copy()

    def test_closed_rows_stay_closed(self):
        document = self._submit()
        self._approve(document, self.supervisor)
        request = document.sudo().review_request_id
        with self.assertRefused("already decided"):
            request.task_ids._decide("rejected", "x")
        with self.assertRefused("closed"):
            request._close("rejected", "x")

    @mute_logger("odoo.sql_db")
    def test_database_checks(self):
        document = self._submit()
        self.env.flush_all()
        task, request = self._tasks(document), document.sudo().review_request_id
        for query, row in (
            ("UPDATE review_task SET state = 'approved' WHERE id = %s", task),
            (
                "UPDATE review_task SET state = 'rejected', done_by = 1, "
                "done_at = now() WHERE id = %s",
                task,
            ),
            ("UPDATE review_task SET user_id = NULL WHERE id = %s", task),
            ("UPDATE review_task SET group_id = 1 WHERE id = %s", task),
            ("UPDATE review_request SET state = 'approved' WHERE id = %s", request),
            (
                "UPDATE review_request SET state = 'rejected', closed_at = now(), "
                "closed_by = 1 WHERE id = %s",
                request,
            ),
        ):
            with (
                self.subTest(query=query),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(query, [row.id])

    def test_trail_is_seen_by_its_participants(self):
        document = self._submit()
        request = document.sudo().review_request_id
        auditor = self.stranger
        self.assertFalse(request.with_user(auditor).has_access("read"))
        self.assertFalse(request.task_ids.with_user(auditor).has_access("read"))
        for user in (self.author, self.supervisor):
            self.assertTrue(request.with_user(user).has_access("read"))
            self.assertTrue(request.task_ids.with_user(user).has_access("read"))

        auditor.sudo().write(
            {"group_ids": [(4, self.env.ref("base_review.group_review_user").id)]}
        )

        self.assertTrue(request.with_user(auditor).has_access("read"))
        self.assertTrue(request.task_ids.with_user(auditor).has_access("read"))

    def test_flows_are_configured_by_managers(self):
        manager = self.stranger
        for record in (self.flow, self.first_step):
            self.assertTrue(record.with_user(manager).has_access("read"))
            self.assertFalse(record.with_user(manager).has_access("write"))
        manager.sudo().write(
            {"group_ids": [(4, self.env.ref("base_review.group_review_manager").id)]}
        )
        for record in (self.flow, self.first_step):
            self.assertTrue(record.with_user(manager).has_access("write"))

    def test_snapshot_and_reasons_are_frozen(self):
        """ORD-04: what the reviewers saw is kept."""
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor, self.director)
        document.note = "later"
        request = document.sudo().review_request_id

        self.assertEqual(request.snapshot["Amount"], 5000.0)
        self.assertEqual(document._review_get_snapshot(), request.snapshot)
        self.assertIn("5000", str(request.snapshot_html))
        self.assertIn("above 1000", request.exception_text)

    def test_snapshot_keeps_its_order(self):
        """ORD-04: the reviewers read what was submitted from top to bottom."""
        submitted = {"Delivery Address": "A", "No": {"bb": 1, "a": 2}, "Amount": 3.0}
        document = self._create_document()
        with patch.object(type(document), "_review_snapshot", lambda _self: submitted):
            request = self._submit(document).sudo().review_request_id
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(list(request.snapshot), list(submitted))
        self.assertEqual(list(request.snapshot["No"]), ["bb", "a"])

    def test_deciding_needs_no_access_to_the_document(self):
        document = self._submit()
        self.env["ir.rule"].create(
            {
                "name": "Own documents",
                "model_id": self.env["ir.model"]._get_id(document._name),
                "domain_force": "[('create_uid', '=', user.id)]",
            }
        )
        supervisor = document.with_user(self.supervisor)
        self.assertFalse(supervisor.has_access("read"))

        supervisor.review_approve(1, "seen in the snapshot")

        self.assertEqual(document.review_state, "approved")
        with self.assertRaises(AccessError):
            self._submit().with_user(self.stranger).review_approve(1)
