from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestSeats(MediaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.env["media.face"].create(
            cls._face_values("T-1-AB", component_ids=cls.faces[:2].ids)
        )
        cls.overlapping = cls.env["media.face"].create(
            cls._face_values("T-BC", component_ids=cls.faces[1:3].ids)
        )
        cls.screen = cls.env["media.face"].create(
            cls._face_values("T-S", format_id=cls.loop_format.id)
        )

    # === COMPOSITE === #

    def test_whole_blocks_parts(self):
        """ADV-06: who books the whole books its parts, by rows of the one table."""
        booking = self._book(self.whole)

        self.assertEqual(booking.child_ids.face_id, self.faces[:2])
        self.assertEqual(set(booking.child_ids.mapped("state")), {"booked"})
        with self.assertRaisesRegex(UserError, "T-1-A is not free"):
            self._hold(self.faces[0])
        self._hold(self.faces[2])

    def test_part_blocks_whole(self):
        """ADV-06: a part that is held keeps the whole from being booked."""
        self._hold(self.faces[1])
        with self.assertRaisesRegex(UserError, "T-1-AB is not free.*\n- T-1-B"):
            self._hold(self.whole)

    def test_wholes_share_a_part(self):
        """ADV-06: two composite faces with a common part exclude each other."""
        self._hold(self.whole)
        with self.assertRaises(UserError):
            self._hold(self.overlapping)

    def test_children_follow(self):
        """ADV-06: rows of parts have their booking's dates and state, always."""
        hold = self._hold(self.whole)
        children = hold.child_ids
        with self.assertRaisesRegex(UserError, "serves"):
            children[0].with_user(self.control).action_release()
        hold.with_user(self.control).action_release()

        self.assertEqual(set(children.mapped("state")), {"released"})
        self._hold(self.faces[0])

    def test_composites_are_flat_and_static(self):
        """ADV-06: parts are plain static faces."""
        for values in (
            {"component_ids": self.whole.ids},
            {"component_ids": self.screen.ids},
        ):
            with self.assertRaises(ValidationError):
                self.env["media.face"].create(self._face_values("T-X", **values))

    def test_structure_stays_under_bookings(self):
        """ADV-06: parts and slots do not change under running bookings."""
        self._hold(self.whole)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self.whole.with_user(self.manager).component_ids = self.faces[:3]
        with self.assertRaises(UserError):
            self.whole.active = False
        self._book(self.screen)
        with self.assertRaises(UserError):
            self.screen.slot_count = 2
        with self.assertRaises(UserError):
            self.screen.valid_to = self.start
        self.faces[3].active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self._hold(self.faces[3])

    # === LOOPS === #

    def test_loop_takes_as_many_as_it_has(self):
        """ADV-06: three customers share a loop of three slots, no fourth one."""
        slots = [self._book(self.screen).slot for _number in range(3)]

        self.assertEqual(slots, [1, 2, 3])
        with self.assertRaises(UserError):
            self._hold(self.screen)
        self._hold(self.screen, **self._days(30, 40))

    def test_share_of_voice(self):
        """ADV-06: two of three slots are two rows; they come and go together."""
        hold = self._hold(self.screen, slot_qty=2)

        self.assertEqual(hold.child_ids.slot, 2)
        with self.assertRaises(UserError):
            self._hold(self.screen, slot_qty=2)
        self.assertEqual(self._hold(self.screen).slot, 3)
        with self.assertRaisesRegex(UserError, "3 slots"):
            self._hold(self.screen, slot_qty=4)
        hold.with_user(self.control).action_release()
        self.assertEqual(self._hold(self.screen, slot=2).slot, 2)

    def test_static_face_has_one_slot(self):
        """ADV-06: only loops are shared."""
        with self.assertRaises(UserError):
            self._hold(self.face, slot_qty=2)
        with self.assertRaises(ValidationError):
            self.face.slot_count = 2

    # === REQUESTS === #

    def test_all_or_none(self):
        """ADV-06: of several faces either all are held or none."""
        self._hold(self.faces[2])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.Booking.with_user(self.control).hold_faces(
                [self._request(face) for face in self.faces]
            )
        self.assertEqual(self.Booking.search_count([("state", "=", "hold")]), 1)
        with self.assertRaisesRegex(UserError, "asked for twice"):
            self.Booking.with_user(self.control).hold_faces([self._request()] * 2)

    def test_order_of_requests_is_kept(self):
        """ADV-06: the answer names the bookings in the order of the faces."""
        faces = self.faces[3] | self.faces[0] | self.faces[1]
        requests = [self._request(face) for face in faces]
        ids = self.Booking.with_user(self.control).hold_faces(requests)

        self.assertEqual(self.Booking.browse(ids).face_id, faces)

    def test_what_a_face_is_closed_to(self):
        """ADV-06: industry, shortest booking and letting period are kept."""
        industry = self.env["res.partner.industry"].create({"name": "Test Spirits"})
        self.customer.industry_id = industry
        self.face.restricted_industry_ids = industry
        with self.assertRaisesRegex(UserError, "closed to Test Spirits"):
            self._hold()
        self.faces[1].min_days = 60
        with self.assertRaisesRegex(UserError, "60 days"):
            self._hold(self.faces[1])
        self.faces[2].valid_to = self.end - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "to let"):
            self._hold(self.faces[2])
        with self.assertRaisesRegex(UserError, "is over"):
            self._hold(self.faces[3], date_from="2020-01-01", date_to="2020-01-31")

    def test_maintenance_blocks(self):
        """ADV-06: maintenance is a booking nobody pays for."""
        work = self._hold(kind="maintenance", partner_id=False)

        self.assertEqual((work.state, work.kind), ("booked", "maintenance"))
        with self.assertRaisesRegex(UserError, "Maintenance from"):
            self._hold()

    def test_hold_is_cheap(self):
        """ADV-06: ten faces cost as many queries as they must."""
        faces = self.env["media.face"].create(
            [self._face_values(f"T-M-{number}") for number in range(12)]
        )
        bookings = self.Booking.with_user(self.control).with_context(
            tracking_disable=True
        )
        bookings.hold_faces([self._request(faces[10])])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            bookings.hold_faces([self._request(face) for face in faces[:10]])
            self.env.flush_all()
