from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestAmendment(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_confirmed(500)
        cls.line = cls.order.order_line

    def test_amended_beyond_the_limit(self):
        """Probe 20: a confirmed order of 500 cannot become 5000."""
        for vals in ({"price_unit": 5000}, {"product_uom_qty": 10}):
            with self._assert_refused(UserError, self.order.name):
                self.line.write(vals)
            with self._assert_refused(UserError, "Harbour Hotel"):
                self.order.sudo().write(
                    {"order_line": [Command.update(self.line.id, vals)]}
                )

    def test_amended_within_the_limit(self):
        """Room under the limit may be used."""
        self.line.price_unit = 1000

        self._assert_exposure(1000)

    def test_new_line_is_checked(self):
        """A line added to a confirmed order is checked."""
        vals = {"product_id": self.service.id, "price_unit": 600, "tax_ids": []}

        with self.assertRaises(UserError):
            self.line.create({**vals, "order_id": self.order.id})
        with self.assertRaises(UserError):
            self.order.order_line = [Command.create(vals)]

    def test_exchange_is_judged_at_its_end(self):
        """Replacing one line by another is no excess in between."""
        self.order.write(
            {
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.service.id,
                            "price_unit": 900,
                            "tax_ids": [],
                        }
                    ),
                    Command.update(self.line.id, {"product_uom_qty": 0}),
                ]
            }
        )

        self.assertEqual(self.order.credit_open, 900)

    def test_another_payer_is_checked(self):
        """The order cannot move to a customer without room."""
        payer = self._create_customer("Payer", 100)

        with self._assert_refused(UserError, "Payer"):
            self.order.partner_invoice_id = payer

    def test_less_is_always_possible(self):
        """Reducing an order over the limit needs no room."""
        self._set_limit(self.customer, 100)

        self.line.price_unit = 400

        self.assertEqual(self.order.credit_open, 400)

    def test_held_customer_cannot_have_more(self):
        """A credit hold stops increases as well."""
        self._get_account().write({"hold": True, "hold_reason": "Bounced"})

        with self.assertRaises(UserError):
            self.line.price_unit = 501

    def test_released_order_may_grow_to_its_ceiling(self):
        """A decision covers changes until it expires."""
        self.order.with_user(self.releaser).credit_release("Agreed", ceiling=2000)

        self.line.price_unit = 2000
        with self.assertRaises(UserError):
            self.line.price_unit = 2001

    def test_several_orders_at_once(self):
        """One write on lines of two orders counts both."""
        second = self._create_confirmed(400)

        with self.assertRaises(UserError):
            (self.line + second.order_line).write({"price_unit": 501})

        (self.line + second.order_line).write({"price_unit": 500})
        self._assert_exposure(1000)
