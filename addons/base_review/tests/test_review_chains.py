from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import DOCUMENT, DelegationCommon
from .test_review_added import AddedCommon
from .test_review_comment import FileCommon


@tagged("post_install", "-at_install")
class TestReviewFilesForGood(FileCommon):
    """Files of a decision stay, whoever asks and by whatever door."""

    def test_programs_keep_them_too(self):
        """STD-10: Odoo deletes a file for who uploaded it, without asking rights."""
        document = self._submit()
        upload = self._upload(self.supervisor)
        document.with_user(self.supervisor).review_approve(1, attachment_ids=upload.ids)
        file = self._tasks(document).attachment_ids
        for values in ({"raw": b"x"}, {"res_id": 0}, {"name": "x"}, {"public": True}):
            with self.assertRefused("evidence", AccessError):
                file.sudo().write(values)
        with self.assertRefused("evidence", AccessError):
            file.sudo().unlink()
        file.sudo().write({"raw": file.raw, "mimetype": file.mimetype})
        self.assertTrue(file.sudo().generate_access_token())
        other = self._upload(self.supervisor)
        other.raw = b"not evidence"
        other.unlink()


@tagged("post_install", "-at_install")
class TestReviewLeavers(AddedCommon):
    """Whoever leaves in the middle of a chain leaves nothing behind that hangs."""

    def test_added_reviewer_does_not_fall_back_on_who_added_him(self):
        document = self._submit()
        self._add(document, self.supervisor, self.stranger, "before")
        self.stranger.sudo().active = False
        self.assertEqual(self._who(document), self.fallback)
        self._approve(document, self.fallback)
        self.assertEqual(self._who(document), self.supervisor)

    def test_added_reviewer_is_no_alternative_of_who_added_him(self):
        """Nobody spares a reviewer by adding him with a reason used before."""
        document = self._submit()
        self._add(document, self.supervisor, self.stranger, "parallel")
        for user, colleague in (
            (self.supervisor, self.director),
            (self.stranger, self.supervisor),
        ):
            self._call(user, document, "review_transfer", 1, colleague.id, "Away")
        self._add(document, self.supervisor, self.colleague, "parallel")
        self._approve(document, self.supervisor)

        self.assertEqual(self._who(document), self.director | self.colleague)

    def test_leaver_beside_a_superior_need_not_be_replaced(self):
        document = self._submit()
        task = self._tasks(document)
        self.first_step.escalate_user_id = self.director
        task._escalate()
        self.assertEqual(self._who(document), self.supervisor | self.director)
        self.first_step.fallback_user_id = self.author
        self.director.sudo().active = False
        self.assertEqual(self._who(document), self.supervisor)
        self.assertFalse(document.review_late)
        self._approve(document, self.supervisor)
        self.assertEqual(document.review_state, "approved")

    def test_both_of_them_leave(self):
        document = self._submit()
        self.first_step.escalate_user_id = self.director
        self._tasks(document)._escalate()
        (self.supervisor | self.director).sudo().active = False
        self.assertEqual(self._who(document), self.fallback)

    def test_leaving_takes_the_review(self):
        """A decision at the same moment is repeated, not overlooked."""
        document = self._submit()
        request = document.sudo().review_request_id
        self.env.flush_all()
        self.cr.execute("SELECT ctid FROM review_request WHERE id = %s", request.ids)
        before = self.cr.fetchone()
        self.supervisor.sudo().active = False
        self.env.flush_all()
        self.cr.execute("SELECT ctid FROM review_request WHERE id = %s", request.ids)
        self.assertNotEqual(self.cr.fetchone(), before)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestDelegationForGood(DelegationCommon):
    def test_in_force_before_the_scheduled_action_ran(self):
        """A delegation that gave tasks away is not rewritten."""
        delegation = self._delegate()
        with freeze_time("2026-03-03 00:05:00"):
            document = self._submit()
            self.assertEqual(self._todo(document).user_id, self.colleague)
            for values in (
                {"delegate_id": self.director.id},
                {"active": False},
                {"date_from": "2026-03-04"},
            ):
                with self.assertRefused("that runs", AccessError):
                    delegation.write(values)
            delegation.action_end()
        self.assertEqual(self._todo(document).user_id, self.supervisor)

    @freeze_time("2026-03-04 02:00:00")
    def test_delegate_of_a_leaver_keeps_his_row_of_a_committee(self):
        users = self.supervisor | self.director
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(users.ids)]}
        )
        self.first_step.write(
            {"assign_by": "group", "group_id": group.id, "policy": "all"}
        )
        self._delegate()
        document = self._submit()
        self.assertEqual(self._todo(document).user_id, self.colleague | self.director)
        self.supervisor.sudo().active = False
        self.assertEqual(self._todo(document).user_id, self.colleague | self.director)
        self._approve(document, self.colleague, self.director)
        self.assertEqual(document.review_state, "approved")

    def test_start_and_end_cost_little_more_for_more(self):
        """Queries of a start grow by the task, those of a submission do not."""
        submits, starts = [], []
        for day, amount in ((3, 5), (8, 15)):
            documents = self.env[DOCUMENT]
            for _index in range(amount):
                documents |= self._create_document()
            submits.append(self._count(documents.with_user(self.author).review_submit))
            delegation = self._delegate(
                date_from=f"2026-03-{day:02}", date_to=f"2026-03-{day + 1:02}"
            )
            with freeze_time(f"2026-03-{day:02} 01:00:00"):
                starts.append(self._count(delegation._apply))
            with freeze_time(f"2026-03-{day + 1:02} 01:00:00"):
                delegation._apply()
        self.assertLessEqual(submits[1], submits[0] + 2)
        self.assertLessEqual(starts[1] - starts[0], 5 * 20)

    def _count(self, method):
        """Return how many queries a call costs, with cold records."""
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        method()
        self.env.flush_all()
        return self.cr.sql_log_count - start


