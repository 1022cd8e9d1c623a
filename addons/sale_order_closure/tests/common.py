from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user

#: Switches of our other modules, for companies that have them.
OTHERS = (
    "credit_control",
    "delivery_release",
    "order_intake",
    "order_review",
    "require_confirmed_prepayment",
)


class ClosureCommon(TransactionCase):
    """A company that closes its orders by review, with five sprayers sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(lang="en_US").env
        cls.company = cls.env.company
        cls.company.write(
            {name: False for name in OTHERS if name in cls.company._fields}
        )
        cls.env["review.flow"].search([]).active = False
        cls.seller = cls._create_user("close_seller", "sales_team.group_sale_salesman")
        cls.approver = cls._create_user(
            "close_approver", "sale_order_closure.group_closure_approver"
        )
        cls.finance = cls._create_user(
            "close_finance", "sale_order_closure.group_closure_finance"
        )
        cls.keeper = cls._create_user("close_keeper", "stock.group_stock_user")
        cls.company.order_closure_accountant_id = cls.finance
        cls.company.order_closure = True
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        warehouse.delivery_steps = "ship_only"
        cls.stock = warehouse.lot_stock_id
        cls.customer = cls.env["res.partner"].create({"name": "Qingyun Machinery"})
        cls.sprayer = cls._create_goods("Sprayer", 50)

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(
            cls.env, login, groups=groups, company_id=cls.company.id, lang="en_US"
        )

    @classmethod
    def _create_goods(cls, name, quantity=0):
        goods = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
            }
        )
        cls.env["stock.quant"]._update_available_quantity(goods, cls.stock, quantity)
        return goods

    @classmethod
    def _create_order(cls, *quantities, **values):
        order = (
            cls.env["sale.order"]
            .with_user(cls.seller)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "user_id": cls.seller.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.sprayer.id,
                                "product_uom_qty": quantity,
                                "price_unit": 100.0,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for quantity in quantities or (5,)
                    ],
                    **values,
                }
            )
        )
        order.action_confirm()
        assert order.state == "sale", order.confirm_hold_reason
        return order

    def _ship(self, order, quantity):
        picking = order.sudo().picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        picking = picking.with_user(self.keeper)
        picking.action_assign()
        picking.move_ids[0].write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.env.invalidate_all()
        return picking

    @classmethod
    def _invoice(cls, order, post=True):
        invoice = order.sudo()._create_invoices()
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _create_closure(cls, order, kind="short_close", **values):
        return (
            cls.env["sale.order.closure"]
            .with_user(cls.seller)
            .create(
                {
                    "order_id": order.id,
                    "kind": kind,
                    "asked_by": "company",
                    "reason": "The model is discontinued",
                    **values,
                }
            )
        )

    def _approve(self, closure, *people):
        """Submit as the seller and approve as each of the people."""
        self._call(closure, "review_submit", user=self.seller)
        for user in people or (self.approver,):
            revision = closure.sudo().review_revision
            self._call(closure, "review_approve", revision, user=user)
        self.env.invalidate_all()
        return closure

    def _close(self, order, kind="short_close", people=(), **values):
        return self._approve(self._create_closure(order, kind, **values), *people)

    @contextmanager
    def assertRefused(self, regex, error=UserError):  # noqa: N802
        """Expect a refusal in words, and undo what was tried."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(error, regex), self.cr.savepoint():
            yield

    def _call(self, records, method, *args, user=None):
        """Call a method as a remote client does, without help from the test."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env[records._name].with_user(user or self.seller).with_context({})
        return call_kw(model, method, [records.ids, *args], {})
