from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_intake.tests.common import IntakeCommon

MODULE = "sale_order_execution"


@tagged("post_install", "-at_install")
class TestIntakeExecution(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_execution = True
        cls.merchant = new_test_user(
            cls.env, "desk_merchant", groups=f"{MODULE}.group_execution_clerk"
        )
        cls.maker = new_test_user(
            cls.env, "desk_maker", groups=f"{MODULE}.group_execution_production"
        )

    def _get_instruction(self, order):
        return order.sudo()._get_instructions().with_user(self.merchant)

    def test_effective_order_starts_the_clock(self):
        """OCM-14, OCM-03: from effectiveness on, the last stage of the desk."""
        order = self._create_confirmed(requirement_note="Paint twice")
        self.assertEqual(order.intake_stage, "instruction")
        instruction = self._get_instruction(order)
        self.assertRecordValues(
            instruction,
            [
                {
                    "state": "draft",
                    "requirement": "Paint twice",
                    "user_id": order.sudo().intake_responsible_id.id,
                }
            ],
        )
        self.assertEqual(instruction.line_ids.packing_method, "Wooden case")
        clock = self.env["deadline.clock"]._find_running(
            instruction, "production_instruction"
        )
        start = order.effective_on.replace(microsecond=0)
        self.assertEqual(clock.started_at, start)
        self.assertEqual(order.follow_stage, "take")

    def test_unpaid_prepayment_waits(self):
        """OCM-14: not effective, so nothing is produced, by no button either."""
        order = self._create_confirmed(settlement_type="prepayment")
        self.assertFalse(order.effective_on)
        self.assertFalse(self._get_instruction(order))
        with self.assertRaises(UserError):
            order.with_user(self.merchant).action_create_instruction()

    def test_progress_of_the_desk_is_the_stage_of_the_instruction(self):
        """MRC-01: one progress, whoever moves it."""
        order = self._create_confirmed()
        instruction = self._get_instruction(order)
        instruction.action_issue()
        self.assertEqual(order.follow_stage, "place")
        instruction.with_user(self.maker).action_acknowledge()
        self.assertEqual(order.follow_stage, "production")
        order.with_user(self.merchant).intake_follow_next("All painted")
        self.assertEqual(instruction.stage, "quality")
        self.assertEqual(order.follow_stage, "quality")

    def test_signed_date_is_only_proposed(self):
        """OCM-36, OCM-17: a chase brings no date past the customer's signature."""
        order = self._create_confirmed()
        before = order.commitment_date
        chase = (
            self.env["order.chase"]
            .with_user(self.merchant)
            .create(
                {
                    "order_id": order.id,
                    "final_date": before.date() + timedelta(days=9),
                    "reason": "Steel came late",
                    "agreed_with": "Ms Li",
                    "agreed_on": date.today(),  # noqa: DTZ011
                }
            )
        )
        chase.action_issue()
        self.assertEqual(order.commitment_date, before)
        self.assertEqual(chase.date_state, "proposed")
        self.assertIn("signed", chase.date_note)

    def test_without_the_desk_the_confirmation_starts_it(self):
        """OCM-14: the two switches are independent."""
        self.company.order_intake = False
        order = self._create_order()
        order.action_confirm()
        self.assertEqual(self._get_instruction(order).state, "draft")
