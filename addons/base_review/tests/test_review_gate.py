from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DOCUMENT, LINE, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewGate(ReviewCommon):
    """ORD-13: no way to the gated state but an approved review of this content."""

    def _approved(self, **values):
        document = self._submit(**values)
        self._approve(document, self.supervisor)
        return document

    def test_document_without_review_does_not_pass(self):
        document = self._create_document()
        for user in (self.author, self.env.ref("base.user_admin"), self.env.user):
            with self.assertRefused("submit it first"):
                document.with_user(user).action_confirm()
        with self.assertRefused("submit it first"):
            document.sudo().write({"state": "done"})

    def test_document_created_in_the_gated_state_is_refused(self):
        with self.assertRefused("submit it first"):
            self._create_document(state="done")
        with self.assertRefused("submit it first"):
            self.env[DOCUMENT].with_context(default_state="done").create({"name": "x"})

    def test_state_and_content_in_one_write_do_not_pass(self):
        document = self._approved()
        with self.assertRefused("submit it first"):
            document.write({"state": "done", "amount": 1.0})

    def test_blockers_name_who_it_waits_for(self):
        document = self._submit()
        blockers = document._review_gate_blockers()

        self.assertIn(self.supervisor.name, blockers[document.id])

    def test_lines_are_part_of_what_is_reviewed(self):
        line_values = {"name": "three", "price": 5.0}
        edits = {
            "header": lambda document: document.update({"amount": 7.0}),
            "line": lambda document: document.line_ids[0].update({"price": 1.0}),
            "new line": lambda document: document.line_ids.create(
                {**line_values, "document_id": document.id}
            ),
            "command": lambda document: document.write(
                {"line_ids": [Command.create(line_values)]}
            ),
            "deletion": lambda document: document.line_ids[0].unlink(),
        }
        for name, edit in edits.items():
            for approved in (False, True):
                with self.subTest(edit=name, approved=approved):
                    document = self._approved() if approved else self._submit()
                    edit(document.with_user(self.author))
                    self.assertEqual(document.review_state, "none")
                    self.assertEqual(
                        document.sudo().review_request_id.state, "superseded"
                    )
                    self.assertFalse(document.review_waiting_on)

    def test_moving_a_line_concerns_both_documents(self):
        source, target = self._submit(), self._submit()
        source.line_ids[0].with_user(self.author).document_id = target

        self.assertEqual((source | target).mapped("review_state"), ["none", "none"])

    def test_edits_of_no_interest_keep_the_review(self):
        document = self._submit()
        document.with_user(self.author).write({"note": "call first", "amount": 100.0})
        line = document.line_ids[0].with_user(self.author)
        line.write({"price": 10.0, "delivered": 3.0})
        line.create(
            {"document_id": document.id, "name": "n", "display_type": "line_note"}
        )

        self.assertEqual(document.review_state, "open")

    def test_blocking_flow_refuses_edits_under_review(self):
        self.flow.on_edit = "block"
        document = self._submit()
        with self.assertRefused("Recall it first"):
            document.with_user(self.author).amount = 7.0
        with self.assertRefused("Recall it first"):
            document.line_ids[0].with_user(self.author).price = 7.0

    def test_confirmed_document_keeps_its_content(self):
        document = self._approved()
        document.with_user(self.author).action_confirm()
        for edit in (
            lambda: document.write({"amount": 7.0}),
            lambda: document.line_ids[0].write({"price": 7.0}),
            document.line_ids[0].unlink,
            lambda: self.env[LINE].create({"document_id": document.id, "name": "x"}),
        ):
            with self.assertRefused("confirmed after its review"):
                edit()
        document.write({"note": "delivered", "amount": 100.0})
        document.line_ids[0].write({"delivered": 1.0, "price": 10.0})

    def test_cancelled_document_loses_its_review(self):
        document = self._submit()
        document.with_user(self.author).write({"state": "cancel"})
        self.assertEqual(document.review_state, "none")
        self.assertEqual(self._tasks(document).state, "cancelled")

        confirmed = self._approved()
        confirmed.action_confirm()
        confirmed.write({"state": "draft"})
        with self.assertRefused("submit it first"):
            confirmed.action_confirm()

    def test_another_company_asks_for_a_new_review(self):
        document = self._approved()
        branch = self.env["res.company"].create({"name": "Branch"})
        document.sudo().company_id = branch

        self.assertEqual(document.sudo().review_state, "none")

    def test_moving_among_the_reviewed_states_keeps_the_review(self):
        document = self._approved()
        document.write({"state": "sent"})
        document.action_confirm()

        self.assertEqual(document.state, "done")

    def test_not_a_number_is_refused(self):
        document = self._create_document(amount=float("nan"))
        with self.assertRefused("not a number"):
            document.review_submit()
        document = self._submit()
        with self.assertRefused("not a number"):
            document.line_ids[0].price = float("inf")

    def test_change_behind_the_orm_does_not_pass(self):
        document = self._approved()
        self.env.cr.execute(
            "UPDATE review_test_line SET price = 1 WHERE document_id = %s",
            [document.id],
        )
        document.line_ids.invalidate_recordset()
        with self.assertRefused("changed since it was approved"):
            document.action_confirm()

    def test_switched_off_means_untouched(self):
        self.flow.active = False
        document = self._create_document()
        document.action_confirm()
        document.write({"amount": 3.0})
        document.line_ids[0].price = 3.0

        self.assertEqual(document.state, "done")
        self.assertFalse(document._review_gate_blockers())
        with self.assertRefused("needs no review"):
            self._submit()

    def test_documents_confirmed_before_the_flow_stay_editable(self):
        self.flow.active = False
        document = self._create_document(state="done")
        self.flow.active = True
        document.write({"amount": 3.0})

        self.assertEqual(document.amount, 3.0)

    def test_engine_columns_are_refused_to_everybody(self):
        document = self._create_document()
        admin = self.env.ref("base.user_admin")
        for name, value in {
            "review_state": "approved",
            "review_revision": 7,
            "review_step_id": self.first_step.id,
            "review_deadline": "2030-01-01 00:00:00",
            "review_request_id": 1,
        }.items():
            with self.subTest(field=name):
                for writer in (document.with_user(admin), document.sudo()):
                    with self.assertRefused("review status", AccessError):
                        writer.write({name: value})
                with self.assertRefused("review status", AccessError):
                    document.sudo().create({name: value})

    def test_defaults_and_copies_carry_no_review(self):
        document = self._approved()
        copied = document.copy()
        forged = document.with_context(
            default_review_state="approved",
            default_review_request_id=document.review_request_id.id,
            default_review_revision=1,
        ).create({"name": "x"})

        for fresh in (copied, forged):
            self.assertEqual(fresh.review_state, "none")
            self.assertFalse(fresh.review_request_id)
