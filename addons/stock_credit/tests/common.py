from odoo import Command
from odoo.exceptions import UserError

from odoo.addons.account_credit_limit.tests.common import CreditCommon
from odoo.addons.stock_review.tests.common import DeliveryMixin


class SettlementCommon(DeliveryMixin, CreditCommon):
    """Orders over goods at 100 a piece, for a certified customer with 1000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls._switch_others_off()
        cls._set_up_delivery()
        cls.salesperson = cls._create_user(
            "settle_sales", "sales_team.group_sale_salesman"
        )
        cls.sprayer = cls._create_goods("Sprayer", 50)
        cls._get_account().with_user(cls.certifier).action_certify()

    @classmethod
    def _switch_others_off(cls):
        """Confirm orders without a review and without confirmed money."""
        flows = cls.env["review.flow"].search([("model", "!=", "stock.picking")])
        flows.active = False
        cls.company.require_confirmed_prepayment = False

    @classmethod
    def _create_sale(cls, settlement, quantities=(5,), customer=None, **values):
        """Confirm an order of the salesperson and return it with its deliveries."""
        order = (
            cls.env["sale.order"]
            .with_user(cls.salesperson)
            .create(
                {
                    "partner_id": (customer or cls.customer).id,
                    "company_id": cls.company.id,
                    "settlement_type": settlement,
                    "require_payment": False,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.sprayer.id,
                                "product_uom_qty": quantity,
                                "price_unit": 100.0,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for quantity in quantities
                    ],
                    **values,
                }
            )
        )
        order.action_confirm()
        assert order.state == "sale", order.confirm_hold_reason
        return order

    @classmethod
    def _get_delivery(cls, order):
        picking = order.sudo().picking_ids.sorted("id")[-1]
        picking = cls.env["stock.picking"].with_user(cls.keeper).browse(picking.id)
        picking.action_assign()
        return picking

    @classmethod
    def _split_off(cls, picking, quantity):
        """Split a delivery in two and return both, as the storekeeper does."""
        picking.move_ids.quantity = quantity
        picking.action_split_transfer()
        rest = cls.env["stock.picking"].search([("backorder_id", "=", picking.id)])
        rest = rest.with_user(cls.keeper)
        rest.action_assign()
        return picking, rest

    @classmethod
    def _sign_anyway(cls, picking):
        """Sign while nothing stands against it, whatever comes later."""
        cls._sign(picking)
        return picking

    def _pay(self, order, amount):
        """Register money for the order; the cashier confirms it."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": order.partner_id.id,
                "journal_id": self.bank.id,
                "amount": amount,
            }
        )
        payment.action_post()
        return (
            payment.with_user(self.cashier)
            .sudo()
            ._confirm_receipt(amount, self.today, sale_order_id=order.id)
        )

    def _assert_blocked(self, picking, regex):
        """Check the refusal of the request, and of the goods on their way out."""
        with self.assertRefused(regex, UserError):
            self._call(picking, "review_submit", user=self.desk)
        with self.assertRefused(regex, UserError):
            self._call(picking, "button_validate")

    def _hold(self, picking):
        self._call(picking, "action_release_request", user=self.desk)
        return picking.release_hold_codes

    def _recheck(self, picking):
        self.env["stock.picking"].browse(picking.id)._release_recheck()
        self.env.invalidate_all()
