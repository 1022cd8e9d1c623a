from odoo.tests import tagged

from .common import SaleCreditCommon


@tagged("post_install", "-at_install")
class TestOff(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().credit_control = False

    def test_orders_are_confirmed_as_in_core(self):
        """Off means untouched."""
        order = self._create_order(1e6)

        self.assertTrue(order.action_confirm())
        order.order_line.price_unit = 2e6

        self._assert_confirmed(order)
        self.assertEqual(order.credit_open, 0)
        self.assertEqual(order.credit_state, "none")
        self.assertFalse(order.credit_visible)

    def test_core_warning_is_core_s(self):
        """Off means untouched: core's own banner appears."""
        self.company.sudo().account_use_credit_limit = True

        order = self._create_order(2000)

        self.assertIn("Harbour Hotel", order.partner_credit_warning)
        self.assertNotIn("too much", order.partner_credit_warning)
