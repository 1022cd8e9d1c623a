from datetime import date

from odoo import fields
from odoo.tests import freeze_time, tagged

from .board_common import BoardCommon


@tagged("post_install", "-at_install")
@freeze_time("2031-02-10 04:00:00")
class TestOccupancy(BoardCommon):
    """Months of 2031: nothing else is booked there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = date(2031, 3, 1)

    def _sum(self, measures, month=3, faces=None, user=None):
        self.env.flush_all()
        report = self.env["media.occupancy"].with_user(user or self.salesperson)
        domain = [
            ("face_id", "in", (faces or self.faces).ids),
            ("date", "=", date(2031, month, 1)),
        ]
        return report._read_group(domain, [], [f"{name}:sum" for name in measures])[0]

    def _get_occupancy(self, month=3, faces=None):
        report = self.env["media.occupancy"].with_user(self.salesperson)
        domain = [
            ("face_id", "in", (faces or self.faces).ids),
            ("date", "=", date(2031, month, 1)),
        ]
        self.env.flush_all()
        return report._read_group(domain, [], ["occupancy:avg"])[0][0]

    def test_partial_months_are_counted_by_day(self):
        """A booking over the end of a month counts in each month for its days."""
        self._book(self.face, 21, 20).action_book()
        self.assertEqual(self._sum(["lettable_days", "sold_days"]), (124, 10))
        self.assertEqual(self._sum(["lettable_days", "sold_days"], 4), (120, 10))
        self.assertAlmostEqual(self._get_occupancy(), 100 * 10 / 124)

    def test_holds_maintenance_and_fillers_are_not_sold(self):
        """上刊率: only customers' booked days are sold; others are told apart."""
        self._book(self.faces[0], 0, 5)
        self._book(self.faces[1], 0, 4, kind="maintenance", partner_id=False)
        self._book(self.faces[2], 0, 3, kind="psa", state="filler", partner_id=False)
        self._book(self.faces[3], 0, 2).action_book()
        names = [
            "sold_days",
            "paid_days",
            "held_days",
            "maintenance_days",
            "filler_days",
        ]
        self.assertEqual(self._sum(names), (2, 2, 5, 4, 3))

    def test_given_days_are_sold_but_not_paid(self):
        self._book(self.face, 0, 5, kind="overshow").action_book()
        self.assertEqual(self._sum(["sold_days", "paid_days"]), (5, 0))

    def test_slots_of_a_loop_count_each(self):
        loop = self.env["media.face"].create(
            self._face_values("T-1-L", format_id=self.loop_format.id)
        )
        self._book(loop, 0, 10, slot_qty=2).action_book()
        self.assertEqual(
            self._sum(["lettable_days", "sold_days"], faces=loop), (93, 20)
        )

    def test_only_days_of_letting_count(self):
        """A face to let from the 11th on, an archived one and a composite one."""
        self.faces[0].valid_from = date(2031, 3, 11)
        self.faces[1].active = False
        composite = self.env["media.face"].create(
            self._face_values(
                "T-2-C", component_ids=[fields.Command.set(self.faces[2:].ids)]
            )
        )
        self._book(composite, 0, 10).action_book()
        every = self.faces | composite
        self.assertEqual(
            self._sum(["lettable_days", "sold_days"], faces=every), (21 + 2 * 31, 20)
        )

    def test_report_by_district_and_month(self):
        """Groups are weighed, not averaged, and come in one query."""
        self._book(self.face, 0, 31).action_book()
        report = self.env["media.occupancy"].with_user(self.manager)
        domain = [
            ("district_id", "=", self.district.id),
            ("date", ">=", "2031-03-01"),
            ("date", "<", "2031-05-01"),
        ]
        self.env.flush_all()
        terms = (domain, ["district_id", "date:month"], ["occupancy:avg"])
        report._read_group(*terms)
        with self.assertQueryCount(1):
            groups = report._read_group(*terms)
        self.assertEqual([group[2] for group in groups], [25, 0])

    def test_vacancies_are_the_gaps(self):
        """What is still to let: before, between and after, day by day."""
        self._book(self.face, 0, 10).action_book()
        self._book(self.face, 20, 10)
        self.env.flush_all()
        gaps = self.env["media.vacancy"].with_user(self.salesperson)
        found = gaps.search([("face_id", "=", self.face.id)], order="date_from")
        self.assertEqual(
            [(str(gap.date_from), str(gap.date_to), gap.days) for gap in found],
            [
                ("2031-02-10", "2031-02-28", 19),
                ("2031-03-11", "2031-03-20", 10),
                ("2031-03-31", "2032-02-10", 317),
            ],
        )

    def test_vacancies_end_with_the_letting(self):
        self.faces[1].valid_to = date(2031, 2, 20)
        self.env.flush_all()
        gaps = self.env["media.vacancy"].search([("face_id", "=", self.faces[1].id)])
        self.assertEqual(gaps.mapped("days"), [11])
