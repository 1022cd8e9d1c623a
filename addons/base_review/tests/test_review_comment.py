from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DOCUMENT, ReviewCommon
from .test_review_calls import WILD


class FileCommon(ReviewCommon):
    def _upload(self, user, **values):
        """Return a file as the web client uploads it for a dialog."""
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create(
                {
                    "name": "quote.txt",
                    "raw": b"three offers",
                    "res_model": "review.decision",
                    **values,
                }
            )
        )

    def _hide_documents(self):
        """Let employees read nothing but what a review shows them."""
        self.env["ir.rule"].create(
            {
                "name": "Own documents",
                "model_id": self.env["ir.model"]._get_id(DOCUMENT),
                "groups": [(6, 0, self.env.ref("base.group_user").ids)],
                "domain_force": "[('create_uid', '=', user.id)]",
            }
        )


@tagged("post_install", "-at_install")
class TestReviewComment(FileCommon):
    """A word without a decision."""

    def _comment(self, document, user, body, **kwargs):
        return self._call(user, document, "review_comment", body, **kwargs)

    def _get_comment(self, document):
        return document.sudo().message_ids.filtered(
            lambda message: message.message_type == "comment"
        )[:1]

    def test_participants_are_told(self):
        """OPS-11: who said what, when, stays in the chatter."""
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        self._comment(document, self.supervisor, "Mind the <b>discount</b> & terms")
        message = self._get_comment(document)
        self.assertEqual(message.author_id, self.supervisor.partner_id)
        self.assertIn("Mind the &lt;b&gt;discount&lt;/b&gt; &amp; terms", message.body)
        self.assertTrue(message.subtype_id.internal)
        self.assertEqual(
            message.notified_partner_ids,
            self.author.partner_id | self.director.partner_id,
        )
        self.assertEqual(self._tasks(document).mapped("state"), ["approved", "todo"])

    def test_reviewer_without_the_document(self):
        self._hide_documents()
        document = self._submit()
        self._comment(document, self.supervisor, "A question")
        self.assertIn("A question", self._get_comment(document).body)
        with self.assertRefused(".", AccessError):
            self._comment(document, self.stranger, "Me too")

    def test_nobody_follows(self):
        document = self._submit()
        before = document.sudo().message_partner_ids
        self._comment(document, self.supervisor, "A question")
        self.assertEqual(document.sudo().message_partner_ids, before)

    def test_file(self):
        document = self._submit()
        upload = self._upload(self.supervisor)
        self._comment(document, self.supervisor, "See", attachment_ids=upload.ids)
        self.assertEqual(self._get_comment(document).attachment_ids, upload)
        self.assertEqual(
            (upload.sudo().res_model, upload.sudo().res_id), (DOCUMENT, document.id)
        )

    def test_closed_review_may_be_commented(self):
        document = self._submit()
        document.with_user(self.supervisor).review_reject(1, "No")
        self._comment(document, self.author, "Why?")
        self.assertIn("Why?", self._get_comment(document).body)

    def test_refusals(self):
        """STD-10: neither outsiders nor customers speak in a review."""
        fresh = self._create_document()
        with self.assertRefused("never submitted"):
            self._comment(fresh, self.author, "Hello")
        document = self._submit(fresh)
        portal = new_test_user(self.env, "review_p", groups="base.group_portal")
        with self.assertRefused("employees", AccessError):
            self._comment(document, portal, "Hello")
        for body in (" ", "x" * 5001, *(v for v in WILD if not isinstance(v, str))):
            with self.subTest(body=body), self.assertRefused("at most 5000"):
                self._comment(document, self.author, body)


@tagged("post_install", "-at_install")
class TestReviewAttachments(FileCommon):
    """Files of a decision are evidence like the decision itself."""

    def test_files_of_decisions(self):
        document = self._submit(amount=5000.0)
        upload = self._upload(self.supervisor)
        self._call(
            self.supervisor,
            document,
            "review_approve",
            1,
            attachment_ids=upload.ids,
        )
        self._call(
            self.director,
            document,
            "review_reject",
            1,
            "No",
            attachment_ids=self._upload(self.director).ids,
        )
        first, second = self._tasks(document)
        self.assertEqual(first.attachment_ids, upload.sudo())
        self.assertEqual(len(second.attachment_ids), 1)

    def test_files_cannot_be_changed(self):
        """STD-10: nobody alters, adds or removes a file of a decision."""
        document = self._submit()
        upload = self._upload(self.supervisor)
        document.with_user(self.supervisor).review_approve(1, attachment_ids=upload.ids)
        task = self._tasks(document)
        self.env.invalidate_all()
        for user in (self.supervisor, self.env.ref("base.user_admin")):
            file = upload.with_user(user)
            self.assertEqual(file.raw, b"three offers")
            with self.assertRefused(".", AccessError):
                file.raw = b"one offer"
            with self.assertRefused(".", AccessError):
                file.unlink()
            with self.assertRefused(".", AccessError):
                self._upload(user, res_model="review.task", res_id=task.id)
        self.assertTrue(upload.with_user(self.author).has_access("read"))
        self.assertFalse(upload.with_user(self.stranger).has_access("read"))

    def test_file_of_the_document_is_copied(self):
        document = self._submit()
        file = self._upload(self.author, res_model=DOCUMENT, res_id=document.id)
        document.with_user(self.supervisor).review_approve(1, attachment_ids=file.ids)
        kept = self._tasks(document).attachment_ids
        self.assertEqual((kept.raw, kept.res_model), (b"three offers", "review.task"))
        self.assertEqual(file.sudo().res_model, DOCUMENT)

    def test_refused_files(self):
        document, other = self._submit(), self._create_document()
        for file in (
            self._upload(self.stranger),
            self._upload(self.author, res_model=DOCUMENT, res_id=other.id),
            self._upload(self.supervisor, type="url", url="https://example.com"),
            self.env["ir.attachment"].search([("res_field", "!=", False)], limit=1),
        ):
            with self.subTest(file=file), self.assertRefused("Attach files"):
                self._call(
                    self.supervisor,
                    document,
                    "review_approve",
                    1,
                    attachment_ids=file.ids,
                )
        self._hide_documents()
        file = self._upload(self.author, res_model=DOCUMENT, res_id=document.id)
        with self.assertRefused("Attach files"):
            self._call(self.supervisor, document, "review_approve", 1, "", file.ids)

    def test_wild_files(self):
        document = self._submit()
        for value in (*WILD, [None], [True], [2**30], [{}], [[1]], list(range(1, 30))):
            if not value:
                continue
            for method, *args in (
                ("review_approve", 1),
                ("review_reject", 1, "x"),
                ("review_comment", "x"),
            ):
                with self.subTest(value=value, method=method), self.assertRefused("."):
                    self._call(
                        self.supervisor, document, method, *args, attachment_ids=value
                    )
        self.assertEqual(self._tasks(document).state, "todo")
