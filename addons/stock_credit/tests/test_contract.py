from unittest.mock import patch

from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestContractChecked(SettlementCommon):
    """OCM-64: the shipping notice needs the contract checked."""

    def test_contract_reason_is_added(self):
        picking = self._get_delivery(self._create_sale("monthly"))
        orders = type(self.env["sale.order"])
        reason = [("contract", "No contract in force. Have it renewed.")]
        with patch.object(orders, "_get_contract_blockers", lambda _order: reason):
            self._assert_blocked(picking, "No contract in force")
            self.assertEqual(self._hold(picking), "contract")

    def test_order_that_should_have_one(self):
        """OCM-64: an order under review without a contract is held at delivery."""
        orders = self.env["sale.order"]
        if "contract_id" not in orders._fields:
            self.skipTest("contracts are not installed")
        order = self._create_sale("monthly")
        picking = self._get_delivery(order)
        self._sign(picking)
        with patch.object(type(orders), "_review_is_required", lambda _order: True):
            with self.assertRefused("no framework contract in force"):
                self._call(picking, "button_validate")
            accepted = [{"code": "no_contract", "message": "None"}]
            with patch.object(type(orders), "review_exceptions", accepted):
                self.assertFalse(order.sudo()._get_contract_blockers())
