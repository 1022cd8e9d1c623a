from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ClosureCommon


@tagged("post_install", "-at_install")
class TestClosure(ClosureCommon):
    """OCM-10, SMP-09: a confirmed order ends early when people agreed on it."""

    def test_form_shows_what_follows(self):
        """SMP-09: the salesperson sees what the closure does before he submits it."""
        order = self._create_order(5)
        self._ship(order, 2)
        form = Form(
            self.env["sale.order.closure"]
            .with_user(self.seller)
            .with_context(default_order_id=order.id)
        )
        form.asked_by = "company"
        form.reason = "The model is discontinued"
        self.assertIn("3 of 5 Units will not be delivered", form.preview)
        self.assertIn("is cancelled", form.preview)
        self.assertEqual(form.amount_open, 300)
        closure = form.save()
        self.assertTrue(closure.name.startswith("OC/"))
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.order_line.product_uom_qty, 5)

    def test_short_close(self):
        """SMP-09: what was delivered stays, lines and deliveries of the rest end."""
        order = self._create_order(5, 4)
        self._ship(order, 2)
        closure = self._close(order)
        self.assertEqual((closure.state, order.state), ("done", "sale"))
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [2, 0])
        self.assertEqual(order.amount_total, 200)
        pickings = order.sudo().picking_ids
        self.assertEqual(set(pickings.mapped("state")), {"done", "cancel"})
        self.assertEqual(closure.closed_by, self.approver)
        self.assertIn("3 of 5 Units will not be delivered", closure.outcome)
        self.assertEqual(order.closure_kind, "short_close")
        self.assertTrue(order.locked)

    def test_cancel(self):
        """SMP-09: an order of which nothing was delivered is cancelled as a whole."""
        order = self._create_order(5)
        closure = self._close(order, "cancel")
        self.assertEqual((closure.state, order.state), ("done", "cancel"))
        self.assertEqual(order.sudo().picking_ids.state, "cancel")
        found = self.env["sale.order"].search([("closure_kind", "=", "cancel")])
        self.assertIn(order, found)

    def test_delivered_order_is_not_cancelled(self):
        order = self._create_order(5)
        self._ship(order, 2)
        closure = self._create_closure(order, "cancel")
        with self.assertRefused("take them back first, or short-close"):
            self._call(closure, "review_submit")

    def test_delivered_while_it_was_reviewed(self):
        """The last approval looks again: nothing is closed on stale ground."""
        order = self._create_order(5)
        closure = self._create_closure(order, "cancel")
        self._call(closure, "review_submit")
        self._ship(order, 1)
        with self.assertRefused("The customer has goods"):
            self._call(closure, "review_approve", 1, user=self.approver)
        self.assertEqual((closure.state, order.state), ("draft", "sale"))

    def test_nothing_left_to_close(self):
        order = self._create_order(5)
        self._ship(order, 5)
        with self.assertRefused("there is nothing to close"):
            self._call(self._create_closure(order), "review_submit")

    def test_customer_writes(self):
        """OCM-80: what the customer asks for has the customer's paper attached."""
        order = self._create_order(5)
        closure = self._create_closure(order, asked_by="customer")
        with self.assertRefused("Attach what the customer wrote"):
            self._call(closure, "review_submit")
        paper = (
            self.env["ir.attachment"]
            .with_user(self.seller)
            .create({"name": "letter.txt", "raw": b"We end it"})
        )
        closure.paper_ids = paper
        self._approve(closure)
        self.assertEqual(closure.state, "done")
        self.assertEqual(
            paper.with_user(self.approver).read(["name"])[0]["id"], paper.id
        )

    def test_seller_does_not_decide(self):
        """SMP-09: who sells the order does not approve its end."""
        self.seller.group_ids += self.env.ref(
            "sale_order_closure.group_closure_approver"
        )
        closure = self._create_closure(self._create_order(5))
        self._call(closure, "review_submit")
        self.assertIn(self.seller, closure.sudo().review_request_id.excluded_user_ids)
        with self.assertRefused(".", (AccessError, Exception)):
            self._call(closure, "review_approve", 1, user=self.seller)

    def test_rejected_and_withdrawn(self):
        """A refused closure leaves the order as it is; another one may follow."""
        order = self._create_order(5)
        closure = self._create_closure(order)
        self._call(closure, "review_submit")
        self._call(closure, "review_reject", 1, "Deliver it", user=self.approver)
        self._call(closure, "action_withdraw")
        self.assertEqual((closure.state, order.closure_kind), ("withdrawn", False))
        self.assertEqual(self._close(order).state, "done")

    def test_one_closure_at_a_time(self):
        order = self._create_order(5)
        self._create_closure(order)
        with self.assertRaisesRegex(Exception, "has a closure already|uniq"):
            self._create_closure(order)
            self.env.flush_all()

    def test_orders_of_others(self):
        """A salesperson closes his own orders only."""
        order = self._create_order(5)
        other = self._create_user("close_other", "sales_team.group_sale_salesman")
        with self.assertRefused(".", AccessError):
            self.env["sale.order.closure"].with_user(other).create(
                {"order_id": order.id, "reason": "Not mine"}
            )
