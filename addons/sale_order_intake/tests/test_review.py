from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.order_intake_log import SUBJECTS
from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestReview(IntakeCommon):
    """Requirement, checklist, clarifying and assignment."""

    def test_stages_in_their_order(self):
        """OCM-03, SMP-02, SMP-03, MRC-01: an order goes on stage by stage."""
        order = self._create_order(packing_method=False)
        stages = [order.intake_stage]
        order.with_user(self.clerk).packing_method = "Carton"
        self._tick(order)
        stages.append(order.intake_stage)
        order.with_user(self.clerk).action_intake_check_all()
        stages.append(order.intake_stage)
        order.action_quotation_sent()
        stages.append(order.intake_stage)
        self._sign(order)
        order.action_confirm()
        stages.append(order.intake_stage)
        expected = ["requirement", "review", "quotation", "sheet", "instruction"]
        self.assertEqual(stages, expected)

    def test_checked_orders_remind_nobody(self):
        """OIN-03: the reminder goes when everything is checked."""
        order = self._create_order()
        self._tick(order)
        desk = self.env.ref("sale_order_intake.mail_activity_type_desk")

        def remind():
            rows = order.activity_ids.filtered(lambda row: row.activity_type_id == desk)
            return rows.mapped("summary")

        self.assertEqual(remind(), ["Check the order"])
        order.with_user(self.clerk).action_intake_check_all()
        self.assertNotIn("Check the order", remind())

    def test_requirement_is_ticked_by_the_clerk(self):
        """OCM-04, MRC-02: every point is ticked, packing too, by whom and when."""
        order = self._create_order()
        self.assertIn("Specification", order.intake_missing_text)
        order.with_user(self.clerk).requirement_model = True
        self.assertFalse(order.requirement_confirmed_on)
        self._tick(order)
        self.assertTrue(order.requirement_confirmed_on)
        self.assertEqual(order.requirement_confirmed_by_id, self.clerk)
        order.packing_method = False
        self.assertIn("packing", order.intake_missing_text)

    def test_next_department_is_told(self):
        """OIN-03: the desk has an activity as soon as an order is complete."""
        order = self._create_order()
        activity = self.env.ref("sale_order_intake.mail_activity_type_desk")
        self.assertNotIn(activity, order.activity_ids.activity_type_id)
        self._tick(order)
        told = order.sudo().activity_ids.filtered(
            lambda row: row.activity_type_id == activity
        )
        self.assertEqual(told.user_id, self.clerk)

    def test_checklist_is_stored(self):
        """SHP-02, OIN-04, SMP-10, SOM-03: each point, its result, person and time."""
        order = self._create_order()
        self._tick(order)
        clerk = order.with_user(self.clerk)
        with self.assertRaises(AccessError):
            order.with_user(self.salesperson).intake_check("price", "ok")
        with self.assertRaises(UserError):
            clerk.intake_check("weather", "ok")
        with self.assertRaises(UserError):
            clerk.intake_check("price", "wrong")
        for subject in SUBJECTS:
            self.assertIn("intake", self._get_codes(order))
            clerk.intake_check(subject, "ok")
        self.assertNotIn("intake", self._get_codes(order))
        rows = order.sudo().intake_log_ids.filtered(lambda row: row.kind == "check")
        self.assertEqual(set(rows.mapped("subject")), set(SUBJECTS))
        self.assertEqual(rows.user_id, self.clerk)
        self.assertTrue(all(rows.mapped("logged_at")))
        stock = rows.filtered(lambda row: row.subject == "stock")
        self.assertIn("0 free", stock.note)
        for values in ({"result": "wrong"}, {"note": "x"}):
            with self.assertRaises(AccessError):
                rows.write(values)
        with self.assertRaises(AccessError):
            rows.unlink()

    def test_amended_order_is_checked_again(self):
        """SHP-04: what changed after its check is checked again."""
        order = self._create_order()
        self._check(order)
        self.assertEqual(order.intake_stage, "quotation")
        order.order_line.product_uom_qty = 5
        self.assertEqual(order.intake_stage, "review")
        self.assertIn("intake", self._get_codes(order))
        order.with_user(self.clerk).action_intake_check_all()
        self.assertEqual(order.intake_stage, "quotation")

    def test_clarify_loop(self):
        """OIN-05: returned to the salesperson, who asks the customer."""
        order = self._create_order()
        self._check(order)
        with self.assertRaises(UserError):
            order.with_user(self.clerk).intake_clarify("  ")
        order.with_user(self.clerk).intake_clarify("Which colour?")
        self.assertEqual(order.intake_stage, "information")
        self.assertIn("intake", self._get_codes(order))
        activity = order.sudo().activity_ids.filtered(
            lambda row: (
                row.activity_type_id
                == self.env.ref("sale_order_intake.mail_activity_type_clarify")
            )
        )
        self.assertEqual(activity.user_id, self.salesperson)
        told = self._get_messages(order)
        self.assertTrue(any("Which colour?" in body for body in told.mapped("body")))
        order.intake_clarified("Red.")
        self.assertFalse(order.clarify_open)
        self.assertNotEqual(order.intake_stage, "information")
        with self.assertRaises(UserError):
            order.intake_clarified("Blue.")

    def test_responsible_is_assigned_after_the_review(self):
        """OPS-02, OPS-03: the reviewed order has a named responsible person."""
        order = self._create_order()
        with self.assertRaises(UserError):
            order.with_user(self.clerk).intake_assign(self.salesperson.id)
        self._check(order)
        self.assertEqual(order.intake_responsible_id, self.clerk)
        with self.assertRaises(AccessError):
            order.intake_assign(self.salesperson.id)
        order.with_user(self.clerk).intake_assign(self.salesperson.id)
        self.assertEqual(order.intake_responsible_id, self.salesperson)
        self.assertIn(self.salesperson, order.sudo().activity_ids.user_id)
        for user_id in (0, self.env.ref("base.public_user").id):
            with self.assertRaises(UserError):
                order.with_user(self.clerk).intake_assign(user_id)

    def test_price_list_and_deviation(self):
        """OCM-11: standard orders have the list price; what differs is shown."""
        order = self._create_order()
        self.assertEqual(order.order_line.price_off_list, 0)
        order.order_line.discount = 10
        self.assertAlmostEqual(order.order_line.price_off_list, -10)
        self._check(order)
        self.assertEqual(order.risk_state, "none")
        order.order_line.price_unit = 50
        self.assertEqual(order.risk_state, "flagged")
        self.assertIn("off the price list", order.risk_reason)

    def _create_surcharge(self):
        service = self._create_goods("Special shape", type="service", is_storable=False)
        return self.env["order.surcharge"].create(
            {
                "name": "Longer boom",
                "product_tmpl_id": self.goods.product_tmpl_id.id,
                "percent": 15,
                "amount": 5,
                "product_id": service.id,
            }
        )

    def test_surcharge_table(self):
        """OCM-12: a non-standard order is charged by the special-shape table."""
        surcharge = self._create_surcharge()
        order = self._create_order(
            order_class="nonstandard", nonstandard_reason="new_design"
        )
        self.assertIn("special-shape", order.intake_missing_text)
        values = {
            "order_id": order.id,
            "line_id": order.order_line.id,
            "surcharge_id": surcharge.id,
        }
        wizard = self.env["order.surcharge.add"].with_user(self.salesperson)
        wizard = wizard.create(values)
        self.assertEqual(wizard.amount, 40)
        wizard.action_add()
        line = order.order_line.filtered("surcharge_id")
        self.assertEqual((line.price_unit, line.price_off_list), (40, 0))
        self.assertNotIn("special-shape", order.intake_missing_text or "")

    def test_surcharges_are_not_forged(self):
        """OCM-12: no other line hides its price behind the table."""
        surcharge = self._create_surcharge()
        order = self._create_order()
        with self.assertRaises(AccessError):
            order.order_line.write({"surcharge_id": surcharge.id})
        line = {"product_id": self.goods.id, "surcharge_id": surcharge.id}
        with self.assertRaises(AccessError):
            order.order_line = [Command.create(line)]
