from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common_enquiry import EnquiryCommon


@tagged("post_install", "-at_install")
class TestMediaEnquiry(EnquiryCommon):
    """From what a salesperson wants to the answer of process control."""

    def test_a_salesperson_asks_through_the_form(self):
        """ADV-01: customer, wanted media and period go to process control."""
        enquiries = self.env["media.enquiry"].with_user(self.salesperson)
        with Form(enquiries) as form:
            form.partner_id = self.customer
            form.date_from = self.start
            form.date_to = self.end
            with form.line_ids.new() as line:
                line.face_id = self.face
        enquiry = form.record
        enquiry.action_ask()
        self.assertRecordValues(
            enquiry, [{"state": "asked", "user_id": self.salesperson.id}]
        )
        self.assertEqual(enquiry.line_ids.date_to, self.end)
        message = enquiry.message_ids.filtered(
            lambda m: self.control.partner_id in m.notified_partner_ids
        )
        self.assertTrue(message)

    def test_the_answer_is_due_after_half_a_working_day(self):
        """ADV-02: due at half a working day; the answer's time is stored."""
        limit = self.env.ref("media_booking.deadline_limit_media_enquiry_answer")
        self.assertRecordValues(
            limit, [{"value": 1, "unit": "half_day", "basis": "working", "soft": True}]
        )
        enquiry = self._enquire()
        enquiry.action_ask()
        self.assertTrue(enquiry.due_at > enquiry.asked_on)
        self.assertEqual(enquiry.deadline_at, enquiry.due_at)
        self._answer(enquiry)
        self.assertEqual(enquiry.answered_by_id, self.control)
        self.assertTrue(enquiry.answered_on)
        self.assertFalse(enquiry.late_hours)
        self.assertFalse(enquiry.deadline_at)

    def test_a_late_answer_shows_by_how_much(self):
        """ADV-02: lateness is shown, and nothing is blocked by it."""
        enquiry = self._enquire()
        enquiry.action_ask()
        with freeze_time(enquiry.due_at + timedelta(days=7)):
            self.assertTrue(enquiry.deadline_late)
            self._answer(enquiry)
            self.assertGreater(enquiry.late_hours, 1)

    def test_only_process_control_answers(self):
        """ADV-03: neither buttons, writes nor sudo let a salesperson answer."""
        enquiry = self._enquire()
        enquiry.action_ask()
        line = enquiry.line_ids
        for forge in (
            enquiry.action_propose,
            enquiry.action_answer,
            enquiry.sudo().action_answer,
            lambda: line.write({"answer": "free"}),
            lambda: line.sudo().write({"answer": "free"}),
            lambda: enquiry.sudo().write({"valid_until": "2030-01-01"}),
        ):
            with self.assertRaises(AccessError):
                forge()
        self.env.invalidate_all()
        self._answer(enquiry)
        self.assertEqual(line.answer, "free")

    def test_forged_states_are_refused(self):
        """ADV-03: no state, number or time of an enquiry is written by hand."""
        enquiry = self._enquire()
        for vals in ({"state": "answered"}, {"answered_on": "2026-01-01"}):
            for caller in (enquiry, enquiry.with_user(self.control), enquiry.sudo()):
                with self.assertRaises(UserError):
                    caller.write(vals)
            with self.assertRaises(UserError):
                self._enquire(**vals)
        forged = self.env["media.enquiry"].with_context(default_state="answered")
        fresh = forged.with_user(self.salesperson).create(
            {"partner_id": self.customer.id, "date_from": self.start}
            | {"date_to": self.end}
        )
        self.assertEqual(fresh.state, "draft")
        with self.assertRaises(UserError):
            self._enquire({"face_id": self.face.id, "answer": "free"})

    def test_what_was_asked_no_longer_changes(self):
        enquiry = self._enquire()
        enquiry.action_ask()
        for change in (
            lambda: enquiry.write({"date_to": self.end + timedelta(days=1)}),
            lambda: enquiry.line_ids.write({"face_id": self.faces[1].id}),
            enquiry.line_ids.unlink,
            lambda: enquiry.write(
                {"line_ids": [Command.create({"face_id": self.faces[1].id})]}
            ),
            enquiry.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_an_enquiry_needs_lines_and_days_to_come(self):
        empty = self._enquire()
        empty.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "asks for nothing"):
            empty.action_ask()
        past = self._enquire(date_from="2020-01-01", date_to="2020-02-01")
        with self.assertRaisesRegex(UserError, "has passed"):
            past.action_ask()

    def test_a_district_and_number_become_as_many_faces(self):
        """ADV-03: asked for three of a format, answered with three free faces."""
        wanted = {
            "district_id": self.district.id,
            "format_id": self.format.id,
            "quantity": 3,
        }
        enquiry = self._answer(self._enquire(wanted))
        self.assertEqual(len(enquiry.line_ids), 3)
        self.assertEqual(set(enquiry.line_ids.mapped("answer")), {"free"})
        self.assertEqual(len(enquiry.line_ids.answer_face_id), 3)
        enquiry.action_ask_anew()
        self.assertRecordValues(
            enquiry.line_ids, [{"quantity": 3, "answer": False, "take": True}]
        )

    def test_what_is_taken_gets_an_alternative(self):
        """ADV-03: not free, with a face of the same format that is."""
        self._hold_for_rival()
        enquiry = self._answer(self._enquire())
        line = enquiry.line_ids
        self.assertEqual(line.answer, "alternative")
        self.assertEqual(line.answer_face_id.format_id, self.format)
        self.assertNotEqual(line.answer_face_id, self.face)

    def test_a_wrong_answer_is_refused(self):
        """ADV-03: process control cannot confirm what is taken."""
        self._hold_for_rival()
        enquiry = self._enquire()
        enquiry.action_ask()
        asked = enquiry.with_user(self.control)
        with self.assertRaisesRegex(UserError, "choose an answer"):
            asked.action_answer()
        asked.line_ids.write({"answer": "free"})
        with self.assertRaisesRegex(UserError, "is not free from"):
            asked.action_answer()
        asked.line_ids.write({"answer": "not_free"})
        asked.action_answer()
        self.assertFalse(enquiry.line_ids.take)
        with self.assertRaisesRegex(UserError, "Nothing of enquiry"):
            enquiry.action_hold()

    def test_a_package_adds_its_faces(self):
        package = self.env["media.package"].create(
            {"name": "Both", "face_ids": self.faces[:2].ids}
        )
        enquiries = self.env["media.enquiry"].with_user(self.salesperson)
        with Form(enquiries) as form:
            form.partner_id = self.customer
            form.date_from = self.start
            form.date_to = self.end
            form.package_id = package
        self.assertEqual(form.record.line_ids.face_id, self.faces[:2])

    def test_everybody_sees_only_own_enquiries(self):
        """ADV-36: a colleague neither reads nor moves them, process control does."""
        enquiry = self._enquire()
        self.env.invalidate_all()
        self.assertFalse(enquiry.with_user(self.colleague).has_access("read"))
        self.assertFalse(enquiry.line_ids.with_user(self.colleague).has_access("read"))
        with self.assertRaises(AccessError):
            enquiry.with_user(self.colleague).action_ask()
        self.assertTrue(enquiry.with_user(self.control).has_access("write"))

    def test_an_answer_lapses(self):
        enquiry = self._answer(self._enquire())
        self.assertTrue(enquiry.valid_until > fields.Datetime.now())
        with freeze_time(enquiry.valid_until + timedelta(minutes=1)):
            with self.assertRaisesRegex(UserError, "no longer valid"):
                enquiry.action_hold()
            self.env["media.enquiry"]._find_lapsed()._lapse()
        self.assertEqual(enquiry.state, "lapsed")
        enquiry.action_ask_anew()
        self.assertRecordValues(
            enquiry, [{"state": "draft", "valid_until": False, "answered_on": False}]
        )

    def test_cancelling_stops_the_clock(self):
        enquiry = self._enquire()
        enquiry.action_ask()
        enquiry.action_cancel()
        self.assertFalse(enquiry.deadline_at)
        self.assertEqual(enquiry.state, "cancelled")
        with self.assertRaisesRegex(UserError, "needs it to be"):
            enquiry.with_user(self.control).action_answer()