@tagged("post_install", "-at_install")
class TestReviewDialogOfOthers(FileCommon):
    def test_nobody_turns_the_dialog_of_somebody_else(self):
        """What one confirms, perhaps with a password, is what one chose."""
        document = self._submit()
        dialog = self.env["review.decision"].with_user(self.supervisor)
        dialog = dialog.create(
            {
                "decision": "comment",
                "res_model": DOCUMENT,
                "res_id": document.id,
                "revision": 1,
                "reason": "Wait",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.author, self.stranger):
            with self.assertRefused(".", AccessError):
                dialog.with_user(user).write({"decision": "approve"})
            with self.assertRefused(".", AccessError):
                dialog.with_user(user).read(["reason"])
        dialog.action_confirm()
        self.assertEqual(document.review_state, "open")


@tagged("post_install", "-at_install")
class TestReviewHeir(DelegationCommon):
    def test_successor_works_here(self):
        """Steps are not given to somebody who can never decide them."""
        manager = new_test_user(
            self.env, "review_head", groups="base_review.group_review_manager"
        )
        portal = new_test_user(self.env, "review_guest", groups="base.group_portal")
        self.stranger.sudo().active = False
        for heir in (portal, self.stranger):
            dialog = self.env["review.handover"].with_user(manager)
            dialog = dialog.create(
                {
                    "user_id": self.supervisor.id,
                    "successor_id": heir.id,
                    "reason": "Leaves",
                }
            )
            with self.assertRefused("Choose an active employee"):
                dialog.action_hand_over()
        self.assertEqual(self.first_step.user_id, self.supervisor)


@tagged("post_install", "-at_install")
class TestReviewLinkOfOthers(DelegationCommon):
    def test_who_is_no_employee_is_sent_on(self):
        document = self._submit()
        portal = new_test_user(self.env, "review_portal", groups="base.group_portal")
        tasks = self.env["review.task"].with_user(portal)
        self.assertIsNone(tasks._get_inbox_link(DOCUMENT, document.id))
