from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.account_receipt_confirmation.tests.common import ReceiptCommon


@tagged("post_install", "-at_install")
class TestPrepayment(ReceiptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.require_confirmed_prepayment = True
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.salesperson = cls._create_user(
            "prepay_sales", "sales_team.group_sale_salesman"
        )
        cls.partner_a.settlement_type = "prepayment"
        cls.order = cls._create_order()

    @classmethod
    def _create_order(cls, price=1000, **values):
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.partner_a.id,
                "company_id": cls.company.id,
                "user_id": cls.salesperson.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product_a.id,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                "require_payment": False,
                **values,
            }
        )
        return order.with_user(cls.salesperson)

    def _pay_order(self, amount, order=None, payment=None):
        """Confirm money for an order through the wizard, as the cashier does."""
        payment = payment or self._create_payment(amount)
        form = Form(
            self.env["receipt.confirm"]
            .with_user(self.cashier)
            .with_context(default_payment_id=payment.id)
        )
        form.amount = amount
        form.sale_order_id = (order or self.order).with_user(self.cashier)
        form.save().action_confirm()
        return payment

    def _set_percentage(self, share):
        """Agree on a share in advance, as the sales manager does."""
        self.order.with_user(self.env.user).write(
            {"require_payment": True, "prepayment_percent": share}
        )

    def _create_downpayment(self, percent=30):
        self.order.sudo().state = "sent"
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(self.order.ids)],
                "advance_payment_method": "percentage",
                "amount": percent,
            }
        )
        invoice = wizard._create_invoices(wizard.sale_order_ids)
        invoice.action_post()
        return invoice

    def _get_receivable(self, move):
        return move.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def test_prepayment_order_waits_for_the_money(self):
        """SOM-10: delivery is blocked for prepayment customers without payment."""
        self._create_payment(1000)

        self.order.action_confirm()

        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.confirm_hold_codes, "prepayment")
        self.assertIn("cashier", self.order.confirm_hold_reason)
        with self.assertRaisesRegex(UserError, self.order.name):
            self.order.write({"state": "sale"})

    def test_confirmed_money_confirms_the_order(self):
        self.order.action_confirm()
        self._pay_order(999.99)
        self.order._confirm_retry()
        self.assertEqual(self.order.state, "draft")

        self._pay_order(0.01)
        self.order._confirm_retry()

        self.assertEqual(self.order.state, "sale")

    def test_arrived_money_triggers_the_cron(self):
        self.order.action_confirm()
        cron = self.env.ref("sale_confirm_gate.ir_cron_confirm_approved")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

        self._pay_order(10)

        self.assertGreater(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]),
            triggers,
        )

    def test_percentage_counts_when_payment_is_required(self):
        self._set_percentage(0.3)
        self._pay_order(300)

        self.order.action_confirm()

        self.assertEqual(self.order.state, "sale")

    def test_money_of_another_order_does_not_count(self):
        other = self._create_order()
        self._pay_order(1000, order=other)

        (self.order + other).action_confirm()

        self.assertEqual(self.order.state, "draft")
        self.assertEqual(other.state, "sale")

    def test_unallocated_money_does_not_count(self):
        self._confirm(self._create_payment(1000))

        self.order.action_confirm()

        self.assertTrue(self.order.confirm_held)

    def test_reversed_money_does_not_count(self):
        payment = self._pay_order(1000)
        payment.action_draft()

        self.order.action_confirm()

        self.assertTrue(self.order.confirm_held)
        self.assertEqual(self.order.prepayment_confirmed, 0)

    def _refund(self, amount, *items):
        """Pay the customer back and reconcile the payment with what it settles."""
        refund = self._create_payment(amount, payment_type="outbound")
        lines = self._get_receivable(refund.move_id)
        for item in items:
            lines |= self._get_receivable(item)
        lines.reconcile()
        self.order.invalidate_recordset(["prepayment_confirmed"])

    def test_money_paid_back_does_not_count(self):
        """SOM-10: what the customer got back pays for nothing."""
        payment = self._pay_order(1000)
        self._refund(300, payment.move_id)

        self.assertEqual(self.order.prepayment_confirmed, 700)
        self.order.action_confirm()
        self.assertTrue(self.order.confirm_held)

    def test_money_paid_back_by_the_bank_does_not_count(self):
        payment = self._pay_order(1000)
        self._reconcile(
            self._create_transaction(-1000), self._get_receivable(payment.move_id)
        )

        self.assertEqual(self.order.prepayment_confirmed, 0)

    def test_what_is_paid_back_comes_from_all_orders_of_the_payment(self):
        other, payment = self._create_order(), self._create_payment(1000)
        for order, amount in ((self.order, 600), (other, 400)):
            self._pay_order(amount, order, payment)
        self._refund(500, payment.move_id)

        confirmed = (self.order | other)._get_confirmed_prepayments()
        self.assertEqual(confirmed, {self.order.id: 300, other.id: 200})

    def test_money_paid_back_on_a_credit_note_does_not_count(self):
        invoice, payment = self._create_downpayment(30), self._create_payment(300)
        self._get_receivable(invoice + payment.move_id).reconcile()
        self._confirm(payment)
        self.assertEqual(self.order._get_confirmed_prepayments()[self.order.id], 300)
        note = invoice._reverse_moves()
        note.action_post()
        self.assertEqual(self.order._get_confirmed_prepayments()[self.order.id], 300)
        self._refund(300, note)

        self.assertEqual(self.order.prepayment_confirmed, 0)

    def test_money_without_a_payment_counts(self):
        vals = {"source": "cashier", "amount": 400, "amount_company": 400}
        vals |= {"date": self.order.date_order, "sale_order_id": self.order.id}
        for name in ("company_id", "partner_id", "currency_id"):
            vals[name] = self.order[name].id
        self.env["receipt.confirmation"]._append([vals])
        self.assertEqual(self.order.prepayment_confirmed, 400)

    def test_down_payment_invoice_counts_when_its_payment_is_confirmed(self):
        self._set_percentage(0.3)
        invoice = self._create_downpayment(30)
        payment = self._create_payment(300)
        self._get_receivable(invoice + payment.move_id).reconcile()
        self.assertEqual(self.order.prepayment_confirmed, 0)

        self._confirm(payment)
        self.order.invalidate_recordset(["prepayment_confirmed"])

        self.assertEqual(self.order.prepayment_confirmed, 300)
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_allocated_money_on_its_invoice_counts_once(self):
        invoice = self._create_downpayment(30)
        payment = self._pay_order(300)
        self._get_receivable(invoice + payment.move_id).reconcile()

        self.assertEqual(self.order.prepayment_confirmed, 300)

    def test_bank_transaction_on_the_down_payment_counts(self):
        invoice = self._create_downpayment(30)
        self._reconcile(self._create_transaction(300), self._get_receivable(invoice))

        self.assertEqual(self.order.prepayment_confirmed, 300)

    def test_half_confirmed_payment_counts_half(self):
        invoice = self._create_downpayment(30)
        payment = self._create_payment(300)
        self._get_receivable(invoice + payment.move_id).reconcile()
        self._confirm(payment, 150)

        self.assertEqual(self.order.prepayment_confirmed, 150)

    def test_money_goes_to_orders_of_its_customer_only(self):
        payment = self._create_payment(100, partner_id=self.partner_b.id)

        with self.assertRaisesRegex(UserError, "does not belong"):
            payment.with_user(self.cashier)._confirm_receipt(
                100, fields.Date.today(), sale_order_id=self.order.id
            )

    def test_other_settlements_and_the_switch_off_change_nothing(self):
        monthly = self._create_order(settlement_type="monthly")
        self.assertIs(monthly.action_confirm(), True)
        self.assertEqual(monthly.state, "sale")
        self.company.require_confirmed_prepayment = False

        self.assertIs(self.order.action_confirm(), True)

        self.assertEqual(self.order.state, "sale")

    def test_salesperson_cannot_lift_the_prepayment(self):
        """SOM-10: monthly settlement needs an approved customer, not a click."""
        with self.assertRaisesRegex(AccessError, "in advance"):
            self.order.settlement_type = "monthly"
        with self.assertRaisesRegex(AccessError, "in advance"):
            self.env["sale.order"].with_user(self.salesperson).create(
                {"partner_id": self.partner_a.id, "settlement_type": False}
            )
        partner = self.partner_a.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            partner.settlement_type = "monthly"
        manager = new_test_user(
            self.env,
            "prepay_manager",
            groups="sales_team.group_sale_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

        self.order.with_user(manager).settlement_type = "monthly"

        self.assertEqual(self.order.settlement_type, "monthly")

    def test_salespeople_do_not_lower_the_prepayment(self):
        """ORD-11: a hundredth in advance is no prepayment, a written total no total."""
        share = {"require_payment": True, "prepayment_percent": 0.01}
        for vals in (share, {"amount_total": 0.0}):
            with self.assertRaises(AccessError):
                self.order.write(vals)

    def test_selected_companies_do_not_lift_a_prepayment(self):
        """ORD-11: the switch of a company counts, selected in the browser or not."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.salesperson.sudo().company_ids += other
        self.salesperson.sudo().group_ids += self.env.ref("base.group_partner_manager")
        customer = self.partner_a.with_user(self.salesperson)

        with self.assertRaises(AccessError):
            customer.with_context(allowed_company_ids=other.ids).write(
                {"settlement_type": "monthly"}
            )

    def test_wizard_without_payment_proposes_no_order(self):
        wizards = self.env["receipt.confirm"].with_user(self.cashier)
        self.assertFalse(wizards.new({}).sale_order_id)
