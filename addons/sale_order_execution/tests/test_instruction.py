from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, PROMISED, ExecutionCommon, china


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInstruction(ExecutionCommon):
    def test_confirmed_order_opens_an_instruction_with_a_clock_of_four_hours(self):
        """OCM-14, MRC-01: the clerk has four working hours to enter it."""
        order = self._create_order(self.goods, self.other, quantity=3)
        instruction = self._get_instruction(order)
        self.assertRecordValues(
            instruction,
            [{"state": "draft", "stage": "take", "date_promised": PROMISED}],
        )
        self.assertEqual(
            instruction.line_ids.mapped("product_id"), self.goods | self.other
        )
        self.assertEqual(instruction.line_ids.mapped("quantity"), [3.0, 3.0])
        clock = self._get_clock(instruction, "production_instruction")
        self.assertEqual(clock.due_at, china(2026, 6, 1, 14))
        self.assertTrue(clock.limit_id.soft)
        self.assertTrue(self._get_activities(instruction, self.clerk))

    def test_late_entry_is_listed_and_reported(self):
        """OCM-14: what was not entered in time is listed, and stays on record."""
        instruction = self._get_instruction(self._create_order())
        with freeze_time(china(2026, 6, 1, 16)):
            instruction.invalidate_recordset()
            late = self.env["production.instruction"].with_user(self.clerk)
            self.assertIn(instruction, late.search([("deadline_late", "=", True)]))
            instruction.action_issue()
        clock = self._get_clock(instruction, "production_instruction")
        self.assertRecordValues(clock, [{"state": "missed", "late_hours": 2.0}])

    def test_entry_in_time_is_met(self):
        """OCM-14: issued within four working hours."""
        instruction = self._create_issued()
        clock = self._get_clock(instruction, "production_instruction")
        self.assertEqual(clock.state, "met")
        self.assertEqual(instruction.issued_by_id, self.clerk)

    def test_clerk_enters_packing_through_the_form(self):
        """MRC-02: packing and specification are entered, production reads them."""
        instruction = self._get_instruction(self._create_order())
        with Form(instruction) as form, form.line_ids.edit(0) as line:
            line.specification = "Model X, drawing 12"
            line.packing_method = "Wooden case"
        instruction.action_issue()
        read = instruction.with_user(self.maker)
        read.invalidate_recordset()
        self.assertEqual(read.line_ids.packing_method, "Wooden case")
        self.assertEqual(read.order_name, instruction.sudo().order_id.name)
        self.assertEqual(read.partner_id.name, "Qingyun Machinery")

    def test_production_acknowledges_with_time(self):
        """MRC-03, SOM-05: handed over to production, who takes it over."""
        instruction = self._create_issued()
        told = self._get_activities(instruction, self.maker)
        self.assertTrue(told)
        with self.assertRaises(AccessError):
            instruction.action_acknowledge()
        instruction.with_user(self.maker).action_acknowledge()
        self.assertRecordValues(
            instruction,
            [
                {
                    "state": "acknowledged",
                    "stage": "production",
                    "acknowledged_on": NOW,
                    "acknowledged_by_id": self.maker.id,
                }
            ],
        )
        self.assertFalse(told.exists().filtered("active"))

    def test_stages_follow_each_other(self):
        """MRC-01: five stages, one after the other; packing waits for problems."""
        instruction = self._create_issued()
        self.assertEqual(instruction.stage, "place")
        with self.assertRaises(UserError):
            instruction.action_next_stage()
        instruction.with_user(self.maker).action_acknowledge()
        instruction.action_next_stage()
        self.assertEqual(instruction.stage, "quality")
        instruction.with_user(self.maker).log_progress(1, "Scratched", problem=True)
        with self.assertRaisesRegex(UserError, "open problems"):
            instruction.action_next_stage()
        instruction.progress_ids.with_user(self.maker).solve("Painted again")
        instruction.action_next_stage()
        self.assertEqual(instruction.stage, "ship")
        with self.assertRaises(UserError):
            instruction.action_next_stage()

    def test_only_produced_goods_need_an_instruction(self):
        """OCM-14: services and goods from stock need none."""
        self.other.is_produced = False
        order = self._create_order(self.service, self.other)
        self.assertFalse(self._get_instruction(order))
        mixed = self._get_instruction(self._create_order(self.service, self.goods))
        self.assertEqual(mixed.line_ids.product_id, self.goods)

    def test_delivery_closes_and_cancelling_cancels(self):
        """OPS-06: the instruction lives as long as its order does."""
        instruction = self._create_acknowledged()
        self._deliver(instruction.sudo().order_id)
        self.assertEqual(instruction.state, "closed")
        self.assertFalse(self._running(instruction))
        other = self._get_instruction(self._create_order())
        other.sudo().order_id._action_cancel()
        self.assertEqual(other.state, "cancelled")
        self.assertFalse(self._running(other))

    def _running(self, instruction):
        clocks = self.env["deadline.clock"]
        return clocks._find_running(instruction)

    def test_order_confirmed_again_gets_a_new_instruction(self):
        order = self._create_order()
        first = self._get_instruction(order)
        order.sudo()._action_cancel()
        order.sudo().action_draft()
        order.action_confirm()
        second = self._get_instruction(order)
        self.assertNotEqual(first, second)
        self.assertEqual(second.state, "draft")

    def test_off_means_untouched(self):
        """Without the switch an order is confirmed as in Odoo."""
        self.company.order_execution = False
        order = self._create_order()
        order.commitment_date = fields.Datetime.add(PROMISED, days=3)
        self._follow()
        self.assertFalse(self._get_instruction(order))
        with self.assertRaises(UserError):
            order.with_user(self.clerk).action_create_instruction()

    def test_order_from_before_the_switch_can_be_opened_by_hand(self):
        self.company.order_execution = False
        order = self._create_order()
        self.company.order_execution = True
        action = order.with_user(self.clerk).action_create_instruction()
        instruction = self._get_instruction(order)
        self.assertEqual(action["res_id"], instruction.id)
        again = order.with_user(self.clerk).action_create_instruction()
        self.assertEqual(again["res_id"], instruction.id)

    def test_order_shows_its_execution(self):
        """PPL-08: the order says where it is, in real time."""
        instruction = self._create_acknowledged()
        order = instruction.sudo().order_id.with_user(self.salesperson)
        instruction.with_user(self.maker).log_progress(4)
        order.invalidate_recordset()
        self.assertRecordValues(
            order, [{"execution_status": "production", "execution_percent": 40.0}]
        )
        self.assertEqual(order.progress_ids.quantity, 4)
        action = order.action_open_instruction()
        self.assertEqual(action["res_id"], instruction.id)

    def test_orders_in_a_list_cost_one_look(self):
        """PPL-08: the status of a page of orders is read in a batch."""
        orders = self.env["sale.order"]
        for _number in range(8):
            orders |= self._create_order()
        orders = orders.sudo()
        self.env.flush_all()
        orders.invalidate_recordset()
        orders.mapped("name")
        with self.assertQueryCount(8):
            orders.mapped("execution_status")
