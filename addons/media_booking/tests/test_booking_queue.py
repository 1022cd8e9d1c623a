from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestQueue(MediaCommon):
    def test_release_promotes_next_option(self):
        """ADV-05: the first option becomes the hold when the hold is given back."""
        hold = self._hold()
        first = self._option()
        second = self._option(self.salesperson)
        self.assertEqual((first.rank, second.rank), (1, 2))

        hold.with_user(self.salesperson).action_release()

        self.assertEqual((hold.state, first.state), ("released", "hold"))
        self.assertEqual((second.state, second.rank), ("option", 1))
        self.assertGreater(first.hold_until, fields.Datetime.now())
        self.assertEqual(first.event_ids[0].verb, "promote")
        self.assertEqual(first.activity_ids.user_id, self.colleague)

    def test_option_needs_somebody_ahead(self):
        """ADV-05: a free face is held, not queued for; nobody queues twice."""
        with self.assertRaisesRegex(UserError, "is free"):
            self._option()
        self._hold()
        self._option()
        with self.assertRaisesRegex(UserError, "this option already"):
            self._option()

    def test_option_that_does_not_fit_waits(self):
        """ADV-05: if the first option does not fit, the next rank is promoted."""
        hold = self._hold(**self._days(0, 9))
        self._book(**self._days(20, 29))
        long = self._option(**self._days(0, 25))
        short = self._option(self.salesperson, **self._days(5, 12))

        hold.with_user(self.control).action_release()

        self.assertEqual((long.state, short.state), ("option", "hold"))

    def test_lapsed_hold_ends_when_needed(self):
        """ADV-06: who asks for a face ends its lapsed hold in his transaction."""
        old = self._hold()
        self._lapse(old)
        new = self._hold(partner_id=self.rival.id)

        self.assertEqual((old.state, new.state), ("expired", "hold"))

    def test_lapsed_hold_goes_to_the_queue_first(self):
        """ADV-06: an option comes before whoever asks after the lapse."""
        old = self._hold()
        option = self._option()
        self._lapse(old)
        with self.assertRaisesRegex(UserError, "Lanshan Motors"):
            self._hold()
        self._run_cron()
        self.assertEqual((old.state, option.state), ("expired", "hold"))

    def test_scheduler(self):
        """ADV-06: the scheduler ends what has lapsed and reminds of what will."""
        lapsed, soon = self._hold(), self._hold(self.faces[1])
        self._lapse(lapsed)
        soon._transition({"hold_until": fields.Datetime.now() + timedelta(hours=3)})

        self._run_cron()

        self.assertEqual((lapsed.state, soon.state), ("expired", "hold"))
        self.assertTrue(soon.reminded)
        self.assertEqual(soon.activity_ids.user_id, self.salesperson)

    def test_composite_option(self):
        """ADV-06: an option on the whole is promoted when its last part is free."""
        whole = self.env["media.face"].create(
            self._face_values("T-W", component_ids=self.faces[:2].ids)
        )
        one, two = self._hold(self.faces[0]), self._hold(self.faces[1])
        option = self._option(face=whole)
        one.with_user(self.control).action_release()
        self.assertEqual(option.state, "option")
        two.with_user(self.control).action_release()
        self.assertEqual(option.state, "hold")
        self.assertEqual(option.child_ids.face_id, self.faces[:2])

    # === RENEWAL === #

    def test_hold_has_a_length(self):
        """ADV-05: a hold lasts three working days, as the time limit says."""
        limit = self.env.ref("media_booking.deadline_limit_media_hold")
        limit.write({"value": 2, "unit": "hour", "basis": "clock"})
        hold = self._hold()
        ahead = hold.hold_until - fields.Datetime.now()
        self.assertAlmostEqual(ahead.total_seconds(), 7200, delta=60)

    def test_renewals_are_limited(self):
        """ADV-05: a hold is renewed once, then only by process control."""
        hold = self._hold()
        hold.with_user(self.salesperson).action_renew()
        self.assertEqual(hold.renewal_count, 1)
        with self.assertRaisesRegex(UserError, "renewed again"):
            hold.with_user(self.salesperson).action_renew()
        hold.with_user(self.control).action_renew()
        self.assertEqual(hold.renewal_count, 2)

    def test_holding_again_counts_as_renewal(self):
        """ADV-05: release and hold again is no way around the limit."""
        self._hold().with_user(self.salesperson).action_release()
        again = self._hold()
        self.assertEqual(again.renewal_count, 1)

    # === CHALLENGE === #

    def test_challenge(self):
        """ADV-05: the first option makes the holder book in time, or the hold ends."""
        hold = self._hold()
        first, second = self._option(), self._option(self.salesperson)
        with self.assertRaisesRegex(UserError, "not the next"):
            second.with_user(self.salesperson).action_challenge()
        limit = self.env.ref("media_booking.deadline_limit_media_challenge")
        limit.write({"value": 1, "unit": "hour", "basis": "clock"})
        first.with_user(self.colleague).action_challenge()

        self.assertEqual(hold.hold_until, hold.challenge_until)
        self.assertIn("challenge", hold.event_ids.mapped("verb"))
        with self.assertRaisesRegex(UserError, "challenged"):
            hold.with_user(self.salesperson).action_renew()
        self._lapse(hold)
        self._run_cron()
        self.assertEqual(first.state, "hold")

    def test_booking_is_not_challenged(self):
        """ADV-05: what is booked is not to be had by a challenge."""
        self._book()
        option = self._option()
        with self.assertRaisesRegex(UserError, "no hold"):
            option.with_user(self.colleague).action_challenge()

    # === TRANSFER === #

    def test_transfer(self):
        """ADV-05: a hold passes to a colleague; another customer needs control."""
        hold = self._hold()
        hold.with_user(self.salesperson).transfer(
            user_id=self.colleague.id, reason="leave"
        )
        self.assertEqual(hold.user_id, self.colleague)
        self.assertEqual(hold.event_ids[0].note, "leave")
        with self.assertRaises(AccessError):
            hold.with_user(self.colleague).transfer(partner_id=self.rival.id)
        hold.with_user(self.control).transfer(partner_id=self.rival.id)
        self.assertEqual(hold.partner_id, self.rival)
        for value in (0, "x", 2**31 - 1, True):
            with self.assertRaises(UserError):
                hold.with_user(self.control).transfer(user_id=value)

    def test_lapsed_hold_is_not_booked(self):
        """ADV-05: what has lapsed is held again before it is booked."""
        hold = self._hold()
        self._lapse(hold)
        with self.assertRaisesRegex(UserError, "lapsed"):
            hold.with_user(self.control).action_book()
