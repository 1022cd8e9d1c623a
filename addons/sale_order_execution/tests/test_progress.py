from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ExecutionCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProgress(ExecutionCommon):
    def setUp(self):
        super().setUp()
        self.instruction = self._create_acknowledged()
        self.made = self.instruction.with_user(self.maker)

    def test_progress_is_logged_through_the_dialog(self):
        """MRC-04: date, quantity and note, added row by row."""
        action = self.made.action_log_progress()
        note = Form(
            self.env[action["res_model"]]
            .with_user(self.maker)
            .with_context(**action["context"])
        )
        note.quantity = 4
        note.text = "First batch"
        note.save().action_apply()
        self.made.log_progress(2)
        self.assertRecordValues(
            self.made.progress_ids,
            [
                {"quantity": 2, "note": False, "problem_state": False},
                {"quantity": 4, "note": "First batch", "problem_state": False},
            ],
        )
        self.assertEqual(self.made.percent_done, 60)

    def test_problems_are_listed_until_they_are_solved(self):
        """MRC-04: the problem list."""
        self.made.log_progress(0, "No steel", problem=True)
        problems = self.env["production.progress"].with_user(self.clerk)
        found = problems.search([("problem_state", "=", "open")])
        self.assertEqual(found.instruction_id, self.instruction)
        self.assertEqual(self.instruction.problem_count, 1)
        found.solve("Bought elsewhere")
        self.assertRecordValues(
            found,
            [
                {
                    "problem_state": "solved",
                    "solution": "Bought elsewhere",
                    "solved_by_id": self.clerk.id,
                }
            ],
        )
        self.assertEqual(self.instruction.problem_count, 0)
        with self.assertRaisesRegex(UserError, "solved already"):
            found.solve("Again")

    def test_log_is_evidence(self):
        """MRC-04: rows are neither edited nor deleted nor smuggled in."""
        self.made.log_progress(3)
        row = self.made.progress_ids.sudo()
        for vals in ({"quantity": 9}, {"problem_state": "solved"}):
            with self.assertRaises(AccessError):
                row.write(vals)
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row.create({"instruction_id": self.instruction.id, "date": NOW})

    def test_impossible_figures_are_refused(self):
        """MRC-04: what is no number is told in words."""
        for quantity in (float("nan"), float("inf"), 1e15, "3", True):
            with self.assertRaises(ValidationError):
                self.made.log_progress(quantity)
        with self.assertRaisesRegex(ValidationError, "taken back"):
            self.made.log_progress(-1, "Scrapped")
        with self.assertRaisesRegex(UserError, "Note"):
            self.made.log_progress(0)
        self.made.log_progress(3)
        self.made.log_progress(-1, "One was scrapped")
        self.assertEqual(self.made.quantity_done, 2)

    def test_customer_reads_the_progress(self):
        """SOM-06: regular feedback to the customer, who reads it on the portal."""
        self.instruction.tell_customer("Half of your order is painted.")
        order = self.instruction.sudo().order_id
        message = order.message_ids[0]
        self.assertIn("painted", message.body)
        self.assertIn(self.customer, message.partner_ids)
        self.assertFalse(message.subtype_id.internal)
        with self.assertRaises(AccessError):
            self.made.tell_customer("I am not to talk to customers")

    def test_others_log_nothing(self):
        """MRC-04: only production and order management."""
        order = self.instruction.sudo().order_id
        read = self._get_instruction(order, self.salesperson)
        self.assertEqual(read.state, "acknowledged")
        with self.assertRaises(AccessError):
            read.log_progress(1)
        with self.assertRaises(AccessError):
            self._get_instruction(order, self.colleague).log_progress(1)
