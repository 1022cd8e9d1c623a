from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.stock_review.tests.common import DeliveryMixin


@tagged("post_install", "-at_install")
class TestRiskDelivery(DeliveryMixin, BaseCommon):
    """SHP-03: a risk order is not delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Desk House"})
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        flows = cls.env["review.flow"].search([("model", "!=", "stock.picking")])
        flows.active = False
        cls.env["order.risk.rule"].with_context(active_test=False).search([]).unlink()
        cls._set_up_delivery()
        cls.clerk = cls._create_user("risk_clerk", "sale_order_intake.group_order_desk")
        cls.seller = cls._create_user(
            "risk_seller", "sales_team.group_sale_salesman_all_leads"
        )
        cls.sprayer = cls._create_goods("Sprayer", 10)
        cls.customer = cls.env["res.partner"].create({"name": "Qingyun Machinery"})
        cls.order = cls._create_sold()
        cls.company.order_intake = True
        cls.picking = cls.order.picking_ids.with_user(cls.keeper)
        cls.picking.action_assign()

    @classmethod
    def _create_sold(cls):
        line = {"product_id": cls.sprayer.id, "product_uom_qty": 5}
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "user_id": cls.seller.id,
                "settlement_type": "cash_on_delivery",
                "require_payment": False,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        assert order.state == "sale", order.confirm_hold_reason
        return order

    def _flag(self, user=None):
        self._call(
            self.order, "intake_flag_risk", "Unknown buyer", user=user or self.seller
        )
        self.env.invalidate_all()

    def _clear(self):
        self._call(self.order, "intake_clear_risk", "Called back", user=self.clerk)
        self.env.invalidate_all()

    def test_not_even_requested(self):
        """SHP-03: nobody asks for the signature while the risk is open."""
        self._flag()
        with self.assertRefused(f"{self.order.name}: Risk order: Unknown buyer"):
            self._call(self.picking, "review_submit", user=self.desk)
        self._clear()
        self._sign(self.picking)
        self.assertEqual(self.picking.review_state, "approved")

    def test_risk_after_the_signature(self):
        """SHP-03: signed goods of an order that became a risk stay, and say why."""
        self._sign(self.picking)
        self._flag()
        self.assertTrue(self.picking.release_held)
        self.assertEqual(self.picking.release_hold_codes, "risk")
        with self.assertRefused("Risk order: Unknown buyer"):
            self._call(self.picking, "button_validate")
        with self.assertRefused("Risk order: Unknown buyer"):
            self._call(self.picking.move_ids, "write", {"state": "done"})
        self._assert_kept(self.picking)

        self._clear()
        self.assertFalse(self.picking.release_held)

    def test_goods_leave_when_cleared(self):
        """SHP-04: the handling opinion lets the goods go."""
        self._sign(self.picking)
        self._flag()
        self._clear()
        reasons = self.picking.sudo()._release_blockers().get(self.picking.id, [])
        self.assertNotIn("risk", dict(reasons))

    def test_no_desk_no_risk(self):
        """Off means untouched: without an order desk nothing is held for a risk."""
        self._flag()
        self.company.order_intake = False
        self.assertFalse(self.order._intake_delivery_blockers())
        reasons = self.picking.sudo()._release_blockers().get(self.picking.id, [])
        self.assertNotIn("risk", dict(reasons))
