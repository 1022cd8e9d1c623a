from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DocumentCommon, china

STARTED = china(2026, 11, 16, 8)  # a Monday, four hours are due at noon
NOW = china(2026, 11, 20, 16)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDeadlineReport(DocumentCommon):
    """Two limits kept, one missed by two hours, one running late, one in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._create_limit()
        cls.reader = cls._create_user(
            "deadline_reader", "base_deadline.group_deadline_report"
        )
        cls.clocks = cls.Clock
        for hour in (10, 12, 15):
            clock = cls._start(STARTED)
            clock._stop(at=china(2026, 11, 16, hour))
        cls.cancelled = cls._start(STARTED)
        cls.cancelled._stop(cancelled=True)
        cls._start(STARTED)
        cls._start(NOW)
        cls.Report = cls.env["deadline.report"].with_user(cls.reader)

    @classmethod
    def _start(cls, start):
        clock = cls._create_document()._deadline_start(
            "test_answer", start=start, user=cls.clerk
        )
        cls.clocks |= clock
        return clock

    def _figures(self, *groupby):
        measures = ("started", "kept", "missed", "running", "running_late")
        return self.Report._read_group(
            [("limit_id", "=", self.limit.id)],
            groupby=groupby,
            aggregates=[
                *(f"{name}:sum" for name in measures),
                "on_time:avg",
                "late_hours:sum",
            ],
        )

    def test_clocks_are_counted_by_their_outcome(self):
        """SLA compliance: kept, missed, running late, on time %, hours late."""
        ((*counts, on_time, late_hours),) = self._figures()

        self.assertEqual(counts, [5, 2, 1, 2, 1])
        self.assertAlmostEqual(on_time, 2 / 4)
        self.assertAlmostEqual(late_hours, 2)

    def test_a_cancelled_clock_is_no_row(self):
        rows = self.Report.search([("limit_id", "=", self.limit.id)])

        self.assertEqual(rows.clock_id, self.clocks - self.cancelled)
        self.assertEqual(
            sorted(rows.mapped("outcome")),
            ["kept", "kept", "late", "missed", "running"],
        )

    def test_the_report_groups_by_department_person_month_and_company(self):
        fields_of = ("department_id", "user_id", "due_at:month", "company_id")
        for name in fields_of:
            with self.subTest(name):
                groups = self._figures(name)
                self.assertEqual(sum(group[1] for group in groups), 5)
        self.assertEqual(self._figures("user_id")[0][0], self.clerk)

    def test_only_readers_of_the_report_read_it(self):
        with self.assertRaises(AccessError):
            self.Report.with_user(self.clerk).search([])
        self.assertTrue(self.Report.with_user(self.manager).search([]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(self.Report.has_access(operation))

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Another Company"})
        self.reader.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})

        report = self.Report.with_context(allowed_company_ids=other.ids)

        self.assertFalse(report.search([("limit_id", "=", self.limit.id)]))
        limit = self.limit.with_user(self.reader).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(limit.running_count)

    def test_the_document_opens_from_the_report(self):
        row = self.Report.search([("limit_id", "=", self.limit.id)], limit=1)

        action = row.action_open_document()

        self.assertEqual(action["res_model"], self.Document._name)
        self.assertEqual(action["res_id"], row.clock_id.res_id)

    def test_a_card_of_the_dashboard_tells_the_last_thirty_days(self):
        limit = self.limit.with_user(self.reader)
        self.assertRecordValues(
            limit,
            [{"running_count": 2, "late_count": 1, "due_count": 4}],
        )
        self.assertAlmostEqual(limit.kept_percent, 0.5)

        with freeze_time(NOW + timedelta(days=40)):
            limit.invalidate_recordset()
            # What fell due long ago is forgotten, what runs late is not.
            self.assertRecordValues(
                limit,
                [{"running_count": 2, "late_count": 2, "due_count": 2}],
            )
            self.assertEqual(limit.kept_percent, 0)

    def test_the_figures_of_a_card_are_for_readers_of_the_report(self):
        with self.assertRaises(AccessError):
            self.limit.with_user(self.clerk).read(["late_count"])

    def test_a_card_opens_its_clocks_and_its_report(self):
        limit = self.limit.with_user(self.reader)

        for action, model in (
            (limit.action_open_clocks(), "deadline.clock"),
            (limit.action_open_report(), "deadline.report"),
        ):
            self.assertEqual(action["res_model"], model)
            self.assertEqual(action["domain"], [("limit_id", "=", limit.id)])
        late = limit.with_context(deadline_late=True).action_open_clocks()
        self.assertEqual(late["context"], {"search_default_late_now": 1})
        self.assertEqual(
            self.Clock.search([*late["domain"], ("due_at", "<", "now")]).filtered(
                lambda clock: clock.state == "running"
            ),
            self.Clock.search(
                [
                    *late["domain"],
                    ("state", "=", "running"),
                    ("due_at", "<", fields.Datetime.now()),
                ]
            ),
        )

    def test_a_page_of_cards_is_one_query(self):
        limits = self.limit
        for number in range(20):
            limits |= self._create_limit(code=f"test_card_{number}")
        limits = limits.with_user(self.reader)
        limits[0].mapped("late_count")  # fills the caches of access rules
        self.env.flush_all()
        limits.invalidate_recordset(["late_count", "kept_percent"])
        with self.assertQueryCount(1):
            limits.mapped("late_count")
            limits.mapped("kept_percent")
