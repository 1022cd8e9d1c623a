from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestCashDelivery(SettlementCommon):
    """SOM-09: cash on delivery is recorded when the goods are handed over."""

    def setUp(self):
        super().setUp()
        self.order = self._create_sale("cash_on_delivery")
        self.picking = self._get_delivery(self.order)

    def _record(self, amount=None, user=None, picking=None, **values):
        """Record cash through the dialog, as the storekeeper does."""
        picking = (picking or self.picking).with_user(user or self.keeper)
        action = picking.action_record_cash()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user or self.keeper)
            .with_context(**action["context"])
        )
        for name, value in {"amount": amount, **values}.items():
            if value is not None:
                setattr(form, name, value)
        form.save().action_record()
        self.env.invalidate_all()
        return self.env["cash.handover"].search([], order="id desc", limit=1)

    def test_recorded_before_it_is_handed_over(self):
        """TRD-12: signed without money, handed over against recorded cash."""
        self._sign(self.picking)
        self.assertTrue(self.picking.cash_is_due)
        with self.assertRefused(f"{self.order.name}.*500.*to be recorded"):
            self._call(self.picking, "button_validate")

        row = self._record()

        self.assertEqual((row.amount, row.received_by), (500, self.keeper))
        self._ship(self.picking)
        self.assertEqual(self.picking.state, "done")
        self.assertFalse(self.picking.cash_is_due)

    def test_receiver_hears_of_it(self):
        """OCM-64: whoever is said to hold the cash is a colleague, and is told."""
        received_by = self.supervisor
        self._record(received_by=received_by)
        notes = self.env["mail.message"].search(
            [
                ("model", "=", "stock.picking"),
                ("res_id", "=", self.picking.id),
                ("notified_partner_ids", "in", received_by.partner_id.ids),
            ]
        )
        self.assertTrue(any("500" in note.body for note in notes))
        portal = self._create_user("settle_portal", "base.group_portal")
        picking = self._get_delivery(self._create_sale("cash_on_delivery"))
        with self.assertRefused("colleague"):
            self._record(picking=picking, received_by=portal)

    def test_less_is_for_the_supervisor(self):
        self._sign(self.picking)
        for amount in (0, 400):
            with self.assertRefused("delivery supervisor", AccessError):
                self._record(amount, reason="Later")
        self.supervisor.group_ids += self.env.ref("stock.group_stock_user")
        with self.assertRefused("required|why", (AssertionError, UserError)):
            self._record(400, user=self.supervisor)
        row = self._record(400, user=self.supervisor, reason="Scratched")
        self.assertEqual((row.amount, row.amount_waived), (400, 100))
        self._ship(self.picking)

    def test_no_more_than_is_due(self):
        with self.assertRefused("at most"):
            self._record(501, reason="?")
        self._record()
        with self.assertRefused("No cash is due"):
            self._record(1, reason="?")

    def test_listed_until_the_cashier_has_the_money(self):
        """OCM-64: cash on its way is listed until its receipt is confirmed."""
        row = self._record()
        self.assertTrue(row.with_user(self.cashier).is_open)
        found = self.env["cash.handover"].with_user(self.cashier)
        self.assertEqual(found.search([("is_open", "=", True)]) & row, row)
        payment = self._register(row, 500)
        self.assertTrue(row.is_open)

        form = Form(
            self.env["receipt.confirm"]
            .with_user(self.cashier)
            .with_context(default_payment_id=payment.id)
        )
        form.save().action_confirm()

        self.env.invalidate_all()
        self.assertFalse(row.is_open)
        self.assertFalse(found.search([("is_open", "=", True)]) & row)
        self.assertEqual(payment.receipt_ids.sale_order_id, self.order.sudo())
        self._sign(self.picking)
        self._ship(self.picking)
        payment.sudo().receipt_ids._reverse(note="False notes")
        self.assertTrue(row.is_open)

    def _register(self, row, amount):
        """Register the payment that the cashier's button proposes."""
        action = row.with_user(self.cashier).action_register_payment()
        payment = (
            self.env["account.payment"]
            .with_user(self.cashier)
            .with_context(**action["context"])
            .create({"journal_id": self.bank.id, "amount": amount})
        )
        payment.action_post()
        self.assertEqual(payment.cash_handover_id, row)
        return payment

    def test_only_the_cashier_registers(self):
        row = self._record()
        with self.assertRefused("cashier", AccessError):
            row.with_user(self.keeper).action_register_payment()
        other = self._create_customer("Somebody else")
        payment = self._register(row, 500)
        with self.assertRefused("another customer", ValidationError):
            payment.sudo().action_draft()
            payment.sudo().partner_id = other

    def test_evidence_stays(self):
        row = self._record()
        for user in (self.keeper, self.cashier, self.env.user):
            with self.assertRefused("evidence", AccessError):
                row.with_user(user).sudo().amount = 1
            with self.assertRefused("evidence", AccessError):
                row.with_user(user).sudo().unlink()

    def test_prepaid_after_all(self):
        """Nothing is due where confirmed money covers the goods."""
        self._sign(self.picking)
        self._pay(self.order, 500)
        self._ship(self.picking)
        self.assertEqual(self.picking.state, "done")

    def test_two_deliveries_one_cash(self):
        """Cash for one delivery does not let two of them go."""
        self._set_limit(self.customer, 9000)
        order = self._create_sale("cash_on_delivery", (10,))
        first, second = self._split_off(self._get_delivery(order), 5)
        self._sign(first, second)
        self.assertEqual(self._record(picking=first).amount, 500)
        with self.assertRefused(f"{second.name}(?s:.*)500.*recorded"):
            self._call(first | second, "button_validate")
        self._ship(first)
        with self.assertRefused("500.*recorded"):
            self._call(second, "button_validate")

    def test_customers_and_salespeople_record_nothing(self):
        with self.assertRefused(".", AccessError):
            self._record(user=self.outsider)
