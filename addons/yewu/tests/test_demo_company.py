from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.yewu.demo_builder.desk import DESK
from odoo.addons.yewu.demo_builder.orders import ORDERS


@tagged("post_install", "-at_install")
class TestDemoCompany(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["yewu.demo.builder"]._build()
        cls.orders = cls.env["sale.order"].search([], order="id")

    def test_every_stage_of_the_board_has_an_order(self):
        """ORD-13: to submit, both levels, approved, rejected, held, confirmed."""
        states = set(self.orders.mapped("review_state"))
        steps = self.orders.review_step_id.filtered(lambda step: not step.is_final)

        self.assertEqual(len(self.orders), len(ORDERS) + len(DESK))
        self.assertEqual(states, {"none", "open", "approved", "rejected"})
        self.assertEqual(len(steps), 2)
        self.assertTrue(self.orders.filtered(lambda order: order.state == "sale"))

    def test_orders_are_held_for_credit_and_for_a_prepayment(self):
        told = self.orders[: len(ORDERS)]
        held = told.filtered("confirm_held")

        self.assertEqual(
            held.mapped("confirm_hold_codes"), ["prepayment", "credit", "credit"]
        )

    def test_the_order_desk_has_an_order_at_every_stage(self):
        """OCM-03, OIN-01: information to production instruction, of many sources."""
        desk = self.orders[len(ORDERS) :]
        stages = dict(desk._fields["intake_stage"].selection)

        self.assertEqual(set(desk.mapped("intake_stage")), set(stages))
        self.assertGreaterEqual(len(desk.intake_channel_id), 7)
        self.assertEqual(len(desk.filtered("clarify_open")), 1)
        self.assertEqual(set(desk.mapped("risk_state")), {"none", "flagged", "cleared"})
        self.assertEqual(len(desk.filtered("effective_on")), 2)
        self.assertEqual(desk.order_exception_ids.mapped("state"), ["open"])
        self.assertIn("nonstandard", desk.mapped("order_class"))

    def test_one_order_shows_the_three_reasons_apart(self):
        """ORD-10: price, credit and contract are shown one by one."""
        order = self.orders.filtered(
            lambda order: (
                order.partner_id.ref == "yuanda" and order.review_state == "open"
            )
        )

        codes = [reason["code"] for reason in order.review_exceptions]

        self.assertEqual(set(codes), {"price_authority", "credit_limit", "no_contract"})

    def test_deliveries_wait_for_signature_money_and_hand_over(self):
        """TRD-12, SOM-10: to sign, held with its reason, signed, gone."""
        deliveries = self.orders.picking_ids
        held = deliveries.filtered("release_held")

        self.assertEqual(
            set(deliveries.mapped("review_state")), {"none", "open", "approved"}
        )
        self.assertEqual(held.partner_id.ref, "jinqiao")
        self.assertTrue(deliveries.filtered(lambda picking: picking.state == "done"))

    def test_purchases_and_payments_stand_at_every_stage(self):
        """PUR-06, PUR-15: compared, under review, received; requested, signed, paid."""
        purchases = self.env["purchase.order"].search([])
        compared = purchases.filtered("alternative_po_ids")
        requests = self.env["payment.request"].search([])

        self.assertEqual(
            set(purchases.mapped("review_state")), {"none", "open", "approved"}
        )
        self.assertEqual(len(compared), 3)
        self.assertEqual(
            sorted(requests.mapped("state")), ["approved", "draft", "paid"]
        )

    def test_a_second_company_is_not_built_over_it(self):
        with self.assertRaises(UserError):
            self.env["yewu.demo.builder"]._build()
