from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestClose(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._create_goods("Poster", invoice_policy="delivery")
        cls.order = cls._create_confirmed(200, product=cls.product)
        cls.order.order_line.product_uom_qty = 5

    def test_short_closed_order_keeps_what_is_delivered(self):
        """What is not delivered any more uses no credit; what is delivered does."""
        self.order.order_line.qty_delivered = 2

        self.order.with_user(self.manager).credit_close("Rest not wanted")

        self.assertTrue(self.order.credit_closed)
        self.assertEqual(self.order.credit_open, 400)

    def test_only_order_managers_close(self):
        """Short-closing is a decision of order management."""
        for user in (self.salesperson, self.releaser):
            with self.assertRaises(AccessError):
                self.order.with_user(user).credit_close("Rest not wanted")

    def test_closing_says_why(self):
        """Without a reason nothing is closed, a quotation is cancelled instead."""
        with self.assertRaises(UserError):
            self.order.with_user(self.manager).credit_close("")
        with self.assertRaises(UserError):
            self._create_order(1, user=self.manager).credit_close("No")

    def test_reopening_needs_room(self):
        """A reopened order is checked like a new one."""
        order = self.order.with_user(self.manager)
        order.credit_close("Rest not wanted")
        self._create_confirmed(500)

        with self._assert_refused(UserError, "Harbour Hotel"):
            order.credit_reopen("Wanted after all")

        self._set_limit(self.customer, 1500)
        order.credit_reopen("Wanted after all")
        self.assertEqual(order.credit_open, 1000)
