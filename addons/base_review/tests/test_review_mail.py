from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .common import DOCUMENT, ReviewCommon


class MailCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tasks of other documents are told already.
        cls.env["review.task"]._lock_to_mail()._evidence_write(
            {"mailed_at": "2026-01-01 00:00:00"}
        )

    def _run_mail(self):
        """Do what the scheduled action does; return the mails by person."""
        known = self.env["mail.mail"].search([])
        self.env["review.task"]._lock_to_mail()._send_mails()
        mails = self.env["mail.mail"].search([("id", "not in", known.ids)])
        return {mail.recipient_ids: mail for mail in mails}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 02:00:00")
class TestReviewMail(MailCommon):
    """One mail per person on what opened for him."""

    def test_mail_tells_what_who_why_and_leads_there(self):
        document = self._submit(amount=5000.0)
        mail = self._run_mail()[self.supervisor.partner_id]

        self.assertEqual(mail.subject, "To review: DOC1")
        link = f"/mail/view?model={DOCUMENT}&amp;res_id={document.id}"
        for text in ("DOC1", "Supervisor", "Author", "above 1000", link):
            self.assertIn(text, mail.body_html)
        self.assertTrue(self._tasks(document)[0].mailed_at)
        self.assertFalse(self._tasks(document)[1].mailed_at)

    def test_each_task_is_mailed_once(self):
        document = self._submit()
        self.assertTrue(self._run_mail())
        self.assertFalse(self._run_mail())
        document.review_recall(1)
        self._submit(document)
        self.assertTrue(self._run_mail())

    def test_several_in_one_mail(self):
        for _index in range(3):
            self._submit()
        mails = self._run_mail()

        self.assertEqual(list(mails), [self.supervisor.partner_id])
        mail = mails[self.supervisor.partner_id]
        self.assertEqual(mail.subject, "3 documents wait for your review")
        self.assertEqual(mail.body_html.count("/mail/view"), 3)

    def test_decided_before_the_mail(self):
        self._approve(self._submit(), self.supervisor)
        self.assertFalse(self._run_mail())

    def test_who_wants_no_mail(self):
        self.supervisor.with_user(self.supervisor).review_mail = "never"
        document = self._submit()

        self.assertFalse(self._run_mail())
        self.assertTrue(self._tasks(document).mailed_at)

    def test_group_is_mailed_up_to_a_number(self):
        people = self.env["res.users"].create(
            [
                {
                    "name": f"Member {index}",
                    "login": f"m{index}",
                    "email": f"m{index}@x.cn",
                }
                for index in range(25)
            ]
        )
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set((people | self.author).ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        self._submit()
        mails = self._run_mail()

        self.assertEqual(len(mails), 20)
        self.assertNotIn(self.author.partner_id, mails)

    def test_delegate_is_mailed(self):
        self.env["review.delegation"].with_user(self.supervisor).create(
            {"delegate_id": self.colleague.id, "date_to": "2026-03-09"}
        )
        self._submit()
        mails = self._run_mail()

        self.assertEqual(list(mails), [self.colleague.partner_id])
        self.assertIn("in place of", mails[self.colleague.partner_id].body_html)

    def test_language_and_time_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supervisor.sudo().write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        document = self._submit()
        task = self._tasks(document)
        task._evidence_write({"deadline": "2026-03-04 06:30:00"})
        body = self._run_mail()[self.supervisor.partner_id].body_html

        self.assertIn("14:30", body)

    def test_nothing_is_queued_by_the_decisions(self):
        """Submitting and approving do not pay for mails."""
        known = self.env["mail.mail"].search_count([])
        self._submit(amount=5000.0)
        self.assertEqual(self.env["mail.mail"].search_count([]), known)


@tagged("post_install", "-at_install")
class TestReviewLink(MailCommon, HttpCase):
    """Links lead to the document, or to the inbox of who may not read it."""

    def _open(self, user, document):
        password = "a password of his own"
        user.sudo().password = password
        self.authenticate(user.login, password)
        url = f"/mail/view?model={DOCUMENT}&res_id={document.id}"
        response = self.url_open(url, allow_redirects=False)
        return response.headers["Location"]

    def _close_documents(self):
        access = self.env["ir.model.access"].search([("name", "=", DOCUMENT)])
        access.perm_read = False

    def test_reader_sees_the_document(self):
        document = self._submit()
        self.assertIn(f"{document.id}", self._open(self.supervisor, document))
        self.assertNotIn("/odoo/reviews", self._open(self.supervisor, document))

    def test_reviewer_without_access_sees_the_task(self):
        document = self._submit()
        self._close_documents()
        task = self._tasks(document)

        url = self._open(self.supervisor, document)
        self.assertTrue(url.endswith(f"/odoo/reviews/{task.id}"))

    def test_who_decided_sees_the_request(self):
        document = self._submit()
        self._approve(document, self.supervisor)
        self._close_documents()
        request = document.sudo().review_request_id

        url = self._open(self.supervisor, document)
        self.assertTrue(url.endswith(f"/odoo/review-requests/{request.id}"))

    def test_strangers_learn_nothing(self):
        document = self._submit()
        self._close_documents()

        self.assertNotIn("review", self._open(self.stranger, document))
