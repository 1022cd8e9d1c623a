from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestLaws(MediaCommon):
    def test_states_are_not_written(self):
        """ADV-05: no state, rank or time of a booking is written by hand."""
        hold = self._hold()
        forged = {
            "state": "booked",
            "hold_until": "2099-01-01 00:00:00",
            "challenge_until": False,
            "rank": 1,
            "slot": 2,
            "renewal_count": 0,
            "posted_on": "2026-01-01",
            "parent_id": False,
            "origin_id": False,
            "kind": "free",
            "loop": True,
            "creative": "other.jpg",
        }
        for user in (self.salesperson, self.control, self.manager, self.env.user):
            for name, value in forged.items():
                with self.subTest(name=name), self.assertRaises(AccessError):
                    hold.with_user(user).sudo().write({name: value})

    def test_states_are_not_created(self):
        """ADV-05: a booking is not born booked, by create, import or default."""
        bookings = self.Booking.with_user(self.control)
        for values in (
            {"state": "booked"},
            {"state": "posted"},
            {"hold_until": "2099-01-01"},
            {"parent_id": 1},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                bookings.create([self._request(**values)])
        hold = bookings.with_context(
            default_state="booked", default_hold_until="2099-01-01 00:00:00"
        ).create([self._request()])
        self.assertEqual(hold.state, "hold")
        self.assertLess(str(hold.hold_until), "2099")
        result = bookings.load(
            ["face_id/.id", "date_from", "date_to", "state"],
            [[str(self.faces[1].id), str(self.start), str(self.end), "booked"]],
        )
        self.assertFalse(result["ids"])

    def test_bookings_are_not_deleted(self):
        """ADV-06: history stays; a booking is released or cancelled."""
        hold = self._hold()
        with self.assertRaises(UserError):
            hold.unlink()
        with self.assertRaises(AccessError):
            hold.with_user(self.control).unlink()

    def test_history_is_append_only(self):
        """ADV-05: who held and booked, and when, is never changed."""
        booking = self._book()
        events = booking.event_ids

        self.assertEqual(events.mapped("verb"), ["book", "hold"])
        self.assertEqual(events.user_id, self.control)
        for call in (
            lambda: events.write({"verb": "cancel"}),
            events.unlink,
            lambda: events.create({"booking_id": booking.id, "verb": "book"}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_salesperson_does_not_hold(self):
        """ADV-03: only process control holds; a salesperson enquires or queues."""
        bookings = self.Booking.with_user(self.salesperson)
        with self.assertRaisesRegex(AccessError, "Process control"):
            bookings.create([self._request()])
        with self.assertRaises(AccessError):
            bookings.hold_faces([self._request()])
        with self.assertRaises(AccessError):
            bookings.create([self._request(kind="maintenance")])
        self._hold()
        option = bookings.create([self._request(state="option")])
        self.assertEqual(option.rank, 1)

    def test_salesperson_queues_for_nobody_else(self):
        """ADV-03: an option belongs to whoever takes it."""
        self._hold()
        with self.assertRaises(AccessError):
            self.Booking.with_user(self.salesperson).create(
                [self._request(state="option", user_id=self.colleague.id)]
            )

    def test_salespeople_see_their_own(self):
        """ADV-03: a salesperson reads own bookings, process control reads all."""
        hold = self._hold()
        self.env.invalidate_all()
        self.assertTrue(hold.with_user(self.salesperson).has_access("read"))
        self.assertFalse(hold.with_user(self.colleague).has_access("read"))
        self.assertTrue(hold.with_user(self.control).has_access("read"))
        for verb in ("action_release", "action_renew"):
            with self.assertRaises(AccessError):
                getattr(hold.with_user(self.colleague), verb)()
        events = self.env["media.booking.event"]
        self.assertTrue(events.with_user(self.salesperson).search_count([]))
        self.assertFalse(events.with_user(self.colleague).search_count([]))

    def test_salesperson_does_not_book(self):
        """ADV-05: booking, posting and cancelling belong to process control."""
        hold = self._hold()
        with self.assertRaises(AccessError):
            hold.with_user(self.salesperson).action_book()
        booking = self._book(self.faces[1])
        for call in (
            lambda b: b.action_post(),
            lambda b: b.cancel("no"),
            lambda b: b.move(self.start, self.end),
            lambda b: b.extend(self.end),
            lambda b: b.transfer(partner_id=self.rival.id),
            lambda b: b.write({"date_to": self.start}),
        ):
            with self.assertRaises(AccessError):
                call(booking.with_user(self.salesperson))

    def test_strangers_see_nothing(self):
        """ADV-03: without a role of the media department nothing is read or asked."""
        stranger = new_test_user(self.env, "media_stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["media.face"].with_user(stranger).search_free(
                [], self.start, self.end
            )
        with self.assertRaises(AccessError):
            self.Booking.with_user(stranger).hold_faces([self._request()])

    def test_remote_arguments(self):
        """ADV-06: what is no period, face or person is refused in words."""
        bookings = self.Booking.with_user(self.control)
        bad = [
            {"date_from": "yesterday"},
            {"date_from": float("nan")},
            {"date_to": "1999-01-01"},
            {"date_to": "9999-01-01"},
            {"face_id": "1"},
            {"face_id": 2**40},
            {"face_id": True},
            {"slot_qty": 99},
            {"slot_qty": -1},
        ]
        for values in bad:
            with self.subTest(values=values), self.assertRaises(UserError):
                bookings.hold_faces([self._request(**values)])
        for requests in (None, [], "x", [1], [self._request()] * 501):
            with self.assertRaises(UserError):
                bookings.hold_faces(requests)
        with self.assertRaises(UserError):
            bookings.browse([]).action_release()
