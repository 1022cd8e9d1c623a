from odoo.tests import tagged, warmup

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewPerformance(ReviewCommon):
    """Counter ≤ 2 queries, lists ≤ 12, approve ≤ 20, submit ≤ 25; flat in volume."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls.env["deadline.limit"].create(
            {
                "name": "Half an hour",
                "code": "review_test",
                "value": 30,
                "unit": "minute",
            }
        )
        group = cls.env["res.groups"].create(
            {"name": "Directors", "user_ids": [(6, 0, cls.director.ids)]}
        )
        cls.second_step.write({"assign_by": "group", "group_id": group.id})
        cls.documents = cls.env[DOCUMENT]
        for _index in range(80):
            cls.documents |= cls._create_document(amount=5000.0)
        cls.documents.review_submit()
        for document in cls.documents[:40]:
            cls._approve(document, cls.supervisor)
        cls.env.flush_all()

    def _forget(self):
        self.env.flush_all()
        self.env.invalidate_all()

    @warmup
    def test_counter(self):
        task = self.env["review.task"].with_user(self.supervisor)
        self._forget()
        with self.assertQueryCount(1):
            self.assertEqual(task.review_inbox_count(), {DOCUMENT: 40})
        task = self.env["review.task"].with_user(self.director)
        self._forget()
        with self.assertQueryCount(1):
            self.assertEqual(task.review_inbox_count(), {DOCUMENT: 40})

    @warmup
    def test_submit(self):
        document = self._create_document(amount=5000.0)
        self._forget()
        with self.assertQueryCount(22):
            document.review_submit()
            self.env.flush_all()

    @warmup
    def test_approve(self):
        document = self.documents[50].with_user(self.supervisor)
        self._forget()
        with self.assertQueryCount(19):
            document.review_approve(1)
            self.env.flush_all()

    @warmup
    def test_final_approval(self):
        document = self.documents[5].with_user(self.director)
        self._forget()
        with self.assertQueryCount(20):
            document.review_approve(1)
            self.env.flush_all()

    @warmup
    def test_list_with_review_columns(self):
        specification = {
            name: {}
            for name in (
                "name",
                "review_state",
                "review_deadline",
                "review_late",
                "review_mine",
                "review_waiting_on",
                "review_exception_text",
            )
        }
        specification["review_step_id"] = {"fields": {"display_name": {}}}
        documents = self.env[DOCUMENT].with_user(self.supervisor)
        self._forget()
        with self.assertQueryCount(11):
            result = documents.web_search_read([], specification, limit=80)
        self.assertEqual(len(result["records"]), 80)

    @warmup
    def test_inbox_page(self):
        specification = {
            name: {}
            for name in (
                "res_name",
                "step_name",
                "mine",
                "late",
                "exception_text",
                "waiting_on",
                "deadline",
                "state",
            )
        }
        specification["requester_id"] = {"fields": {"display_name": {}}}
        tasks = self.env["review.task"].with_user(self.supervisor)
        self._forget()
        with self.assertQueryCount(7):
            tasks.web_search_read([("mine", "=", True)], specification, limit=80)


@tagged("post_install", "-at_install")
class TestReviewSwitchedOff(ReviewCommon):
    @warmup
    def test_write_costs_nothing_without_a_flow(self):
        """Off means untouched: the one query is the UPDATE."""
        self.flow.active = False
        document = self._create_document()
        document.write({"amount": 6.0})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            document.write({"amount": 7.0})
            self.env.flush_all()
