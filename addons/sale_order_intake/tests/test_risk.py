from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.payment.tests.common import PaymentCommon

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestRisk(IntakeCommon):
    """Risk orders stop until a colleague of the desk writes an opinion."""

    def test_rules_flag_complete_orders(self):
        """SHP-03: address, quantity, price and identity are looked at."""
        for values, text in (
            ({"quantity": 1001}, "more than the usual"),
            ({"price": 10.0}, "off the price list"),
        ):
            order = self._create_order(**values)
            self.assertEqual(order.risk_state, "none")
            self._tick(order)
            self.assertEqual(order.risk_state, "flagged")
            self.assertIn(text, order.risk_reason)
        for values, text in (
            ({"street": False}, "no street"),
            ({"vat": False, "street": "1 Renmin Road"}, "never verified"),
        ):
            self.customer.write(values)
            order = self._create_order()
            self.assertIn("risk", self._get_codes(order))
            self._tick(order)
            self.assertIn(text, order.risk_reason)

    def test_a_risk_is_the_first_thing_people_hear(self):
        """SHP-04, OIN-06: neither "received" nor "check the order" hides the risk."""
        order = self._create_order(quantity=1001)
        self._tick(order)

        self.assertEqual(
            order.intake_log_ids.filtered(lambda row: row.kind == "told").mapped(
                "event"
            ),
            ["risk"],
        )
        activity = order.activity_ids.filtered(
            lambda activity: activity.user_id == self.clerk
        )
        self.assertIn("handling opinion", activity.summary)

    def test_rules_have_switches(self):
        """SHP-03: a rule that is switched off finds nothing."""
        self.rules.filtered(lambda rule: rule.kind == "quantity").active = False
        order = self._create_order(quantity=1001)
        self._tick(order)
        self.assertEqual(order.risk_state, "none")

    def test_verified_identity_counts_later(self):
        """SHP-02: who was verified once is known."""
        self.customer.vat = False
        order = self._create_order()
        self._tick(order)
        self.assertEqual(order.risk_state, "flagged")
        order.with_user(self.clerk).intake_check("identity", "ok")
        later = self._create_order()
        self._tick(later)
        self.assertEqual(later.risk_state, "none")

    def test_risk_blocks_everything(self):
        """SHP-03, SHP-05: not confirmed, not paid, not delivered."""
        order = self._create_order(require_payment=True)
        self._check(order)
        self.assertTrue(order._has_to_be_paid())
        order.intake_flag_risk("The telephone number does not exist.")
        self.assertIn("risk", self._get_codes(order))
        self.assertFalse(order._has_to_be_paid())
        self.assertIn(order.id, order._intake_delivery_blockers())
        self._sign(order)
        order.action_confirm()
        self.assertEqual(order.state, "draft")
        with self.assertRaisesRegex(UserError, "Risk order"):
            order.write({"state": "sale"})
        links = self.env["payment.link.wizard"].with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "Risk order"):
            links.create({"res_model": "sale.order", "res_id": order.id, "amount": 1.0})

    def test_not_paid_before_the_review(self):
        """SHP-05: payment is possible only after the review."""
        order = self._create_order(require_payment=True)
        self.assertFalse(order._has_to_be_paid())
        self._check(order)
        self.assertTrue(order._has_to_be_paid())

    def test_signature_does_not_replace_the_payment(self):
        """SHP-05: signed before it may be paid, confirmed after it is paid only."""
        order = self._create_order(require_payment=True)
        self._sign(order)
        public = self.env.ref("base.public_user")
        order.with_user(public).sudo()._validate_order()
        self._check(order)
        order.sudo()._confirm_retry()
        self.assertEqual(order.state, "draft")

    def test_handling_opinion_clears(self):
        """OIN-06: only a written opinion of the desk clears the risk."""
        order = self._create_order()
        self._check(order)
        order.intake_flag_risk("Odd address.")
        for text in ("", "   ", None, False, 5):
            with self.assertRaises(UserError):
                order.with_user(self.clerk).intake_clear_risk(text)
        with self.assertRaises(AccessError):
            order.intake_clear_risk("It is fine.")
        order.with_user(self.clerk).intake_clear_risk("Called back, the plant moved.")
        self.assertEqual(order.risk_state, "cleared")
        self.assertEqual(order.handling_opinion, "Called back, the plant moved.")
        self.assertNotIn("risk", self._get_codes(order))
        row = order.sudo().intake_log_ids.filtered(lambda row: row.kind == "clear")
        self.assertEqual(row.user_id, self.clerk)

    def test_nobody_clears_an_own_order(self):
        """OIN-06: the reviewer is not the seller."""
        order = self._create_order()
        order.sudo().user_id = self.clerk
        order.with_user(self.clerk).intake_flag_risk("Odd.")
        with self.assertRaises(AccessError):
            order.with_user(self.clerk).intake_clear_risk("Fine.")

    def test_customer_is_told_and_amends(self):
        """SHP-04: told to amend or cancel; an amended order is judged again."""
        order = self._create_order(quantity=2000)
        self._check(order)
        bodies = self._get_messages(order).mapped("body")
        self.assertTrue(any("amend it or cancel it" in body for body in bodies))
        self.assertEqual(order.intake_status, "risk")
        order.with_user(self.clerk).intake_clear_risk("Large plant.")
        self.assertEqual(order.risk_state, "cleared")
        order.order_line.product_uom_qty = 3000
        self.assertEqual(order.risk_state, "flagged")
        self.assertIn("intake", self._get_codes(order))

    def test_wrong_check_flags(self):
        """SHP-03, OIN-06: what the review finds wrong makes a risk order."""
        order = self._create_order()
        self._tick(order)
        order.with_user(self.clerk).intake_check("address", "wrong", "No such road.")
        self.assertEqual(order.risk_state, "flagged")
        self.assertIn("No such road.", order.risk_reason)


@tagged("post_install", "-at_install")
class TestRiskPayment(IntakeCommon, PaymentCommon):
    """Online payment of orders on the desk."""

    def _create_payment(self, order):
        return self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.payment_method_id,
                "reference": f"desk {order.id}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )

    def test_payment_of_a_risk_order_is_refused(self):
        """SHP-03: not even a link that was sent before lets a risk order be paid."""
        order = self._create_order()
        self._check(order)
        order.intake_flag_risk("Odd.")
        with self.assertRaisesRegex(UserError, "Risk order"):
            self._create_payment(order)

    def test_effective_after_payment(self):
        """OCM-13, SHP-06: prepaid orders are effective, to ship, once they are paid."""
        order = self._create_order(settlement_type="prepayment", require_payment=True)
        self._check(order)
        self._sign(order)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.effective_on)
        self.assertEqual(order.intake_stage, "sheet")
        payment = self._create_payment(order)
        payment.write({"state": "done"})
        payment.sale_order_ids._intake_follow()
        self.assertTrue(order.effective_on)
        self.assertEqual(order.intake_status, "to_ship")
        told = order.message_ids.filtered(
            lambda message: self.salesperson.partner_id in message.partner_ids
        )
        self.assertIn("to be shipped", "".join(told.mapped("body")))
