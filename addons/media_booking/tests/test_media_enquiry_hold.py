from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_enquiry import EnquiryCommon


@tagged("post_install", "-at_install")
class TestMediaEnquiryHold(EnquiryCommon):
    """From the answer to holds, and inside what was confirmed from then on."""

    def test_one_click_holds_everything(self):
        """ADV-01, ADV-05: one click turns the answer into the salesperson's holds."""
        enquiry = self._answer(
            self._enquire({"face_id": self.face.id}, {"face_id": self.faces[1].id})
        )
        enquiry.action_hold()
        bookings = enquiry.line_ids.booking_ids
        self.assertEqual(enquiry.state, "held")
        self.assertEqual(bookings.face_id, self.faces[:2])
        self.assertEqual(set(bookings.mapped("state")), {"hold"})
        self.assertEqual(bookings.user_id, self.salesperson)
        self.assertEqual(bookings.partner_id, self.customer)
        with self.assertRaisesRegex(UserError, "needs it to be"):
            enquiry.action_hold()

    def test_all_faces_or_none(self):
        """ADV-06: if one face is gone meanwhile, nothing is held."""
        enquiry = self._answer(
            self._enquire({"face_id": self.face.id}, {"face_id": self.faces[1].id})
        )
        self._hold_for_rival(self.faces[1])
        with self.cr.savepoint() as savepoint:
            with self.assertRaises(UserError):
                enquiry.action_hold()
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertEqual(enquiry.state, "answered")
        self.assertFalse(enquiry.line_ids.booking_ids)

    def test_a_face_that_is_not_wanted_is_left(self):
        enquiry = self._answer(
            self._enquire({"face_id": self.face.id}, {"face_id": self.faces[1].id})
        )
        enquiry.line_ids[1].take = False
        enquiry.action_hold()
        self.assertEqual(enquiry.line_ids.booking_ids.face_id, self.face)

    def test_what_is_not_free_is_queued_for(self):
        self._hold_for_rival()
        enquiry = self._enquire()
        enquiry.action_ask()
        asked = enquiry.with_user(self.control)
        asked.line_ids.write({"answer": "not_free"})
        asked.action_answer()
        enquiry.line_ids.take = True
        enquiry.action_hold()
        self.assertEqual(enquiry.line_ids.booking_id.sudo().state, "option")

    def test_a_salesperson_holds_only_what_was_confirmed(self):
        """ADV-05: other faces, other dates or another customer are refused."""
        enquiry = self._answer(self._enquire())
        own = self.env["media.booking"].with_user(self.salesperson)
        values = {
            "face_id": self.face.id,
            "date_from": self.start,
            "date_to": self.end,
        }
        day = timedelta(days=1)
        for other in (
            {"face_id": self.faces[1].id},
            {"date_from": self.start - day},
            {"date_to": self.end + day},
            {"partner_id": self.rival.id},
        ):
            with self.assertRaises(AccessError):
                own.create({**values, **other})
        with self.assertRaises(AccessError):
            own.with_user(self.colleague).create(values)
        booking = own.create({**values, "date_from": self.start + day})
        self.assertEqual(booking.enquiry_id, enquiry)
        self.assertEqual(booking.partner_id, self.customer)
        self.assertEqual(enquiry.state, "held")

    def test_a_lapsed_answer_confirms_nothing(self):
        """ADV-05: after its validity the answer is no permission any more."""
        enquiry = self._answer(self._enquire())
        values = {
            "face_id": self.face.id,
            "date_from": self.start,
            "date_to": self.end,
        }
        own = self.env["media.booking"].with_user(self.salesperson)
        with (
            freeze_time(enquiry.valid_until + timedelta(minutes=1)),
            self.assertRaises(AccessError),
        ):
            own.create(values)

    def test_dates_stay_inside_the_confirmed_window(self):
        """ADV-05: nobody but process control brings the publication forward."""
        enquiry = self._answer(self._enquire())
        enquiry.action_hold()
        booking = enquiry.line_ids.booking_id
        day = timedelta(days=1)
        with self.assertRaises(AccessError):
            booking.write({"date_from": self.start - day})
        with self.assertRaisesRegex(UserError, "has confirmed"):
            booking._move(self.start - day, self.end)
        booking._move(self.start + day, self.end)
        self.assertEqual(booking.date_from, self.start + day)
        booking._move(self.start, self.end)
        booking.with_user(self.control).write({"date_from": self.start - day})
        self.assertEqual(booking.date_from, self.start - day)

    def test_holds_that_became_bookings_close_the_enquiry(self):
        enquiry = self._answer(self._enquire())
        enquiry.action_hold()
        settled = self.env["media.enquiry"]._get_settled_domain()
        self.assertNotIn(enquiry, enquiry.sudo().search(settled))
        enquiry.line_ids.booking_id.with_user(self.control).action_book()
        self.assertIn(enquiry, enquiry.sudo().search(settled))
        enquiry.action_close()
        self.assertEqual(enquiry.state, "closed")
