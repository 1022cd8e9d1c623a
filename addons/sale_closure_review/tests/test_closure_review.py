from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sale_order_closure.tests.common import ClosureCommon


@tagged("post_install", "-at_install")
class TestClosureReview(ClosureCommon):
    """OCM-10: a reviewed order is protected, from everything but its closure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fallback = cls._create_user(
            "close_fallback", "sales_team.group_sale_salesman_all_leads"
        )
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

    def _create_reviewed(self):
        order = (
            self.env["sale.order"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "user_id": self.seller.id,
                    "order_channel": "telephone",
                    "order_line": [
                        Command.create(
                            {"product_id": self.sprayer.id, "product_uom_qty": 5}
                        )
                    ],
                }
            )
        )
        self._call(order, "review_submit")
        self._call(order, "review_approve", 1, user=self.fallback)
        self.env["sale.order"].browse(order.id)._confirm_retry()
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale", order.confirm_hold_reason)
        return order

    def test_short_close(self):
        """OCM-10: the closure cuts what the review had fixed, and nobody else does."""
        order = self._create_reviewed()
        self._ship(order, 2)
        with self.assertRefused("confirmed after its review"):
            self._call(order.order_line, "write", {"product_uom_qty": 4})
        self._close(order)
        self.assertEqual(order.order_line.product_uom_qty, 2)
        self.assertEqual((order.state, order.review_state), ("sale", "approved"))
        order.sudo().locked = False
        with self.assertRefused("confirmed after its review"):
            self._call(order.order_line, "write", {"price_unit": 1})

    def test_cancel(self):
        """OCM-10: the review of a cancelled order is withdrawn as ever."""
        order = self._create_reviewed()
        self._close(order, "cancel")
        self.assertEqual((order.state, order.review_state), ("cancel", "none"))
