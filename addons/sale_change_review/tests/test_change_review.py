from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sale_change_notice.tests.common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeReview(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_reviewed()
        cls.line, cls.other_line = cls.order.order_line

    @classmethod
    def _create_reviewed(cls):
        """Return an order that its supervisor approved, confirmed by itself."""
        flow = cls.env["review.flow"].create(
            {
                "name": "Orders",
                "model_id": cls.env["ir.model"]._get_id("sale.order"),
                "company_id": cls.company.id,
            }
        )
        cls.env["review.step"].create(
            {
                "flow_id": flow.id,
                "name": "Supervisor",
                "assign_by": "user",
                "user_id": cls.fallback.id,
                "fallback_user_id": cls.env.ref("base.user_admin").id,
            }
        )
        flow.active = True
        order = cls._create_order(confirm=False, order_channel="telephone")
        order.review_submit()
        cls._approve(order, cls.fallback)
        cls.env["sale.order"].browse(order.id)._confirm_retry()
        cls.env.invalidate_all()
        assert order.state == "sale", order.confirm_hold_reason
        return order

    def test_reviewed_order_changes_by_its_notice(self):
        """OCM-18: the notice changes what the review fixed; the review stands."""
        notice = self._create_approved(self._change(new_quantity=3, new_price_unit=190))
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual((self.line.product_uom_qty, self.line.price_unit), (3, 190))
        self.assertEqual(self.order.review_state, "approved")
        self.assertFalse(self.order._review_get_gate_message())

    def test_nothing_else_opens_it(self):
        """OCM-18: before and after the notice, nobody edits the reviewed order."""
        notice = self._create_approved(self._change(new_quantity=3))
        for _round in range(2):
            for line in (self.line, self.line.sudo()):
                with (
                    self.assertRaisesRegex(UserError, "change notice"),
                    self.env.cr.savepoint(),
                ):
                    line.price_unit = 1
                self.env.invalidate_all()
            if notice.state == "approved":
                self._apply(notice)
        self.assertEqual(self.line.price_unit, 100)

    def test_changed_behind_the_notice(self):
        """OCM-18: what is neither reviewed nor changed by a notice is not approved."""
        self._apply(self._create_approved(self._change(new_quantity=3)))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_unit = 1 WHERE id = %s", [self.line.id]
        )
        self.env.invalidate_all()

        self.assertIn("changed since", self.order._review_get_gate_message())
