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

    def _order_one_line(self):
        self.order = self._create_order(confirm=False)
        self.line = self.order.order_line[0]
        self.order.order_line[1].unlink()
        self.order.action_confirm()

    def test_only_product_is_replaced(self):
        """OCM-18: the one line of an order becomes another; nothing ends by that."""
        self._order_one_line()
        notice = self._submit(
            self._create_notice(
                self._change(self.line, new_product_id=self.hose.id),
                order=self.order,
                kind="structure",
            )
        )
        notice.change_contact("Ms Li agrees")
        self._approve(notice, self.head, self.production, self.material, self.designer)
        notice.with_user(self.desk).change_supplement("unneeded", "Same price")
        self._approve(notice, self.desk)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self._get_demand(self.line), 0)
        self.assertIn(self.hose, self.order.order_line.product_id)

    def test_notice_ends_no_order(self):
        """OCM-10: what leaves nothing to deliver is a closure."""
        self._order_one_line()
        notice = self._create_approved(
            self._change(self.line, is_removed=True), order=self.order
        )
        self._apply(notice)

        self._assert_not_applied(notice, "Close Order")
        self.assertEqual(self.line.product_uom_qty, 5)
