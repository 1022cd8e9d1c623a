from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.sale_order_intake.models.sale_order_requirement import TICKS
from odoo.addons.sale_order_review.tests.common import OrderReviewCommon


@tagged("post_install", "-at_install")
class TestIntakeReview(OrderReviewCommon):
    """From the desk to the review of the application."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_intake = True
        cls.company.order_feasibility = False
        rules = cls.flow.with_context(active_test=False).rule_ids
        rules.filtered(lambda rule: rule.code == "off_list").active = True
        cls.clerk = new_test_user(
            cls.env, "review_clerk", groups="sale_order_intake.group_order_desk"
        )
        cls.customer.write(
            {
                "email": "buyer@example.com",
                "street": "1 Renmin Road",
                "city": "Suzhou",
                "vat": "91320500000000000X",
                "settlement_type": "monthly",
                "payment_mode": "transfer",
            }
        )

    @classmethod
    def _create_desk_order(cls, **values):
        """Create an order as the desk wants it, requirement confirmed."""
        channel = cls.env.ref("sale_order_intake.order_channel_telephone")
        order = cls._create_order(
            order_channel=False,
            intake_channel_id=channel.id,
            commitment_date=fields.Datetime.now() + timedelta(days=9),
            packing_method="Carton",
            **values,
        )
        order.with_user(cls.clerk).write(dict.fromkeys(TICKS, True))
        return order

    def test_channel_follows_the_source(self):
        """OIN-01: one entry of the source, also for the application."""
        order = self._create_desk_order()
        self.assertEqual(order.order_channel, "telephone")
        order.intake_channel_id = self.env.ref("sale_order_intake.order_channel_fax")
        self.assertEqual(order.order_channel, "message")
        self.assertEqual(self._create_order().order_channel, "telephone")

    def test_incomplete_orders_are_not_submitted(self):
        """OIN-02, SOM-03: what the desk misses keeps an order from the review."""
        order = self._create_desk_order(client_order_ref="A")
        order.commitment_date = False
        with self.assertRaisesRegex(UserError, "delivery date"):
            order.review_submit()
        order.commitment_date = fields.Datetime.now() + timedelta(days=9)
        order.with_user(self.clerk).intake_clarify("Which colour?")
        with self.assertRaisesRegex(UserError, "Which colour"):
            order.review_submit()
        order.intake_clarified("Red.")
        order.with_user(self.salesperson).intake_flag_risk("Odd.")
        with self.assertRaisesRegex(UserError, "Risk order"):
            order.review_submit()

    def test_stage_follows_the_review(self):
        """OCM-03, SMP-03: checked by the desk and approved, then quoted."""
        order = self._create_desk_order()
        self.assertEqual(order.intake_stage, "review")
        order.with_user(self.clerk).action_intake_check_all()
        self.assertEqual(order.intake_stage, "review")
        order.review_submit()
        self._approve(order, self.supervisor)
        self.assertEqual(order.intake_stage, "quotation")
        self.assertEqual(order.intake_responsible_id, self.salesperson)

    def test_deviating_price_goes_to_the_next_level(self):
        """OCM-11: a standard order off the price list goes the way of its price."""
        order = self._create_desk_order(price=60.0)
        self.assertEqual(order.risk_state, "none")
        self.assertAlmostEqual(order.order_line.price_off_list, -40)
        order.review_submit()
        self._approve(order, self.supervisor)
        self.assertEqual(order.review_state, "open")
        self._approve(order, self.higher)
        self.assertEqual(order.review_state, "approved")

    def test_authorised_price_stays(self):
        """OCM-11: what the first level may sign does not go further."""
        self._allow(self.step_supervisor, 90)
        order = self._create_desk_order(price=95.0)
        order.review_submit()
        self._approve(order, self.supervisor)
        self.assertEqual(order.review_state, "approved")

    def test_surcharge_is_no_deviation(self):
        """OCM-12: what the table charges needs no price authority."""
        self._allow(self.step_supervisor, 90, 110)
        service = self._create_goods("Shape", type="service", is_storable=False)
        service.list_price = 0
        surcharge = self.env["order.surcharge"].create(
            {"name": "Longer", "percent": 10, "product_id": service.id}
        )
        order = self._create_desk_order(
            order_class="nonstandard", nonstandard_reason="new_design"
        )
        self.assertTrue(order.id in order._review_submit_blockers())
        order._intake_add_surcharge(order.order_line, surcharge)
        self.assertFalse(order._review_check_price_authority())
        order.order_line = [
            Command.create({"product_id": service.id, "price_unit": 10})
        ]
        self.assertTrue(order._review_check_price_authority())
