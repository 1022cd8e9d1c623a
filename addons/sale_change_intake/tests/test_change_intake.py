from odoo.tests import tagged

from odoo.addons.sale_change_notice.tests.common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeIntake(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_intake = True
        cls.order.sudo()._intake_confirm("portal", "Ms Li")

    def test_structure_makes_it_nonstandard(self):
        """OCM-18: the order is a non-standard one from now on, and confirmed so."""
        notice = self._submit(
            self._create_notice(
                self._change(new_product_id=self.hose.id), kind="structure"
            )
        )
        notice.change_contact("Ms Li agrees")
        self._approve(notice, self.head, self.production, self.material, self.designer)
        notice.with_user(self.desk).change_supplement("unneeded", "Same price")
        self._approve(notice, self.desk)
        self._apply(notice)

        self._assert_applied(notice)
        order = self.order.sudo()
        self.assertEqual(order.order_class, "nonstandard")
        self.assertEqual(order.nonstandard_reason, "new_design")
        self.assertEqual(order.customer_confirmed_how, "scan")
        self.assertEqual(order.customer_confirmed_print, order._get_confirmed_print())

    def test_risk_order_does_not_change(self):
        """OCM-16: a risk is cleared before the order changes."""
        notice = self._create_approved(self._change(new_quantity=3))
        self.order.sudo()._intake_flag("Address unknown")
        self._apply(notice)

        self._assert_not_applied(notice, "Address unknown")

    def test_desk_switched_off(self):
        """OCM-18: without the order desk the class stays."""
        self.company.order_intake = False
        self._apply(self._create_approved(self._change(new_quantity=3)))

        self.assertEqual(self.order.order_class, "standard")
