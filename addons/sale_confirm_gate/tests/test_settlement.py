from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestSettlement(GateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_partner = cls.env["res.partner"].create(
            {
                "name": "Monthly Trading",
                "is_company": True,
                "settlement_type": "monthly",
                "payment_mode": "transfer",
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.company_partner.id}
        )

    def test_order_takes_the_settlement_of_the_commercial_partner(self):
        """SOM-09: prepayment, cash on delivery or monthly, as agreed."""
        form = Form(self.env["sale.order"].with_user(self.salesperson))
        form.partner_id = self.contact
        order = form.save()

        self.assertEqual(order.settlement_type, "monthly")
        self.assertEqual(order.payment_mode, "transfer")
        self.assertEqual(self.contact.settlement_type, "monthly")

    def test_quotation_can_deviate(self):
        """ORD-11: cash and cheque are payment modes of the single order."""
        self.order.partner_id = self.contact
        self.order.write({"settlement_type": "prepayment", "payment_mode": "cheque"})
        self.company_partner.settlement_type = "cash_on_delivery"

        self.assertEqual(self.order.settlement_type, "prepayment")
        self.assertEqual(self.order.payment_mode, "cheque")

    def test_confirmed_order_keeps_its_settlement(self):
        self.order.partner_id = self.contact
        self.order.action_confirm()

        for values in ({"settlement_type": "prepayment"}, {"payment_mode": "cash"}):
            with self.assertRaisesRegex(UserError, self.order.name):
                self.order.write(values)
        self.order.write({"settlement_type": "monthly", "client_order_ref": "same"})

        self.assertEqual(self.order.settlement_type, "monthly")

    def test_cancelled_and_reset_order_can_change_it(self):
        self.order.partner_id = self.contact
        self.order.sudo().action_confirm()
        self.order.sudo()._action_cancel()
        self.order.action_draft()

        self.order.settlement_type = "prepayment"

        self.assertEqual(self.order.settlement_type, "prepayment")

    def test_another_customer_changes_no_confirmed_order(self):
        """SOM-09: the settlement of a confirmed order does not follow its customer."""
        self.order.partner_id = self.contact
        self.order.action_confirm()
        cash = self.contact.create(
            {"name": "Cash Buyer", "settlement_type": "cash_on_delivery"}
        )

        self.order.sudo().partner_id = cash

        self.assertEqual(self.order.settlement_type, "monthly")
