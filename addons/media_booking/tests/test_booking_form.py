from odoo.tests import Form, tagged

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestForms(MediaCommon):
    def test_hold_through_the_form(self):
        """ADV-06: process control holds a face in the form."""
        with Form(self.Booking.with_user(self.control)) as form:
            form.face_id = self.face
            form.date_from = self.start
            form.date_to = self.end
            form.partner_id = self.customer
        self.assertEqual(form.record.state, "hold")
        self.assertTrue(form.record.hold_until)

    def test_act_through_the_wizard(self):
        """ADV-05: dates, people and pictures change in a dialog, by the same verbs."""
        booking = self._book()
        actions = self.env["media.booking.action"].with_user(self.control)
        base = {"default_booking_ids": booking.ids}
        later = self._days(3, 33)

        def apply(verb, **values):
            action = actions.with_context(**base, default_verb=verb)
            return action.create(values).action_apply()

        apply("move", **later)
        self.assertEqual(booking.date_from, later["date_from"])
        apply("extend", date_to=self._days(0, 36)["date_to"])
        apply("transfer", user_id=self.colleague.id)
        self.assertEqual(booking.user_id, self.colleague)
        apply("creative", creative="tea.tif")
        self.assertEqual(booking.creative, "tea.tif")
        opened = apply("make_good", face_id=self.faces[1].id, **later)
        self.assertEqual(self.Booking.browse(opened["res_id"]).origin_id, booking)
        apply("overshow", date_to=self._days(0, 50)["date_to"])
        apply("cancel", reason="closed")
        self.assertEqual(booking.state, "cancelled")

    def test_face_through_the_form(self):
        """ADV-06: a digital face proposes the slots of its format."""
        with Form(self.env["media.face"].with_user(self.manager)) as form:
            form.code = "T-F"
            form.site_id = self.site
            form.format_id = self.loop_format
        self.assertEqual(form.record.slot_count, 3)
        self.assertEqual(form.record.district_id, self.district)
        action = form.record.action_view_bookings()
        self.assertEqual(action["res_model"], "media.booking")
