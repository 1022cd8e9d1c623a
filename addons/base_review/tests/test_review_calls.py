from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import DOCUMENT, ReviewCommon

WILD = (
    None, True, False, "1", "", "x" * 10, -1, 0, 1.5, float("nan"), float("inf"),
    2**40, [], [1], {}, {"id": 1}, b"1", "\x00",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestReviewCalls(ReviewCommon):
    """Public methods answer wild arguments in words, never with a traceback."""

    def _refused(self, document, method, *args):
        with self.assertRaises(UserError), self.cr.savepoint():
            call_kw(
                self.env[DOCUMENT].with_user(self.supervisor),
                method,
                [document.ids, *args],
                {},
            )

    def test_wild_revisions(self):
        document = self._submit()
        for value in WILD:
            with self.subTest(value=value):
                self._refused(document, "review_approve", value)
                self._refused(document, "review_reject", value, "x")
                self._refused(document, "review_recall", value)

    def test_wild_reasons(self):
        document = self._submit()
        for value in (True, 1, 1.5, [], {}, b"1", "\x00", "x" * 5001):
            with self.subTest(value=value):
                self._refused(document, "review_reject", 1, value)

    def test_wild_batches(self):
        documents = self.env[DOCUMENT].with_user(self.supervisor)
        for value in (*WILD, [None], [{"id": "x"}], [{"id": 1.5}], [[]], [{}] * 501):
            if value in ([], {}):
                continue
            with self.subTest(value=value), self.assertRaises(UserError):
                documents.review_approve_many(value)
        self.assertEqual(documents.review_approve_many([]), [])
        results = documents.review_approve_many([{"id": 2**30, "revision": 1}])
        self.assertFalse(results[0]["ok"])

    def test_wild_ids(self):
        for ids in ([], [0], [2**30], [-5], [self._submit().id] * 2):
            for method, args in {
                "review_preview": [],
                "review_submit": [],
                "review_remind": [],
                "review_approve": [1],
                "review_reject": [1, "x"],
                "review_recall": [1],
                "review_transfer": [1, 2, "x"],
                "review_add_reviewer": [1, 2, "before", "x"],
                "review_return": [1, 2, "x"],
                "review_comment": ["x"],
                "review_cc": [[2]],
                "action_review_submit": [],
                "action_review_approve": [],
                "action_review_approve_selected": [],
                "action_review_remind": [],
            }.items():
                with (
                    self.subTest(ids=ids, method=method),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    call_kw(
                        self.env[DOCUMENT].with_user(self.supervisor),
                        method,
                        [ids, *args],
                        {},
                    )

    def test_wild_ids_in_the_inbox(self):
        calls = {
            "review.task": ("action_approve", "action_reject", "action_open_document"),
            "review.request": ("action_open_document",),
            "review.notice": ("action_open_document",),
            "review.flow": ("action_toggle",),
            "review.decision": ("action_confirm",),
        }
        for model, methods in calls.items():
            for method in methods:
                for ids in ([], [2**30], [0], "abc", [1.5]):
                    with (
                        self.subTest(model=model, method=method, ids=ids),
                        self.assertRaises(UserError),
                    ):
                        call_kw(
                            self.env[model].with_user(self.author), method, [ids], {}
                        )

    def test_unsaved_document(self):
        with self.assertRefused("Save"):
            self.env[DOCUMENT].new({}).review_submit()

    def test_wild_revision_in_the_context(self):
        document = self._submit().with_user(self.supervisor)
        for value in WILD:
            if type(value) is int:
                continue
            with self.subTest(value=value), self.assertRaises(UserError):
                document.with_context(review_revision=value).action_review_approve()
