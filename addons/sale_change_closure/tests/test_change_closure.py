from odoo.tests import tagged

from odoo.addons.sale_change_notice.tests.common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeClosure(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_closure = True

    def test_closure_cuts_a_closed_order(self):
        """OCM-10: the closure sets the quantities to what was delivered."""
        self._deliver(self.line, 3)
        order = self.order.sudo()
        with order._closure_closing("short_close"):
            order._closure_follow("short_close")

        self.assertEqual(self.line.product_uom_qty, 3)
        self.assertEqual(self.other_line.product_uom_qty, 0)
        self.assertFalse(order._change_is_opened())

    def test_change_before_the_closure(self):
        """OCM-16: where orders end by closures, notices change what goes on."""
        notice = self._create_approved(self._change(new_quantity=3))
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self._get_demand(self.line), 3)
