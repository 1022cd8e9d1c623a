from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ClosureCommon


@tagged("post_install", "-at_install")
class TestMoney(ClosureCommon):
    """SMP-09: what a closed order leaves to accounting is seen by finance before."""

    def _get_notes(self, closure):
        activities = closure.sudo().activity_ids
        self.assertEqual(activities.user_id, self.finance)
        return " ".join(map(str, activities.mapped("note")))

    def test_posted_invoice(self):
        """SMP-09: what was invoiced and not delivered is left to a credit note."""
        order = self._create_order(5)
        invoice = self._invoice(order)
        self._ship(order, 2)
        closure = self._create_closure(order)
        self.assertIn("Credit note", closure.preview)
        self._approve(closure)
        self.assertEqual(closure.review_state, "open")
        self.assertIn("Credit note", closure.review_exception_text)
        self._call(closure, "review_approve", 1, user=self.finance)
        self.assertEqual(closure.state, "done")
        self.assertEqual(invoice.state, "posted")
        notes = self._get_notes(closure)
        self.assertRegex(notes, "300.00.*are invoiced and not delivered")
        self.assertIn(invoice.name, notes)

    def test_draft_invoice(self):
        """SMP-09: a draft invoice of the order alone is cancelled."""
        order = self._create_order(5)
        invoice = self._invoice(order, post=False)
        closure = self._close(order, people=(self.approver, self.finance))
        self.assertEqual(closure.state, "done")
        self.assertEqual(invoice.state, "cancel")
        self.assertIn("draft invoice", closure.outcome)

    def test_shared_draft_invoice(self):
        """SMP-09: a draft invoice for other orders as well is left to accounting."""
        orders = self._create_order(5) | self._create_order(3)
        invoice = self._invoice(orders, post=False)
        self.assertEqual(len(invoice), 1)
        closure = self._close(orders[0], people=(self.approver, self.finance))
        self.assertEqual(invoice.state, "draft")
        self.assertIn("for other orders, too", self._get_notes(closure))

    def test_prepayment(self):
        """SOM-09: what was paid in advance goes back to the customer."""
        order = self._create_order(5)
        invoice = self._invoice(order)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        closure = self._close(order, "cancel", people=(self.approver, self.finance))
        self.assertEqual(order.state, "cancel")
        notes = self._get_notes(closure)
        self.assertRegex(notes, "Refund: the customer has paid .*500.00")
        self.assertRegex(notes, "Credit note: .*500.00")

    def test_penalty(self):
        """SMP-09: the penalty is a share of what is not delivered."""
        order = self._create_order(5)
        self._ship(order, 1)
        closure = self._create_closure(
            order,
            penalty_payer="customer",
            penalty_percent=10,
            penalty_terms="Contract, § 12",
        )
        self.assertEqual(closure.penalty_amount, 40)
        closure.penalty_amount = 35
        self._approve(closure, self.approver, self.finance)
        self.assertRegex(
            self._get_notes(closure), "penalty of .*35.00.* to the customer"
        )
        snapshot = closure.sudo().review_request_id.snapshot
        self.assertIn("§ 12", snapshot["Penalty"])

    def test_penalty_of_ours(self):
        order = self._create_order(5)
        closure = self._create_closure(
            order, penalty_payer="company", penalty_amount=20
        )
        self.assertIn("Credit a penalty of", closure.preview)
        closure.penalty_payer = "none"
        self.assertEqual(closure.penalty_amount, 0)

    def test_everything_or_nothing(self):
        """A failure in what follows leaves the order as it was."""
        order = self._create_order(5)
        closure = self._create_closure(order)
        self._call(closure, "review_submit")
        with self.assertRefused("Locked month"), self._failing_follow():
            self._call(closure, "review_approve", 1, user=self.approver)
        self.assertEqual((closure.state, closure.review_state), ("draft", "open"))
        self.assertEqual(order.order_line.product_uom_qty, 5)
        self.assertNotEqual(order.sudo().picking_ids.state, "cancel")
        self.assertFalse(order._closure_get_closing())

    def _failing_follow(self):
        follow = type(self.env["sale.order"])._closure_follow

        def fail(order, kind):
            follow(order, kind)
            raise UserError("Locked month")

        return patch.object(type(self.env["sale.order"]), "_closure_follow", fail)

    def test_foreign_currency(self):
        """Amounts of a closure are in the currency of its order."""
        currency = self.env.ref("base.USD") | self.env.ref("base.CNY")
        currency = (currency - self.company.currency_id)[:1]
        currency.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 0.5, "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_order(5, pricelist_id=pricelist.id)
        order.order_line = [Command.update(order.order_line.id, {"price_unit": 100})]
        self._invoice(order)
        closure = self._create_closure(order)
        self.assertEqual((closure.currency_id, closure.amount_open), (currency, 500))
        self.assertEqual(closure.sudo()._review_get_amount(), 1000)
        self.assertRegex(closure.preview, "Credit note: .*500.00")
