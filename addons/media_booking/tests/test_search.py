from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged, warmup

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestSearchFree(MediaCommon):
    def _free(self, user=None, domain=None, **values):
        period = {"date_from": self.start, "date_to": self.end, **values}
        faces = self.env["media.face"].with_user(user or self.control)
        domain = domain or [("id", "in", (self.faces | self.extra).ids)]
        found = faces.search_free(domain, **period)
        self.assertEqual(found["length"], len(found["records"]))
        return [record["code"] for record in found["records"]]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole, cls.screen = cls.extra = cls.env["media.face"].create(
            [
                cls._face_values("T-W", component_ids=cls.faces[:2].ids),
                cls._face_values("T-S", format_id=cls.loop_format.id),
            ]
        )

    def test_everybody_gets_the_same_answer(self):
        """ADV-06: who sees only his own bookings gets the manager's availability."""
        self._book(self.faces[0])
        self._hold(self.faces[2])
        self.env.invalidate_all()
        expected = ["T-1-B", "T-2-B", "T-S"]
        for user in (self.salesperson, self.colleague, self.control, self.manager):
            self.assertEqual(self._free(user), expected, user.login)
        self.assertFalse(
            self.env["media.booking"].with_user(self.colleague).search_count([])
        )

    def test_states(self):
        """ADV-06: holds and bookings block; options, fillers, lapsed holds do not."""
        self._hold(self.faces[0])
        self._option()
        self._hold(self.faces[1], kind="psa", state="filler", partner_id=False)
        self._lapse(self._hold(self.faces[2]))
        released = self._hold(self.faces[3])
        released.with_user(self.control).action_release()

        self.assertEqual(self._free(), ["T-1-B", "T-2-A", "T-2-B", "T-S"])

    def test_composite(self):
        """ADV-06: a composite face is free when all its parts are, and vice versa."""
        self.assertIn("T-W", self._free())
        hold = self._hold(self.faces[1])
        self.assertNotIn("T-W", self._free())
        hold.with_user(self.control).action_release()
        self._hold(self.whole)
        free = self._free()
        for code in ("T-W", "T-1-A", "T-1-B"):
            self.assertNotIn(code, free)

    def test_loop(self):
        """ADV-06: a loop is free as long as a slot is free throughout."""
        self._book(self.screen, slot_qty=2)
        self.assertIn("T-S", self._free())
        self._hold(self.screen, **self._days(3, 4))
        self.assertNotIn("T-S", self._free())
        self.assertIn("T-S", self._free(date_to=self.start + timedelta(days=2)))

    def test_inclusive_dates(self):
        """ADV-06: the last day is occupied, the next one free."""
        self._book(**self._days(0, 9))
        day = self.start + timedelta(days=9)
        self.assertNotIn("T-1-A", self._free(date_from=day))
        self.assertIn("T-1-A", self._free(date_from=day + timedelta(days=1)))

    def test_letting_period(self):
        """ADV-06: a face not to let, archived or let for longer is not offered."""
        self.faces[0].valid_from = self.start + timedelta(days=1)
        self.faces[1].valid_to = self.end - timedelta(days=1)
        self.faces[2].active = False
        self.faces[3].min_days = 31
        self.assertEqual(self._free(), ["T-S", "T-W"])

    def test_pages(self):
        """ADV-06: a page tells how many there are in all; orders are kept."""
        faces = self.env["media.face"].with_user(self.salesperson)
        domain = [("id", "in", self.faces.ids)]
        found = faces.search_free(domain, self.start, self.end, 2, 1, "code desc")

        self.assertEqual(found["length"], 4)
        self.assertEqual(
            [record["code"] for record in found["records"]], ["T-2-A", "T-1-B"]
        )

    def test_arguments(self):
        """ADV-06: nonsense is refused in words, not with a traceback."""
        faces = self.env["media.face"].with_user(self.salesperson)
        day = str(self.start)
        bad = [
            ([], "soon", day),
            ([], None, day),
            ([], float("nan"), day),
            ([], day, "2020-01-01"),
            ([], day, "2199-12-31"),
            ([("no_field", "=", 1)], day, day),
            ([("booking_ids", "any!", [])], day, day),
            ("code", day, day),
            ([], day, day, 0),
            ([], day, day, 10**9),
            ([], day, day, True),
            ([], day, day, 80, -1),
            ([], day, day, 80, 0, "code; DROP TABLE media_face"),
            ([], day, day, 80, 0, "no_field"),
            ([], day, day, 80, 0, 7),
        ]
        for arguments in bad:
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                faces.search_free(*arguments)

    def test_other_company(self):
        """ADV-06: faces of another company are not offered."""
        company = self.env["res.company"].create({"name": "Other Media"})
        site = self.env["media.site"].create(
            self._site_values("T-O", company_id=company.id, district_id=False)
        )
        face = self.env["media.face"].create(
            self._face_values("T-O-1", site_id=site.id)
        )
        self.assertEqual(self._free(domain=[("id", "=", face.id)]), [])

    @warmup
    def test_query_count(self):
        """ADV-06: one search, whatever the number of faces and bookings."""
        faces = self.env["media.face"].create(
            [self._face_values(f"T-Q-{number:03}") for number in range(60)]
        )
        for face in faces[:10]:
            self._hold(face)
        self.env.flush_all()
        for count in (5, 60):
            self.env.invalidate_all()
            with self.subTest(count=count), self.assertQueryCount(9):
                self.env["media.face"].with_user(self.salesperson).search_free(
                    [("id", "in", faces[:count].ids)], self.start, self.end
                )
