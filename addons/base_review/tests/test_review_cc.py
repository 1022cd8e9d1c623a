from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models import review_mixin_voice
from .test_review_calls import WILD
from .test_review_comment import FileCommon


@tagged("post_install", "-at_install")
class TestReviewCc(FileCommon):
    """抄送: a colleague may read a review that he has no part in."""

    def _copy(self, document, user, *colleagues, note=None):
        ids = [colleague.id for colleague in colleagues]
        return self._call(user, document, "review_cc", ids, note)

    def test_reading_is_noted(self):
        """OPS-11: who copied whom, when, and when it was read."""
        self._hide_documents()
        document = self._submit()
        self._copy(document, self.supervisor, self.stranger, note="For you")
        request = document.sudo().review_request_id
        notice = request.notice_ids
        self.assertEqual(notice.user_id, self.stranger)
        self.assertEqual(notice.sent_by_id, self.supervisor)
        self.assertEqual(notice.note, "For you")
        self.assertTrue(notice.sent_at)

        self.env.invalidate_all()
        mine = notice.with_user(self.stranger)
        request = request.with_user(self.stranger)
        self.assertEqual(request.snapshot["Amount"], 100.0)
        self.assertEqual(request.task_ids.mapped("state"), ["todo"])
        self.assertFalse(document.with_user(self.stranger).has_access("read"))
        self.assertFalse(mine.read_at)
        action = mine.action_open_document()
        self.assertEqual(action["res_model"], "review.request")
        self.assertTrue(mine.read_at)

    def test_reading_the_document_is_noted(self):
        document = self._submit()
        self._copy(document, self.author, self.stranger, self.colleague)
        self.assertEqual(self._call(self.stranger, document, "review_mark_read"), 1)
        self.assertEqual(self._call(self.stranger, document, "review_mark_read"), 0)
        notices = document.sudo().review_request_id.notice_ids
        read = notices.filtered("read_at")
        self.assertEqual(read.user_id, self.stranger)
        unread = (notices - read).with_user(self.author)
        self.assertEqual(unread.action_open_document()["res_id"], document.id)
        self.assertFalse(unread.read_at)

    def test_people_are_told_once(self):
        document = self._submit()
        self._copy(document, self.supervisor, self.stranger)
        message = self._get_notification(document)
        self.assertEqual(message.notified_partner_ids, self.stranger.partner_id)
        self._copy(document, self.author, self.stranger, self.colleague)
        notices = document.sudo().review_request_id.notice_ids
        self.assertEqual(len(notices), 2)
        message = self._get_notification(document)
        self.assertEqual(message.notified_partner_ids, self.colleague.partner_id)

    def test_copied_on_approval(self):
        self.flow.cc_user_ids = self.stranger | self.colleague
        self.colleague.active = False
        document = self._submit()
        self.assertFalse(document.sudo().review_request_id.notice_ids)
        self._approve(document, self.supervisor)
        notices = document.sudo().review_request_id.notice_ids
        self.assertEqual(notices.user_id, self.stranger)

    def test_copies_are_evidence(self):
        """STD-10: nobody forges, alters or removes a copy, administrators included."""
        document = self._submit()
        self._copy(document, self.supervisor, self.stranger)
        notice = document.sudo().review_request_id.notice_ids
        for user in (self.stranger, self.env.ref("base.user_admin")):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(notice.with_user(user).has_access(operation))
        with self.assertRefused("evidence", AccessError):
            notice.write({"read_at": False})
        with self.assertRefused("evidence", AccessError):
            notice.unlink()
        with self.assertRefused("evidence", AccessError):
            notice.copy()
        self.assertFalse(notice.with_user(self.colleague).has_access("read"))

    def test_copy_decides_nothing(self):
        """STD-10: who has a copy has no say."""
        self._hide_documents()
        document = self._submit()
        self._copy(document, self.supervisor, self.stranger)
        for method, *args in (
            ("review_approve", 1),
            ("review_reject", 1, "x"),
            ("review_transfer", 1, self.colleague.id, "x"),
            ("review_recall", 1),
        ):
            with self.subTest(method=method), self.assertRefused(".", AccessError):
                self._call(self.stranger, document, method, *args)

    def test_refusals(self):
        document = self._create_document()
        with self.assertRefused("never submitted"):
            self._copy(document, self.author, self.stranger)
        self._submit(document)
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        self.colleague.active = False
        for colleagues in ((portal,), (self.stranger, self.colleague), ()):
            with self.assertRefused("active employees"):
                self._copy(document, self.author, *colleagues)
        for method, *args in (("review_cc", self.stranger.ids), ("review_mark_read",)):
            with self.assertRefused("employees", AccessError):
                self._call(portal, document, method, *args)
        self._hide_documents()
        with self.assertRefused(".", AccessError):
            self._copy(document, self.stranger, self.fallback)
        document.with_user(self.author).review_recall(1)
        with self.assertRefused("closed"):
            self._copy(document, self.author, self.stranger)

    def test_flood(self):
        self.patch(review_mixin_voice, "MAX_NOTICES", 1)
        document = self._submit()
        with self.assertRefused("at most 1"):
            self._copy(document, self.author, self.stranger, self.colleague)

    def test_wild_arguments(self):
        document = self._submit()
        ids = self.stranger.ids
        for value in (*WILD, [None], [2**30], list(range(1, 99))):
            calls = [(value, None)]
            if value is not None and value is not False and not isinstance(value, str):
                calls.append((ids, value))
            for call in calls:
                with self.subTest(call=call), self.assertRefused("."):
                    self._call(self.author, document, "review_cc", *call)
        self.assertFalse(document.sudo().review_request_id.notice_ids)
