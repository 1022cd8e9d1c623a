from datetime import timedelta
from types import SimpleNamespace

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestRefusal(MediaCommon):
    def _refuse(self, user=None, **values):
        user = user or self.control
        with self.assertRaises(UserError) as caught:
            self.Booking.with_user(user)._place([self._request(**values)], "hold")
        return str(caught.exception)

    def test_names_for_readers(self):
        """ADV-06: who may read learns for whom, by whom and until when."""
        hold = self._hold()
        text = self._refuse(partner_id=self.rival.id)

        for word in ("T-1-A is not free", "Hold for", "Qingyun Tea", "lapses"):
            self.assertIn(word, text)
        self.assertIn(hold.user_id.name, text)

    def test_no_names_for_others(self):
        """ADV-06: who may not read learns only until when."""
        self._hold()
        self.env.invalidate_all()
        text = self._refuse(self.colleague, user_id=self.colleague.id)

        self.assertIn("Hold of somebody else", text)
        self.assertNotIn("Qingyun", text)
        self.assertNotIn(self.salesperson.name, text)

    def test_next_period_and_nearby_faces(self):
        """ADV-06: the refusal tells the nearest free period and free faces nearby."""
        self._book()
        self._book(**self._days(35, 50))
        self._hold(self.faces[2])
        text = self._refuse()

        first = self.Booking._say_date(self.start + timedelta(days=51))
        self.assertIn(f"Next free: {first}", text)
        self.assertIn("T-1-B (0.0 km), T-2-B (6.7 km)", text)
        self.assertNotIn("T-2-A", text)

    def test_long_list(self):
        """ADV-06: of many faces that are not free the first are explained."""
        for face in self.faces:
            self._hold(face)
        with self.assertRaisesRegex(UserError, "Not free either: T-2-B"):
            self.Booking.with_user(self.control).hold_faces(
                [self._request(face) for face in self.faces]
            )

    @mute_logger("odoo.sql_db")
    def test_constraint_in_words(self):
        """ADV-06: when the constraint has decided, the same text names the winner."""
        self._hold()
        values = {**self._request(), "state": "booked", "kind": "paid"}
        with self.assertRaises(ExclusionViolation) as caught, self.env.cr.savepoint():
            self.Booking._add_rows([values])
            self.env.flush_all()
        message = self.Booking.with_user(self.control)._sql_error_to_message(
            caught.exception
        )
        self.assertIn("Qingyun Tea", message)
        self.assertIn("Next free", message)

    def test_other_errors_keep_their_words(self):
        """ADV-06: a message that cannot be read stays what the constraint says."""
        diag = {
            "constraint_name": "media_booking_overlap_excl",
            "message_detail": None,
            "table_name": "media_booking",
        }
        error = SimpleNamespace(diag=SimpleNamespace(**diag), pgcode="23P01")
        message = self.Booking._sql_error_to_message(error)
        self.assertIn("already held or booked", message)
