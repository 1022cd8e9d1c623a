from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.base.tests.common import BaseCommon


class PurchaseReviewMixin:
    """A buyer, those who review, a department, goods and two suppliers."""

    @classmethod
    def _set_up_purchase(cls, company):
        cls.company = company
        cls.buyer = cls._create_user("buyer", "purchase.group_purchase_user")
        cls.head = cls._create_user("head", "purchase_review.group_purchase_head")
        cls.checker = cls._create_user(
            "checker", "purchase_review.group_payment_checker"
        )
        cls.department_manager = cls._create_user("department", "base.group_user")
        cls.fallback = cls._create_user("fallback", "purchase.group_purchase_user")
        cls.department = cls._create_department("Workshop", cls.department_manager)
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.goods = cls.env["product.product"].create(
            {
                "name": "Steel frame",
                "type": "consu",
                "is_storable": True,
                "purchase_method": "purchase",
                "standard_price": 100.0,
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
            }
        )
        partners = cls.env["res.partner"].create(
            [{"name": "Northern Steel"}, {"name": "Southern Steel"}]
        )
        cls.vendor, cls.other_vendor = partners
        cls._switch_on()

    @classmethod
    def _create_user(cls, name, groups):
        return new_test_user(
            cls.env,
            f"purchase_review_{name}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_employee(cls, user, **values):
        return (
            cls.env["hr.employee"]
            .sudo()
            .create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    **values,
                }
            )
        )

    @classmethod
    def _create_department(cls, name, manager):
        manager = manager and cls._create_employee(manager)
        return (
            cls.env["hr.department"]
            .sudo()
            .create(
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "manager_id": manager and manager.id,
                }
            )
        )

    @classmethod
    def _switch_on(cls):
        """Switch both reviews on, each with a fresh flow."""
        company = cls.company.sudo()
        company.purchase_review_fallback_id = cls.fallback
        for model, name in (
            ("purchase.order", "purchase_order"),
            ("payment.request", "payment_request"),
        ):
            company._switch_purchase_flow(model, False)
            shipped = cls.env.ref(f"purchase_review.review_flow_{name}").sudo()
            shipped._copy_to_company(company, cls.fallback)
            company._switch_purchase_flow(model, True)
        cls.flow = cls.env["review.flow"]._get_flow("purchase.order", cls.company)

    @classmethod
    def _create_order(cls, price=100.0, quantity=5, **values):
        """Create a request for quotation as the buyer, complete for submission."""
        return (
            cls.env["purchase.order"]
            .with_user(cls.buyer)
            .create(
                {
                    "partner_id": cls.vendor.id,
                    "company_id": cls.company.id,
                    "payment_term_id": cls.term.id,
                    "plan_reason": "Frames for the autumn campaign",
                    "plan_needed_by": fields.Date.add(fields.Date.today(), days=30),
                    "request_department_ids": [Command.set(cls.department.ids)],
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.goods.id,
                                "product_qty": quantity,
                                "price_unit": price,
                                "date_planned": fields.Datetime.add(
                                    fields.Datetime.now(), days=30
                                ),
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _create_approved_order(cls, **values):
        order = cls._create_order(**values)
        order.review_submit()
        for user in (cls.head, cls.department_manager, cls.checker):
            cls._approve(order, user)
        return order

    @classmethod
    def _create_confirmed_order(cls, **values):
        order = cls._create_approved_order(**values)
        order.button_confirm()
        return order

    @classmethod
    def _approve(cls, document, user):
        revision = document.sudo().review_revision
        return document.with_user(user).review_approve(revision)

    def _link_alternatives(self, *orders):
        self.env["purchase.order.group"].sudo().create(
            {"order_ids": [Command.set([order.id for order in orders])]}
        )


class PurchaseReviewCommon(PurchaseReviewMixin, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchase(cls.env.company)


class PaymentRequestCommon(PurchaseReviewMixin, AccountTestInvoicingCommon):
    """A received order, its bill with the vendor's invoice, and who pays it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchase(cls.company_data["company"])
        cls.accountant = cls._create_user("accountant", "account.group_account_invoice")
        cls.manager = cls._create_user(
            "manager", "purchase_review.group_payment_manager"
        )
        cls.cashier = cls._create_user(
            "cashier", "purchase_review.group_payment_cashier"
        )
        cls.chief = cls._create_user("chief", "base.group_user")
        cls._create_employee(
            cls.accountant, parent_id=cls._create_employee(cls.chief).id
        )
        cls.bank = cls.company_data["default_journal_bank"]
        cls.account = cls.env["res.partner.bank"].create(
            {
                "acc_number": "6222020200112233",
                "partner_id": cls.vendor.id,
                "allow_out_payment": True,
            }
        )

    @classmethod
    def _receive(cls, order, quantity=None):
        """Receive what was ordered, or part of it."""
        picking = order.sudo().picking_ids.filtered(
            lambda picking: picking.state not in {"done", "cancel"}
        )
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        picking.with_context(skip_backorder=True)._action_done()

    @classmethod
    def _create_bill(cls, order=None, received=True, **values):
        """Create a posted bill with number, date and file, of an order by default."""
        order = order or cls._create_confirmed_order()
        if received:
            cls._receive(order)
        order = order.sudo()
        action = order.action_create_invoice()
        bill = cls.env["account.move"].browse(action["res_id"])
        return cls._complete_bill(bill, **values)

    @classmethod
    def _create_plain_bill(cls, amount=500.0, **values):
        """Create a posted bill that no order covers."""
        bill = cls.init_invoice(
            "in_invoice",
            partner=cls.vendor,
            amounts=[amount],
            taxes=[],
            company=cls.company,
        )
        bill.invoice_line_ids.tax_ids = [Command.clear()]
        return cls._complete_bill(bill, **values)

    @classmethod
    def _complete_bill(cls, bill, file=True, **values):
        bill.write(
            {
                "invoice_date": "2026-03-02",
                "ref": f"0440{bill.id}",
                "partner_bank_id": cls.account.id,
                **values,
            }
        )
        bill.action_post()
        if file:
            cls.env["ir.attachment"].create(
                {
                    "name": "invoice.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "account.move",
                    "res_id": bill.id,
                }
            )
        return bill

    @classmethod
    def _create_request(cls, bill=None, **values):
        """Create a payment request as the accountant."""
        bill = bill or cls._create_bill()
        return (
            cls.env["payment.request"]
            .with_user(cls.accountant)
            .create({"move_id": bill.id, **values})
        )

    @classmethod
    def _create_approved_request(cls, bill=None, **values):
        request = cls._create_request(bill, **values)
        request.review_submit()
        for user in (cls.checker, cls.manager):
            cls._approve(request, user)
        return request

    def _pay(self, request, amount=None, user=None):
        """Pay as the cashier does: by the dialog that the request opens."""
        request = request.with_user(user or self.cashier)
        action = request.action_pay()
        wizard = self.env["account.payment.register"].with_user(user or self.cashier)
        wizard = wizard.with_context(**action["context"]).create({})
        if amount:
            wizard.amount = amount
        return wizard._create_payments()

    def _prepare_payment(self, **values):
        return {
            "payment_type": "outbound",
            "partner_type": "supplier",
            "partner_id": self.vendor.id,
            "journal_id": self.bank.id,
            "amount": 100.0,
            **values,
        }
