from odoo import Command

from odoo.addons.account_credit_limit.tests.common import CreditCommon


class SaleCreditCommon(CreditCommon):
    """Orders of a salesperson for a customer with a limit of 1000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = cls._create_user(
            "credit_salesperson", "sales_team.group_sale_salesman"
        )
        cls.colleague = cls._create_user(
            "credit_colleague", "sales_team.group_sale_salesman_all_leads"
        )
        cls.manager = cls._create_user(
            "credit_manager", "sales_team.group_sale_manager"
        )
        cls.releaser = cls._create_user(
            "credit_releaser",
            "account_credit_limit.group_credit_approver,"
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.service = cls._create_goods("Painting")

    @classmethod
    def _create_goods(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "invoice_policy": "order",
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _create_order(cls, amount, customer=None, product=None, user=None, **values):
        """Create a quotation over ``amount``, taxes none."""
        user = user or cls.salesperson
        return (
            cls.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": (customer or cls.customer).id,
                    "user_id": user.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": (product or cls.service).id,
                                "product_uom_qty": 1,
                                "price_unit": amount,
                                "technical_price_unit": 0.0,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _create_confirmed(cls, amount, **values):
        order = cls._create_order(amount, **values)
        order.action_confirm()
        assert order.state == "sale", order.confirm_hold_reason
        return order

    @classmethod
    def _invoice(cls, order, post=True, **values):
        """Invoice ``order`` the way the wizard does."""
        wizard = (
            cls.env["sale.advance.payment.inv"]
            .sudo()
            .create(
                {
                    "sale_order_ids": [Command.set(order.ids)],
                    "advance_payment_method": "delivered",
                    **values,
                }
            )
        )
        known = order.sudo().invoice_ids
        wizard.sudo().create_invoices()
        invoice = order.sudo().invoice_ids - known
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _refund(cls, invoice, modify=False, post=True):
        wizard = (
            cls.env["account.move.reversal"]
            .sudo()
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "reason": "Returned"})
        )
        (wizard.modify_moves if modify else wizard.refund_moves)()
        refund = invoice.reversal_move_ids.sorted("id")[-1]
        if post and refund.state == "draft":
            refund.action_post()
        return refund

    def _assert_held(self, order, code="credit"):
        self.assertEqual(order.state, "draft")
        self.assertIn(code, (order.confirm_hold_codes or "").split(","))

    def _assert_confirmed(self, *orders):
        for order in orders:
            self.assertEqual(order.state, "sale", order.confirm_hold_reason)
