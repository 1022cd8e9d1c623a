from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestCampaign(MediaCommon):
    def _running(self, **values):
        """Book and post what began ten days ago and runs for twenty more."""
        today = fields.Date.context_today(self.Booking)
        dates = {
            "date_from": today - timedelta(days=10),
            "date_to": today + timedelta(days=20),
        }
        booking = self._book(**dates, **values)
        booking.with_user(self.control).action_post()
        return booking

    def test_not_posted_before_its_first_day(self):
        """ADV-05: publication is not brought forward without moving the booking."""
        booking = self._book()
        with self.assertRaisesRegex(UserError, "not posted earlier"):
            booking.with_user(self.control).action_post()

    def test_post_and_take_down_early(self):
        """ADV-06: what is taken down early is free from the next day on."""
        booking = self._running()
        option = self._option(
            date_from=fields.Date.today() + timedelta(days=2),
            date_to=fields.Date.today() + timedelta(days=9),
        )
        self.assertEqual(booking.state, "posted")
        booking.with_user(self.control).action_remove()

        today = fields.Date.context_today(booking)
        self.assertEqual((booking.state, booking.date_to), ("removed", today))
        self.assertEqual(option.state, "hold")
        verbs = booking.event_ids.mapped("verb")
        self.assertEqual(verbs, ["remove", "post", "book", "hold"])

    def test_move(self):
        """ADV-05: a booking moves only where it fits, and frees what it leaves."""
        booking = self._book()
        other = self._book(self.faces[1])
        option = self._option()
        with self.assertRaisesRegex(UserError, "T-1-B is not free"):
            booking.with_user(self.control).move(self.start, self.end, self.faces[1].id)
        booking.with_user(self.control).move(self.start, self.end, self.faces[2].id)

        self.assertEqual(booking.face_id, self.faces[2])
        self.assertEqual(option.state, "hold")
        other.with_user(self.control).write({"date_to": self.start})
        self.assertEqual(other.date_to, self.start)
        self.assertEqual(other.event_ids[0].verb, "move")

    def test_move_composite(self):
        """ADV-06: the rows of the parts move with their booking."""
        whole = self.env["media.face"].create(
            self._face_values("T-W", component_ids=self.faces[:2].ids)
        )
        booking = self._book(whole)
        later = self._days(5, 40)
        booking.with_user(self.control).move(**later)
        self.assertEqual(set(booking.child_ids.mapped("date_to")), {later["date_to"]})
        booking.with_user(self.control).move(**later, face_id=self.faces[3].id)
        self.assertFalse(booking.child_ids)
        self._hold(self.faces[0], **later)

    def test_move_within_loop(self):
        """ADV-06: a loop's booking changes its slot if its own is taken then."""
        screen = self.env["media.face"].create(
            self._face_values("T-S", format_id=self.loop_format.id)
        )
        booking = self._book(screen)
        self._book(screen, **self._days(40, 50))
        booking.with_user(self.control).move(**self._days(35, 45))
        self.assertEqual(booking.slot, 2)

    def test_extend(self):
        """ADV-05: a booking runs longer if the days after it are free."""
        booking = self._book()
        self._book(**self._days(40, 50))
        with self.assertRaises(UserError):
            booking.with_user(self.control).extend(self.start + timedelta(days=40))
        with self.assertRaisesRegex(UserError, "later"):
            booking.with_user(self.control).extend(self.end)
        booking.with_user(self.control).extend(str(self.start + timedelta(days=39)))
        self.assertEqual(booking.date_to, self.start + timedelta(days=39))

    def test_make_good_and_overshow(self):
        """ADV-05: lost days are made good elsewhere; an overshow follows at once."""
        booking = self._running()
        new = self.Booking.browse(
            booking.with_user(self.control).make_good(
                self.start, self.end, self.faces[1].id
            )
        )
        self.assertEqual((new.kind, new.state), ("makegood", "booked"))
        self.assertEqual((new.origin_id, new.partner_id), (booking, self.customer))
        after = self.Booking.browse(
            booking.with_user(self.control).make_good(
                None, booking.date_to + timedelta(days=7), kind="overshow"
            )
        )
        self.assertEqual(after.date_from, booking.date_to + timedelta(days=1))
        self.assertEqual(after.kind, "overshow")

    def test_change_of_creative(self):
        """ADV-05: in mid-campaign another picture is shown; the history keeps both."""
        booking = self._running()
        booking.with_user(self.salesperson).change_creative("autumn.tif", "season")
        booking.with_user(self.control).change_creative("winter.tif")

        self.assertEqual(booking.creative, "winter.tif")
        names = booking.event_ids.filtered(lambda e: e.verb == "creative")
        self.assertEqual(names.mapped("creative"), ["winter.tif", "autumn.tif"])
        with self.assertRaises(UserError):
            booking.with_user(self.control).change_creative(" ")

    def test_cancel(self):
        """ADV-05: a booking is cancelled with a reason; the next option follows."""
        booking = self._book()
        option = self._option()
        with self.assertRaisesRegex(UserError, "why"):
            booking.with_user(self.control).cancel("")
        booking.with_user(self.control).cancel("customer closed")

        self.assertEqual(booking.close_reason, "customer closed")
        self.assertEqual((booking.state, option.state), ("cancelled", "hold"))

    def test_import_of_running_bookings(self):
        """ADV-06: what runs already is booked, and posted where it hangs."""
        today = fields.Date.context_today(self.Booking)
        requests = [
            self._request(date_from=today, posted_on=today),
            self._request(self.faces[1]),
        ]
        bookings = self.Booking._create_running(requests)
        self.assertEqual(bookings.mapped("state"), ["posted", "booked"])

    def test_public_service_share(self):
        """ADV-06: a filler counts where nothing paid covers it, a campaign always."""
        year = fields.Date.context_today(self.Booking).year + 1
        days = {"date_from": f"{year}-01-01", "date_to": f"{year}-01-31"}
        self._hold(kind="psa", state="filler", partner_id=False, **days)
        self._book(date_from=f"{year}-01-11", date_to=f"{year}-01-20")
        self._book(kind="psa", date_from=f"{year}-03-01", date_to=f"{year}-03-05")
        self.env.company.media_psa_share = 10
        self.env.flush_all()

        report = self.env["media.psa.report"].with_user(self.control)
        row = report.search([("face_id", "=", self.face.id), ("year", "=", str(year))])
        self.assertEqual(row.days, 31 - 10 + 5)
        self.assertEqual(row.missing_days, 37 - 26)
