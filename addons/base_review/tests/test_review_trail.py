from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ReviewCommon

EVIDENCE = ("review.request", "review.task", "review.notice")
#: What a client may try on rows it can read.
FORGERIES = (
    ("write", [{"state": "approved"}]),
    ("write", [{"rank": -1}]),
    ("write", [{"read_at": "2026-01-01 00:00:00"}]),
    ("web_save", [{"state": "approved"}, {}]),
    ("unlink", []),
    ("copy", []),
)
PRIVATE = ("_evidence_write", "_decide", "_close", "_open", "_escalate", "_mark_read")


@tagged("post_install", "-at_install")
class TestReviewTrail(ReviewCommon):
    """Nobody skips or alters a step, and every step is on record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "review_p", groups="base.group_portal")
        cls.document = cls._submit(amount=5000.0)
        cls.document.with_user(cls.author).review_cc(cls.stranger.ids)

    def _rpc(self, user, model, ids, method, *args):
        self.env.invalidate_all()
        model = self.env[model].with_user(user).with_context({})
        return call_kw(model, method, [ids, *args] if ids else list(args), {})

    def _get_rows(self, model):
        request = self.document.sudo().review_request_id
        rows = {"review.task": request.task_ids, "review.notice": request.notice_ids}
        return rows.get(model, request)

    def test_forged_writes(self):
        """STD-10: reviewers, requesters, administrators alter no row of the trail."""
        people = (
            self.supervisor,
            self.author,
            self.stranger,
            self.portal,
            self.env.ref("base.user_admin"),
        )
        for model in EVIDENCE:
            ids = self._get_rows(model).ids
            for user in people:
                for method, args in FORGERIES:
                    values = args[0] if args else {}
                    if values.keys() - self.env[model]._fields.keys():
                        continue
                    with (
                        self.subTest(model=model, user=user.login, method=method),
                        self.assertRefused(".", AccessError),
                    ):
                        self._rpc(user, model, ids, method, *args)
        self.assertEqual(
            self._tasks(self.document).mapped("state"), ["todo", "waiting"]
        )

    def test_forged_rows(self):
        """STD-10: nobody adds a decision, a reviewer or a copy by hand."""
        task = self._tasks(self.document)[0]
        values = {
            **task._prepare_copy(),
            "user_id": self.stranger.id,
            "state": "approved",
        }
        for user in (self.supervisor, self.portal, self.env.ref("base.user_admin")):
            for model in EVIDENCE:
                with self.subTest(model=model), self.assertRefused(".", AccessError):
                    self._rpc(user, model, None, "create", [values])

    def test_engine_is_out_of_reach(self):
        """STD-10: no client calls a method of the engine."""
        for model in EVIDENCE:
            for method in PRIVATE:
                if not hasattr(self.env[model], method):
                    continue
                with self.subTest(method=method), self.assertRefused(".", AccessError):
                    self._rpc(self.supervisor, model, self._get_rows(model).ids, method)
        for method in ("_review_transfer", "_review_return", "_review_finish"):
            with self.subTest(method=method), self.assertRefused(".", AccessError):
                self._rpc(
                    self.supervisor,
                    self.document._name,
                    self.document.ids,
                    method,
                )

    def test_later_step_cannot_be_taken_first(self):
        """STD-10: the second step decides after the first one."""
        step = self.first_step.id
        for method, *args in (
            ("review_approve", 1),
            ("review_reject", 1, "x"),
            ("review_transfer", 1, self.fallback.id, "x"),
            ("review_add_reviewer", 1, self.fallback.id, "before", "x"),
            ("review_return", 1, step, "x"),
        ):
            with self.subTest(method=method), self.assertRefused(".", AccessError):
                self._call(self.director, self.document, method, *args)

    def test_customers_see_nothing(self):
        for model in EVIDENCE:
            with self.subTest(model=model), self.assertRefused(".", AccessError):
                self._rpc(self.portal, model, self._get_rows(model).ids, "read")

    def test_log_tells_the_whole_story(self):
        """OPS-11: who did what, when and why, in order, for later query and audit."""
        self._play()
        story = [
            (task.state, task.done_by, task.added_by_id, task.reason or "")
            for task in self._tasks(self.document).sorted()
        ]
        nobody = self.env["res.users"]
        self.assertEqual(
            story,
            [
                ("transferred", self.supervisor, nobody, "I travel"),
                ("approved", self.fallback, self.colleague, "A good one"),
                ("approved", self.colleague, nobody, ""),
                ("returned", self.director, nobody, "Price?"),
                ("todo", nobody, nobody, ""),
                ("waiting", nobody, nobody, ""),
            ],
        )
        self.assertTrue(all(self._tasks(self.document)[:4].mapped("done_at")))
        self.env.invalidate_all()
        html = self.document.with_user(self.author).review_log_html
        for text in ("I travel", "Who is it?", "A good one", "Price?"):
            self.assertIn(text, html)

    def _play(self):
        """Transfer, ask before, approve twice, return: an hour each."""
        step, colleague, fallback = self.first_step, self.colleague, self.fallback
        calls = (
            (self.supervisor, "review_transfer", colleague.id, "I travel"),
            (colleague, "review_add_reviewer", fallback.id, "before", "Who is it?"),
            (fallback, "review_approve", "A good one"),
            (colleague, "review_approve"),
            (self.director, "review_return", step.id, "Price?"),
        )
        for hour, (user, method, *args) in enumerate(calls, start=1):
            with freeze_time(f"2026-03-02 0{hour}:00:00"):
                self._call(user, self.document, method, 1, *args)
