from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, warmup

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewTabs(ReviewCommon):
    """待我审批 / 我发起的 / 已办 / 抄送我: what they count, show and do."""

    def _tabs(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["review.task"].with_user(user).review_inbox_tabs()

    def _task(self, user, *domain):
        tasks = self.env["review.task"].with_user(user)
        return tasks.search([("mine", "=", True), *domain], limit=1)

    def test_tabs_count_for_each_person(self):
        nothing = {"todo": 0, "submitted": 0, "done": 0, "cc": 0}
        document = self._submit(amount=5000.0)
        self._submit()
        self.assertEqual(self._tabs(self.author), {**nothing, "submitted": 2})
        self.assertEqual(self._tabs(self.supervisor), {**nothing, "todo": 2})
        self.assertEqual(self._tabs(self.stranger), nothing)

        self._approve(document, self.supervisor)

        self.assertEqual(self._tabs(self.supervisor), {**nothing, "todo": 1, "done": 1})
        self.assertEqual(self._tabs(self.director), {**nothing, "todo": 1})

    def test_tabs_keep_to_the_companies_on_the_screen(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.supervisor.sudo().company_ids += branch
        self._submit()
        tasks = self.env["review.task"].with_user(self.supervisor)
        scoped = tasks.with_context(allowed_company_ids=branch.ids)
        self.assertEqual(scoped.review_inbox_tabs()["todo"], 0)

    @warmup
    def test_tabs_cost_four_queries(self):
        self._submit()
        tasks = self.env["review.task"].with_user(self.supervisor)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            tasks.review_inbox_tabs()

    def test_task_form_shows_what_was_submitted(self):
        self._submit(amount=5000.0)
        self.env.invalidate_all()
        task = self._task(self.supervisor)
        form = Form(task)
        self.assertIn("5000", str(form.snapshot_html))
        self.assertIn("above 1000", form.exception_text)
        self.assertIn("Director", str(form.log_html))
        self.assertTrue(form.mine)
        self.assertFalse(form.differences_html)

    def test_buttons_open_the_dialog_of_their_verb(self):
        document = self._submit()
        task = self._task(self.supervisor)
        verbs = ("transfer", "add_reviewer", "return", "comment", "cc")
        actions = {verb: f"action_{verb}" for verb in verbs}
        actions.update(approve="action_approve_with_opinion", reject="action_reject")
        for decision, name in actions.items():
            action = getattr(task, name)()
            context = action["context"]
            self.assertEqual(context["default_decision"], decision)
            self.assertEqual(context["default_res_id"], document.id)
            self.assertEqual(context["default_revision"], 1)
            self.assertTrue(action["name"])

    def test_buttons_are_for_those_who_see_the_task(self):
        self._submit()
        task = self._task(self.supervisor).with_user(self.stranger)
        self.env.invalidate_all()
        for name in ("action_transfer", "action_cc", "action_remind"):
            with self.assertRaises(AccessError):
                getattr(task, name)()

    def test_requester_sees_where_it_hangs_and_reminds(self):
        """卡在谁那里, 催办: from the list of what one submitted."""
        document = self._submit()
        requests = self.env["review.request"].with_user(self.author)
        self.env.invalidate_all()
        request = requests.search([("requester_id", "=", self.author.id)])
        self.assertEqual(request.waiting_on, "Supervisor (Supervisor)")

        action = request.action_remind()

        self.assertIn("Supervisor", action["params"]["message"])
        message = self._get_notification(document)
        self.assertEqual(message.partner_ids, self.supervisor.partner_id)
        self._approve(document, self.supervisor)
        self.env.invalidate_all()
        self.assertFalse(request.waiting_on)
        with self.assertRefused("not under review"):
            request.action_remind()

    def test_done_tab_lists_my_decisions(self):
        document = self._submit()
        self._approve(document, self.supervisor)
        tasks = self.env["review.task"].with_user(self.supervisor)
        done = tasks.search([("done_by", "=", self.supervisor.id)])
        self.assertEqual(done.res_id, document.id)
        self.assertEqual(done.request_state, "approved")

    def test_copies_are_unread_until_opened(self):
        """抄送我: a copy counts until its reader opens it, and the sender sees when."""
        document = self._submit()
        document.with_user(self.supervisor).review_cc(self.stranger.ids, "for you")
        self.assertEqual(self._tabs(self.stranger)["cc"], 1)
        notice = self.env["review.notice"].with_user(self.stranger).search([])
        self.assertEqual(notice.request_state, "open")

        action = notice.action_open_document()

        self.assertEqual(action["res_id"], document.id)
        self.assertEqual(self._tabs(self.stranger)["cc"], 0)
        self.assertTrue(notice.with_user(self.supervisor).read_at)

    @warmup
    def test_list_of_submissions_is_batched(self):
        for _index in range(20):
            self._submit()
        specification = {
            name: {} for name in ("res_name", "state", "waiting_on", "deadline")
        }
        requests = self.env["review.request"].with_user(self.author)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            result = requests.web_search_read([], specification, limit=80)
        self.assertEqual(len(result["records"]), 20)
