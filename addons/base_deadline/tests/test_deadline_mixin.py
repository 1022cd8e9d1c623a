from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged, warmup

from .common import DocumentCommon, china


@tagged("post_install", "-at_install")
class TestDeadlineMixin(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer = cls._create_limit(responsible_path="user_id")
        cls.visit = cls._create_limit(name="Visit", code="test_visit", value=8)
        cls.document = cls._create_document(user_id=cls.clerk.id)

    def _find(self, *domain):
        return self.Document.search([("id", "in", self.document.ids), *domain])

    def test_a_document_shows_its_first_deadline(self):
        self.document._deadline_start("test_visit", start=china(2026, 11, 19, 8))
        self.assertEqual(self.document.deadline_at, china(2026, 11, 19, 17))

        clock = self.document._deadline_start("test_answer", china(2026, 11, 19, 8))
        self.assertEqual(self.document.deadline_at, china(2026, 11, 19, 12))
        self.assertEqual(clock.user_id, self.clerk)

        self.document._deadline_stop("test_answer")
        self.assertEqual(self.document.deadline_at, china(2026, 11, 19, 17))

        self.document._deadline_stop()
        self.assertFalse(self.document.deadline_at)

    def test_a_company_without_the_limit_starts_no_clock(self):
        self.assertFalse(self.document._deadline_start("test_unknown"))
        self.assertFalse(self.document.deadline_at)

    def test_late_documents_are_found(self):
        self.document._deadline_start("test_answer", start=china(2026, 11, 19, 8))

        with freeze_time(china(2026, 11, 19, 11)):
            self.assertFalse(self._find(("deadline_late", "=", True)))
            self.assertTrue(self._find(("deadline_late", "=", False)))
            self.assertFalse(self.document.deadline_late)
        self.env.invalidate_all()
        with freeze_time(china(2026, 11, 19, 13)):
            self.assertTrue(self._find(("deadline_late", "=", True)))
            self.assertFalse(self._find(("deadline_late", "=", False)))
            self.assertTrue(self.document.deadline_late)

    def test_documents_are_found_by_deadline(self):
        self.assertTrue(self._find(("deadline_at", "=", False)))
        self.document._deadline_start("test_answer", start=china(2026, 11, 19, 8))
        due = china(2026, 11, 19, 12)

        self.assertFalse(self._find(("deadline_at", "=", False)))
        self.assertTrue(self._find(("deadline_at", "!=", False)))
        self.assertTrue(self._find(("deadline_at", "=", due)))
        self.assertTrue(self._find(("deadline_at", "<=", Datetime.to_string(due))))
        self.assertFalse(self._find(("deadline_at", "<", due)))
        self.assertFalse(self._find(("deadline_at", ">", due)))

    def test_a_deleted_document_cancels_its_clocks(self):
        clock = self.document._deadline_start("test_answer")

        self.document.unlink()

        self.assertEqual(clock.state, "cancelled")

    def test_a_document_starts_clocks_in_its_own_company(self):
        other = self.env["res.company"].create({"name": "Another Company"})
        own = self._create_limit(company_id=other.id, value=1)
        foreign = self._create_document(company_id=other.id)

        clocks = (self.document | foreign)._deadline_start("test_answer")

        self.assertEqual(clocks.limit_id, self.answer | own)
        self.assertEqual(clocks[1].company_id, other)

    def test_an_ordinary_user_starts_and_stops_clocks(self):
        document = self.document.with_user(self.clerk)

        clock = document._deadline_start("test_answer")
        document._deadline_stop("test_answer")

        self.assertEqual(clock.state, "met")

    def test_a_customer_starts_and_stops_clocks(self):
        customer = self._create_user("deadline_customer", "base.group_portal")
        document = self.document.with_user(customer)

        clock = document._deadline_start("test_answer")
        document._deadline_stop("test_answer")

        self.assertEqual(clock.state, "met")
        self.assertFalse(clock.with_user(customer).has_access("read"))

    @warmup
    def test_a_page_of_deadlines_is_one_query(self):
        documents = self.Document.create(
            [
                {"name": str(number), "company_id": self.company.id}
                for number in range(80)
            ]
        )
        documents._deadline_start("test_answer")
        self.env.flush_all()

        with self.assertQueryCount(1):
            documents.mapped("deadline_at")
            documents.mapped("deadline_late")
