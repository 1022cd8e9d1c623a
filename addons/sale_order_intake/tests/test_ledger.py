from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .feasibility_common import FeasibilityCommon


@tagged("post_install", "-at_install")
class TestLedger(FeasibilityCommon):
    """Every order from its source to delivery and payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_feasibility = False

    def _get_row(self, order, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        ledger = self.env["order.ledger"].with_user(user or self.clerk)
        return ledger.search([("order_id", "=", order.id)])

    def _deliver(self, order):
        picking = order.sudo().picking_ids
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        picking.button_validate()

    def test_row_of_an_order(self):
        """OCM-69: number, source, class, stage, dates, amount, delivery and payment."""
        order = self._create_confirmed(
            order_class="nonstandard", nonstandard_reason="new_design"
        )
        row = self._get_row(order)
        self.assertEqual(row.name, order.name)
        self.assertEqual(row.channel_id, self.channel)
        self.assertEqual(row.order_class, "nonstandard")
        self.assertEqual(row.nonstandard_reason, "new_design")
        self.assertEqual(row.stage, order.intake_stage)
        self.assertEqual(row.responsible_id, self.clerk)
        self.assertEqual(row.promised_on, order.commitment_date)
        self.assertEqual(row.confirmed_on, order.customer_confirmed_on)
        self.assertEqual(row.effective_on, order.effective_on)
        self.assertEqual(row.amount_total, order.amount_total)
        self.assertEqual(row.payment_state, "none")
        self.assertFalse(row.delivered_on)
        self.assertFalse(row.promise_state)

    def test_promised_date_kept_or_not(self):
        """OCM-34, SOM-04: whether the goods left by the promised day."""
        kept, late = self._create_confirmed(), self._create_confirmed()
        self._deliver(kept)
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            self._deliver(late)
        self.assertEqual(self._get_row(kept).promise_percent, 100)
        self.assertTrue(self._get_row(kept).delivered_on)
        row = self._get_row(late)
        self.assertEqual((row.promise_percent, bool(row.delivered_on)), (0, True))
        self.assertEqual(row.promise_state, "missed")
        ledger = self.env["order.ledger"].with_user(self.clerk)
        rate = ledger._read_group(
            [("order_id", "in", (kept | late).ids)], [], ["promise_percent:avg"]
        )
        self.assertEqual(rate[0][0], 50)

    def test_confirmed_within_the_company_s_limit(self):
        """SOM-04: the clock runs from the complete order to its confirmation."""
        order = self._create_order()
        self._tick(order)
        self.assertEqual(self._get_row(order).confirm_state, "running")
        order.with_user(self.clerk).action_intake_check_all()
        self._sign(order)
        order.action_confirm()
        row = self._get_row(order)
        self.assertEqual((row.confirm_state, row.confirm_percent), ("met", 100))
        late = self._create_order()
        self._check(late)
        self._sign(late)
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            late.action_confirm()
        row = self._get_row(late)
        self.assertEqual((row.confirm_state, row.confirm_percent), ("missed", 0))
        gone = self._create_order()
        self._tick(gone)
        gone.action_cancel()
        self.assertFalse(self._get_row(gone).confirm_state)

    def test_counts_by_source_class_stage_and_reason(self):
        """OIN-01, OCM-01, OCM-02, OCM-10: orders are counted by what they are."""
        orders = self._create_order() | self._create_order()
        orders |= self._create_order(
            order_class="nonstandard", nonstandard_reason="tight_delivery"
        )
        refused = self._create_order()
        refused.intake_ask_refusal("capacity", "Full")
        refused.sudo().refusal_ids.with_user(self.manager).refusal_decide(True, "Full")
        orders |= refused
        self.env.flush_all()
        ledger = self.env["order.ledger"].with_user(self.clerk)
        domain = [("order_id", "in", orders.ids)]

        def count(name):
            return dict(ledger._read_group(domain, [name], ["__count"]))

        self.assertEqual(count("channel_id"), {self.channel: 4})
        self.assertEqual(count("order_class"), {"standard": 3, "nonstandard": 1})
        self.assertEqual(count("nonstandard_reason"), {"tight_delivery": 1, False: 3})
        self.assertEqual(count("refusal_kind"), {"capacity": 1, False: 3})
        self.assertEqual(sum(count("stage").values()), 4)

    def test_payment_by_invoices(self):
        """SOM-09: what Odoo knows about the payment."""
        order = self._create_confirmed(product=self._create_service())
        order.sudo().order_line.qty_delivered = 2
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        self.assertEqual(self._get_row(order).payment_state, "unpaid")
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({"amount": 50})._create_payments()
        self.assertIn(self._get_row(order).payment_state, {"partial", "unpaid"})

    def _create_service(self):
        return self._create_goods(
            "Service", type="service", is_storable=False, invoice_policy="order"
        )

    def test_sellers_read_their_own(self):
        """OIN-01: the ledger follows the rules of the orders; nobody writes it."""
        own = self._create_order()
        other = self._create_clerk_s_order()
        self.assertTrue(self._get_row(own, self.salesperson))
        self.assertFalse(self._get_row(other, self.salesperson))
        self.assertTrue(self._get_row(other))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        company.order_intake = True
        foreign = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": company.id}
        )
        self.assertFalse(self._get_row(foreign))
        action = self._get_row(own, self.salesperson).action_open_order()
        self.assertEqual(action["res_id"], own.id)
