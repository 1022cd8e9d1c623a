import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewReport(ReviewCommon):
    """Statistics: time per step, bottlenecks, rejection reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "review_manager", groups="base_review.group_review_user"
        )

    def _find(self, *domain, user=None):
        self.env.flush_all()
        report = self.env["review.report"].with_user(user or self.manager)
        return report.search([("flow_id", "=", self.flow.id), *domain])

    def _age(self, document, **delta):
        """Let the open task of the document have opened earlier."""
        task = self._tasks(document).filtered(lambda task: task.state == "todo")
        opened = fields.Datetime.now() - timedelta(**delta)
        task._evidence_write({"started_at": opened})
        return task

    def test_time_per_step(self):
        document = self._submit(amount=5000.0)
        self._age(document, hours=6)
        self._approve(document, self.supervisor)
        self._age(document, hours=2)
        self._approve(document, self.director)
        self.env.flush_all()
        rows = self.env["review.report"]._read_group(
            [("flow_id", "=", self.flow.id), ("state", "=", "approved")],
            ["step_id"],
            ["hours_taken:avg", "late_percent:avg", "__count"],
        )
        found = {step.name: (round(hours), count) for step, hours, _late, count in rows}
        self.assertEqual(found, {"Supervisor": (6, 1), "Director": (2, 1)})

    def test_bottlenecks_count_open_tasks_by_age(self):
        for days in (0, 2, 5, 30):
            self._age(self._submit(), days=days, minutes=5)
        rows = self._find(("state", "=", "todo"))
        self.assertEqual(sorted(rows.mapped("age")), ["days", "older", "today", "week"])
        self.assertEqual(set(rows.mapped("hours_taken")), {0.0})
        self.assertGreater(sum(rows.mapped("hours_waiting")), 37 * 24)
        self.assertEqual(rows.user_id, self.supervisor)
        self.assertFalse(self._find(("state", "=", "waiting")))

    def test_rejection_reasons_count_by_text(self):
        for reason in (" too dear", "too  dear\n", "no stock" + "!" * 100):
            document = self._submit()
            document.with_user(self.supervisor).review_reject(1, reason)
        self.env.flush_all()
        rows = self.env["review.report"]._read_group(
            [("flow_id", "=", self.flow.id), ("state", "=", "rejected")],
            ["reason_short"],
            ["__count", "rejected_count:sum"],
        )
        self.assertEqual(rows[-1], ("too dear", 2, 2))
        self.assertEqual(len(rows[0][0]), 60)

    def test_transfers_and_returns_are_counted(self):
        document = self._submit(amount=5000.0)
        self._approve(document, self.supervisor)
        director = document.with_user(self.director)
        director.review_return(1, self.first_step.id, "price is missing")
        supervisor = document.with_user(self.supervisor)
        supervisor.review_transfer(1, self.colleague.id, "on leave")
        rows = self._find()
        self.assertEqual(sum(rows.mapped("returned_count")), 1)
        self.assertEqual(sum(rows.mapped("transferred_count")), 1)
        returned = rows.filtered("returned_count")
        self.assertEqual(returned.reason_short, "price is missing")

    def test_lateness_counts_working_hours(self):
        limit = self.env["deadline.limit"].create(
            {"name": "One hour", "code": "r_test", "value": 1, "unit": "hour"}
        )
        self.first_step.limit_id = limit
        with freeze_time("2026-03-02 02:00:00"):
            document = self._submit()
        with freeze_time("2026-03-03 02:00:00"):
            self._approve(document, self.supervisor)
        row = self._find()
        self.assertEqual(row.late_percent, 100.0)
        self.assertAlmostEqual(row.hours_taken, 24.0)
        self.assertGreater(row.hours_late, 0)
        self.assertLess(row.hours_late, 23)

    def test_statistics_are_for_those_who_see_all_reviews(self):
        self._submit()
        for user in (self.supervisor, self.author):
            with self.assertRaises(AccessError):
                self._find(user=user).mapped("res_name")
        self.assertTrue(self._find())

    def test_statistics_keep_to_the_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        people = self.author | self.supervisor | self.fallback | self.director
        people.sudo().company_ids += branch
        self._submit(company_id=branch.id)
        self.assertFalse(self._find())
        self.manager.sudo().company_ids += branch
        self.env.invalidate_all()
        rows = self._find(user=self.manager.with_company(branch))
        self.assertFalse(rows.filtered(lambda row: row.company_id != branch))


@tagged("post_install", "-at_install")
class TestReviewPrint(ReviewCommon):
    """审批记录: on the document and on paper, every kind of row."""

    def _log(self, document):
        self.env.invalidate_all()
        return str(document.with_user(self.colleague).review_log_html)

    def _print(self, document, user):
        request = document.sudo().review_request_id.with_user(user)
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(user)
        html = report._render_qweb_html("base_review.report_review_log", request.ids)
        return html[0].decode()

    def _tell_a_story(self):
        """Transfer, added reviewer, return, attachment and copy in one review."""
        document = self._submit(amount=5000.0)
        supervisor = document.with_user(self.supervisor)
        supervisor.review_transfer(1, self.colleague.id, "on leave today")
        colleague = document.with_user(self.colleague)
        colleague.review_add_reviewer(1, self.stranger.id, "before", "knows the site")
        self._approve(document, self.stranger)
        file = self.env["ir.attachment"].with_user(self.colleague)
        file = file.create({"name": "survey.pdf", "datas": base64.b64encode(b"x")})
        colleague.review_approve(1, "fits", attachment_ids=file.ids)
        document.with_user(self.director).review_cc(self.fallback.ids, "see this")
        director = document.with_user(self.director)
        director.review_return(1, self.first_step.id, "measure again")
        notice = self.env["review.notice"].with_user(self.fallback).search([])
        notice.action_open_document()
        return document

    def test_log_and_print_tell_every_kind_of_row(self):
        document = self._tell_a_story()
        for html in (self._log(document), self._print(document, self.director)):
            for text in (
                "on leave today",
                "Transferred",
                "added by",
                "knows the site",
                "in place of",
                "survey.pdf",
                "Returned",
                "measure again",
                "after return",
                "Copied to",
                "read on",
            ):
                self.assertIn(text, html)

    def test_submitted_lines_stand_in_cells(self):
        html = str(self._submit().sudo().review_request_id.snapshot_html)
        for name in ("one", "two"):
            self.assertIn(f">{name}</td>", html)

    def test_log_keeps_markup_out(self):
        document = self._submit()
        document.with_user(self.supervisor).review_reject(1, "<script>x</script>")
        html = self._log(document)
        self.assertNotIn("<script>", html)
        self.assertIn("&lt;script&gt;", html)

    def test_task_form_of_the_next_reviewer_shows_the_story(self):
        document = self._tell_a_story()
        self.env.invalidate_all()
        tasks = self.env["review.task"].search(
            [("res_id", "=", document.id), ("state", "=", "todo")]
        )
        task = tasks.with_user(tasks[:1].user_id or self.supervisor)[:1]
        self.assertIn("measure again", str(Form(task).log_html))
