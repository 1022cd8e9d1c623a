from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..models.sale_order_requirement import TICKS

#: The smallest picture: what a signature needs to be.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    b"YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


class IntakeCommon(TransactionCase):
    """A company with an order desk, a clerk, and a salesperson with a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(lang="en_US", tracking_disable=False).env
        cls.company = cls.env.company
        cls.company.order_intake = True
        cls.company.order_feasibility = False
        cls._create_rules()
        group = "sale_order_intake.group_order_desk"
        cls.clerk = new_test_user(cls.env, "desk_clerk", groups=group)
        cls.salesperson = new_test_user(
            cls.env, "desk_salesperson", groups="sales_team.group_sale_salesman"
        )
        cls.company.order_desk_user_id = cls.clerk
        cls.channel = cls.env.ref("sale_order_intake.order_channel_telephone")
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Qingyun Machinery",
                "is_company": True,
                "email": "buyer@example.com",
                "lang": "en_US",
                "street": "1 Renmin Road",
                "city": "Suzhou",
                "vat": "91320500000000000X",
                "settlement_type": "monthly",
                "payment_mode": "transfer",
            }
        )
        cls.goods = cls._create_goods("Sprayer")

    @classmethod
    def _create_rules(cls):
        rules = cls.env["order.risk.rule"].with_context(active_test=False).search([])
        rules.unlink()
        cls.rules = cls.env["order.risk.rule"].create(
            [
                {"name": "Address", "kind": "address"},
                {"name": "Quantity", "kind": "quantity", "limit": 1000},
                {"name": "Price", "kind": "price", "limit": 30},
                {"name": "Identity", "kind": "identity"},
            ]
        )

    @classmethod
    def _create_goods(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _create_order(cls, quantity=2, price=100.0, product=None, **values):
        """Enter an order as the salesperson, complete for a standard order."""
        orders = cls.env["sale.order"].with_user(cls.salesperson)
        line = {
            "product_id": (product or cls.goods).id,
            "product_uom_qty": quantity,
            "price_unit": price,
        }
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.salesperson.id,
                "intake_channel_id": cls.channel.id,
                "commitment_date": fields.Datetime.now() + timedelta(days=20),
                "packing_method": "Wooden case",
                "require_signature": True,
                "require_payment": False,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    @classmethod
    def _tick(cls, order):
        """Confirm the customer's requirement as the clerk."""
        order.with_user(cls.clerk).write(dict.fromkeys(TICKS, True))

    @classmethod
    def _check(cls, order):
        """Confirm the requirement and check everything as the clerk."""
        cls._tick(order)
        order.with_user(cls.clerk).action_intake_check_all()

    @classmethod
    def _sign(cls, order):
        """Sign on the portal, as the controller does."""
        order.sudo().write(
            {
                "signed_by": "Ms Li",
                "signed_on": fields.Datetime.now(),
                "signature": PIXEL,
            }
        )

    @classmethod
    def _create_confirmed(cls, **values):
        order = cls._create_order(**values)
        cls._check(order)
        cls._sign(order)
        order.with_user(cls.salesperson).action_confirm()
        return order

    def _get_codes(self, order):
        """Return what blocks the order, leaving other modules' rules out."""
        codes = {code for code, _text in order._confirm_blockers().get(order.id, [])}
        return codes & {"intake", "risk", "signature", "payment"}

    def _get_messages(self, order):
        return order.message_ids.filtered(
            lambda message: self.customer in message.partner_ids
        )
