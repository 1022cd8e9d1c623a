from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .board_common import BoardCommon


@tagged("post_install", "-at_install")
class TestBoardHold(BoardCommon):
    def setUp(self):
        super().setUp()
        self.days = (str(self.start), str(self.end))

    def _as(self, user, faces=None):
        return (self.face if faces is None else faces).with_user(user)

    def test_process_control_holds_by_drag(self):
        """ADV-06: what process control chooses becomes holds, all or none."""
        faces = self._as(self.control, self.faces[:2])
        plan = faces.board_prepare(*self.days)
        self.assertFalse(plan["refusal"])
        self.assertEqual((plan["days"], plan["names"]), (30, "T-1-A, T-1-B"))
        message = faces.board_hold(*self.days, partner_id=self.customer.id)
        self.assertIn("T-1-A, T-1-B", message)
        self.assertRecordValues(
            self.faces[:2].booking_ids.sorted("id"),
            [
                {"state": "hold", "partner_id": self.customer.id},
                {"state": "hold", "partner_id": self.customer.id},
            ],
        )

    def test_refusal_comes_before_and_with_the_hold(self):
        """The refusal names the blocker; nothing is held if one face is taken."""
        self._book(self.face)
        faces = self._as(self.control, self.faces[:2])
        plan = faces.board_prepare(*self.days)
        self.assertIn("Qingyun Tea", plan["refusal"])
        self.assertTrue(plan["proposals"])
        self.assertFalse(plan["can_queue"])
        with self.assertRaisesRegex(UserError, "Qingyun Tea"):
            faces.board_hold(*self.days, partner_id=self.rival.id)
        self.assertFalse(self.faces[1].booking_ids)

    def test_refusal_proposes_other_days_and_queue(self):
        """Beside the refusal of one face stand its next free days and the queue."""
        self._book(self.face)
        face = self._as(self.control)
        plan = face.board_prepare(*self.days)
        self.assertTrue(plan["can_queue"])
        proposal = plan["proposals"][0]
        self.assertEqual(proposal["from"], str(self.start + timedelta(10)))
        self.assertFalse(
            face.board_prepare(proposal["from"], proposal["to"])["refusal"]
        )
        message = face.board_hold(*self.days, partner_id=self.rival.id, state="option")
        self.assertIn("1", message)
        self.assertEqual(self.face.booking_ids.sorted("id")[-1].state, "option")

    def test_refusal_does_not_tell_others_customers(self):
        """Who blocks is told only to those who may read it."""
        self._answer_enquiry(self.face, user=self.colleague)
        self._book(self.face)
        plan = self._as(self.colleague).board_prepare(*self.days)
        self.assertTrue(plan["refusal"])
        self.assertNotIn("Qingyun", plan["refusal"])

    def test_salesperson_asks_first(self):
        """ADV-01 ADV-03: without an answered enquiry a drag opens a new one."""
        plan = self._as(self.salesperson).board_prepare(*self.days)
        action = plan["action"]
        self.assertEqual(action["res_model"], "media.enquiry")
        enquiries = self.env["media.enquiry"].with_user(self.salesperson)
        with Form(enquiries.with_context(**action["context"])) as form:
            form.partner_id = self.customer
        line = form.record.line_ids
        self.assertEqual(line.face_id, self.face)
        self.assertEqual((str(line.date_from), str(line.date_to)), self.days)

    def test_salesperson_holds_inside_the_answer(self):
        """ADV-05: a salesperson holds the answered face inside the answered dates."""
        enquiry = self._answer_enquiry(self.face)
        face = self._as(self.salesperson)
        row = self._get_board(self.salesperson)["faces"][0]
        self.assertEqual(row["windows"], [[*self.days, enquiry.name]])
        inside = (self.days[0], str(self.start + timedelta(13)))
        plan = face.board_prepare(*inside)
        self.assertEqual(plan["enquiry"], enquiry.name)
        self.assertEqual(plan["partner"], self.customer.id)
        face.board_hold(*inside, partner_id=self.rival.id)
        self.assertRecordValues(
            self.face.booking_ids,
            [
                {
                    "state": "hold",
                    "partner_id": self.customer.id,
                    "user_id": self.salesperson.id,
                }
            ],
        )

    def test_outside_of_the_answer_nothing_is_held(self):
        """ADV-05: a day before the answered window is refused by the server's verb."""
        self._answer_enquiry(self.face)
        face = self._as(self.salesperson)
        early = (str(self.start - timedelta(1)), self.days[1])
        self.assertIn("action", face.board_prepare(*early))
        with self.assertRaises(AccessError):
            face.board_hold(*early, partner_id=self.customer.id)
        other = self._as(self.salesperson, self.faces[1])
        with self.assertRaises(AccessError):
            other.board_hold(*self.days, partner_id=self.customer.id)
        self.assertFalse(self.faces.booking_ids)

    def test_answers_of_others_grant_nothing(self):
        self._answer_enquiry(self.face, user=self.colleague)
        face = self._as(self.salesperson)
        self.assertIn("action", face.board_prepare(*self.days))
        with self.assertRaises(AccessError):
            face.board_hold(*self.days, partner_id=self.customer.id)

    def test_nonsense_is_refused(self):
        """No face, past days, unknown states and customers: a sentence or no effect."""
        face = self._as(self.control)
        past = ("2020-01-01", "2020-01-10")
        for call in (
            lambda: face.browse().board_hold(*self.days),
            lambda: face.board_hold(*past),
            lambda: face.board_prepare(*past),
            lambda: face.board_hold(self.days[1], self.days[0]),
            lambda: face.board_hold(*self.days, state="posted"),
        ):
            with self.assertRaises(UserError):
                call()
        face.board_hold(*self.days, partner_id="1; DROP TABLE")
        self.assertFalse(self.face.booking_ids.partner_id)

    def test_a_column_that_has_begun_counts_from_today(self):
        """A week in which today lies is held from today on."""
        face = self._as(self.control)
        today = self.start - timedelta(30)
        plan = face.board_prepare(str(today - timedelta(3)), str(today + timedelta(3)))
        self.assertLessEqual(plan["days"], 5)

    def test_cards_move_by_verbs(self):
        """A card goes where a verb leads; elsewhere a sentence refuses it."""
        hold = self._book(self.face)
        with self.assertRaises(AccessError):
            hold.with_user(self.salesperson).board_move("booked")
        for state in ("posted", "removed", "expired", "option", "unlink", None):
            with self.assertRaises(UserError):
                hold.with_user(self.control).board_move(state)
        self.assertFalse(hold.board_move("booked"))
        self.assertEqual(hold.state, "booked")
        with self.assertRaises(UserError):
            hold.board_move("posted")
        action = hold.board_move("cancelled")
        dialog = self.env[action["res_model"]].with_user(self.control)
        with Form(dialog.with_context(**action["context"])) as form:
            form.reason = "Given up"
        form.record.action_apply()
        self.assertEqual(hold.state, "cancelled")
