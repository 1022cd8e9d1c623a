import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged, warmup

from .board_common import BoardCommon


@tagged("post_install", "-at_install")
class TestBoard(BoardCommon):
    def _get_row(self, user, face=None, **options):
        board = self._get_board(user, **options)
        return next(
            row for row in board["faces"] if row["id"] == (face or self.face).id
        )

    def test_own_bookings_are_named(self):
        """ADV-06: the board shows occupied periods, and to the owner whose."""
        hold = self._book(self.face)
        bar = self._get_row(self.salesperson)["bars"][0]
        self.assertEqual(
            bar[:5],
            [
                str(self.start),
                str(self.start + timedelta(9)),
                "hold",
                "Qingyun Tea",
                hold.id,
            ],
        )
        self.assertEqual(bar[5], str(hold.hold_until.replace(microsecond=0)))

    def test_bookings_of_others_are_only_taken(self):
        """Whose booking it is stays with those who may read it."""
        self._book(self.face)
        board = self._get_board(self.colleague)
        bars = [row["bars"] for row in board["faces"] if row["bars"]]
        end = str(self.start + timedelta(9))
        self.assertEqual(bars, [[[str(self.start), end, "taken", "", 0]]])
        self.assertNotIn("Qingyun", json.dumps(board))

    def test_everybody_sees_the_same_days_taken(self):
        """A salesperson who sees only own bookings gets the manager's availability."""
        self._book(self.face)
        self._book(self.face, 20, user=self.colleague).action_book()
        self._book(self.faces[1], kind="maintenance", partner_id=False)
        self._book(self.faces[2], 5, kind="psa", state="filler")

        def taken(user):
            return {
                (row["id"], bar[0], bar[1])
                for row in self._get_board(user)["faces"]
                for bar in row["bars"]
                if bar[2] not in ("filler", "option")
            }

        views = [
            taken(user)
            for user in (self.salesperson, self.colleague, self.control, self.manager)
        ]
        self.assertEqual(len(views[0]), 3)
        self.assertEqual(views, [views[0]] * 4)

    def test_free_days_are_those_of_the_search(self):
        """The board's free faces are those of search_free, for every reader."""
        self._book(self.face)
        days = [str(self.start), str(self.end)]
        domain = [("id", "in", self.faces.ids)]
        for user in (self.colleague, self.manager):
            board = self._get_board(user, free=days)
            found = self.env["media.face"].with_user(user).search_free(domain, *days)
            self.assertEqual(
                [row["id"] for row in board["faces"]],
                [row["id"] for row in found["records"]],
            )
            self.assertEqual((board["length"], board["total"]), (3, 4))

    def test_states_of_maintenance_filler_and_option(self):
        """Maintenance and fillers are told to all, options to their owner only."""
        self._book(self.face, kind="maintenance", partner_id=False)
        self._book(self.faces[1], kind="psa", state="filler", partner_id=False)
        self._book(self.faces[2])
        self._book(self.faces[2], user=self.colleague, state="option")

        def states(user, face):
            return [bar[2] for bar in self._get_row(user, face)["bars"]]

        self.assertEqual(states(self.salesperson, self.face), ["maintenance"])
        self.assertEqual(states(self.salesperson, self.faces[1]), ["filler"])
        self.assertEqual(states(self.salesperson, self.faces[2]), ["hold"])
        self.assertEqual(states(self.colleague, self.faces[2]), ["taken", "option"])

    def test_lapsed_holds_are_free(self):
        hold = self._book(self.face)
        hold._transition({"hold_until": fields.Datetime.now() - timedelta(hours=1)})
        self.assertFalse(self._get_row(self.salesperson)["bars"])

    def test_loops_show_how_many_slots_are_taken(self):
        """A loop is summed up: taken slots of all, day by day."""
        loop = self.env["media.face"].create(
            self._face_values("T-1-L", format_id=self.loop_format.id)
        )
        self._book(loop, 0, 10)
        self._book(loop, 5, 10, slot_qty=2)
        row = self._get_row(self.colleague, loop, domain=[("id", "=", loop.id)])
        self.assertEqual(row["slots"], 3)
        self.assertEqual(
            [bar[2:4] for bar in row["bars"]],
            [["part", "1 / 3"], ["full", "3 / 3"], ["part", "2 / 3"]],
        )

    def test_composite_and_parts_share_their_days(self):
        """A composite face is taken by its parts and takes them, each day once."""
        composite = self.env["media.face"].create(
            self._face_values(
                "T-1-C", component_ids=[fields.Command.set(self.faces[:2].ids)]
            )
        )
        self._book(composite)
        self._book(self.faces[1], 20)
        domain = [("id", "in", (composite | self.faces).ids)]
        bars = {
            row["code"]: [bar[0] for bar in row["bars"]]
            for row in self._get_board(self.control, domain)["faces"]
        }
        later = str(self.start + timedelta(20))
        self.assertEqual(bars["T-1-C"], [str(self.start), later])
        self.assertEqual(bars["T-1-A"], [str(self.start)])
        self.assertEqual(bars["T-1-B"], [str(self.start), later])

    def test_ends_of_letting_and_of_permits_are_marked(self):
        day = self.start + timedelta(60)
        self.faces[1].valid_to = day
        self.env["media.permit"].create(
            {
                "number": "Board 1",
                "site_id": self.far_site.id,
                "date_from": self.start,
                "date_to": day,
            }
        )
        ends = {
            row["code"]: row["ends"]
            for row in self._get_board(self.salesperson)["faces"]
        }
        self.assertEqual(ends["T-1-A"], [])
        self.assertEqual(ends["T-1-B"], [[str(day), "end"]])
        self.assertEqual(ends["T-2-A"], [[str(day), "permit"]])

    def test_prices_can_be_searched(self):
        """Faces are found by the list price of thirty days."""
        self.env["media.rate"].create(
            [
                {"face_id": self.faces[0].id, "price": 100, "unit": "day"},
                {"face_id": self.faces[1].id, "price": 200, "unit": "day"},
            ]
        )
        domain = [("id", "in", self.faces.ids), ("list_price", "<=", 3000)]
        board = self._get_board(self.salesperson, domain)
        self.assertEqual([row["price"] for row in board["faces"]], [3000])

    def test_impossible_requests_are_refused(self):
        """What is no window and no page is answered with a sentence."""
        faces = self.env["media.face"].with_user(self.salesperson)
        today, far = "2026-01-01", "2031-01-01"
        for args in (
            ([], far, today),
            ([], today, far),
            ([], None, today),
            ([], today, today, 10**6),
            ([], today, today, 80, -1),
            ([("booking_ids", "any!", [])], today, today),
            ([("no_such_field", "=", 1)], today, today),
        ):
            with self.assertRaises(UserError, msg=str(args)):
                faces.get_board(*args)

    @warmup
    def test_number_of_queries_is_constant(self):
        """A page of 4 and one of 40 faces take the same queries."""
        self._make_many(36)
        user = self.salesperson

        def count(domain):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_board(user, domain)
            return self.env.cr.sql_log_count - before

        few = [("id", "in", self.faces.ids)]
        many = [("site_id", "in", (self.site | self.far_site).ids)]
        count(few)
        self.assertEqual(count(few), count(many))
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self._get_board(user, many)

    def test_size_of_the_answer(self):
        """200 faces × 26 weeks, two bookings each, are at most 100 kB."""
        self._make_many(196)
        board = self._get_board(
            self.control,
            [("site_id", "in", (self.site | self.far_site).ids)],
            limit=200,
        )
        text = json.dumps(board, ensure_ascii=False).encode()
        self.assertEqual(len(board["faces"]), 200)
        self.assertLess(len(text), 100_000)

    def test_no_media_user_gets_nothing(self):
        outsider = new_test_user(self.env, "media_outsider", groups="base.group_user")
        with self.assertRaises(Exception):  # noqa: B017 AccessError of the face
            self._get_board(outsider)

    @classmethod
    def _make_many(cls, count):
        """Create faces with two holds each."""
        faces = cls.env["media.face"].create(
            [cls._face_values(f"T-M-{number}", name="北侧") for number in range(count)]
        )
        control = cls.env["media.booking"].with_user(cls.control)
        control.create(
            [
                {
                    "face_id": face.id,
                    "date_from": cls.start + timedelta(first),
                    "date_to": cls.start + timedelta(first + 27),
                    "partner_id": cls.customer.id,
                    "user_id": cls.salesperson.id,
                }
                for face in faces
                for first in (0, 60)
            ]
        )
