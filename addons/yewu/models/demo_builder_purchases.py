import datetime

from odoo import Command, models

from ..demo_builder.purchases import PURCHASES, SUPPLIERS


class DemoBuilder(models.AbstractModel):
    """Purchases and payments: asked for, compared, reviewed, received, paid."""

    _inherit = "yewu.demo.builder"

    def _build_suppliers(self):
        for supplier in SUPPLIERS:
            partner = self.env["res.partner"].create(
                {
                    "name": supplier.name,
                    "ref": supplier.key,
                    "is_company": True,
                    "city": supplier.city,
                    "country_id": self.env.ref("base.cn").id,
                    "lang": "zh_CN",
                    "property_supplier_payment_term_id": self.env.ref(
                        "account.account_payment_term_30days"
                    ).id,
                }
            )
            self.env["res.partner.bank"].create(
                {
                    "partner_id": partner.id,
                    "acc_number": supplier.bank,
                    "allow_out_payment": True,
                }
            )

    def _build_purchases(self):
        for story in PURCHASES:
            with self._at(story.days_ago, 9):
                order = self._ask_suppliers(story)
                getattr(self, f"_buy_{story.until}")(order)
            if story.payment:
                with self._at(max(story.days_ago - 2, 0), 15):
                    self._request_payment(order, story.payment)

    def _ask_suppliers(self, story):
        """The purchaser asks one or more suppliers and says whom he would choose."""
        buyer = self._as("purchaser")
        orders = buyer.env["purchase.order"].create(
            [
                self._prepare_purchase(story, supplier, price)
                for supplier, price in (
                    (story.supplier, story.price),
                    *story.others,
                )
            ]
        )
        if story.others:
            buyer.env["purchase.order.group"].create(
                {"order_ids": [Command.set(orders.ids)]}
            )
        return orders[0]

    def _prepare_purchase(self, story, supplier, price):
        day = self._get_workday(story.days_ago)
        department = self.env["hr.department"].search([("name", "=", "仓储部")])
        return {
            "partner_id": self._partner(supplier).id,
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
            "plan_reason": story.purpose,
            "plan_needed_by": day + datetime.timedelta(days=21),
            "request_department_ids": [Command.set(department.ids)],
            "choice_reason": supplier == story.supplier and story.choice,
            "order_line": [
                Command.create(
                    {
                        "product_id": self._product(story.product).id,
                        "product_qty": story.quantity,
                        "price_unit": price,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _buy_drafted(self, order):
        """The purchaser still writes it."""

    def _buy_submitted(self, order):
        order.review_submit()

    def _buy_headed(self, order):
        """The head agreed; departments and finance check it at the same time."""
        order.review_submit()
        self._approve(order, "purchasing_head", "同意，按交期选择")

    def _buy_received(self, order):
        order.review_submit()
        while order.review_state == "open":
            self._approve_next(order)
        order.button_confirm()
        receipt = order.sudo().picking_ids.with_user(self._person("storekeeper"))
        receipt.button_validate()

    # === PAYMENT === #

    def _request_payment(self, order, until):
        """The accountant enters the vendor's invoice and applies for the payment."""
        accountant = self._as("unit_accountant")
        order.sudo().action_create_invoice()
        bill = order.sudo().invoice_ids.with_env(accountant.env)
        bill.write(
            {
                "invoice_date": self._get_workday(0),
                "ref": f"{order.partner_id.ref}-{order.id:04d}",
            }
        )
        accountant.env["ir.attachment"].create(
            {
                "name": "供应商发票.txt",
                "raw": f"{order.name} 供应商发票扫描件".encode(),
                "res_model": "account.move",
                "res_id": bill.id,
            }
        )
        bill.action_post()
        request = accountant.env["payment.request"].create({"move_id": bill.id})
        request.partner_bank_id = bill.commercial_partner_id.bank_ids[:1]
        request.review_submit()
        getattr(self, f"_pay_{until}")(request)

    def _pay_checked(self, request):
        self._approve(request, "finance", "单据齐全")

    def _pay_approved(self, request):
        self._pay_checked(request)
        while request.review_state == "open":
            self._approve_next(request)

    def _pay_paid(self, request):
        """The cashier pays what was approved."""
        self._pay_approved(request)
        cashier = request.with_user(self._person("cashier"))
        action = cashier.action_pay()
        cashier.env[action["res_model"]].with_context(**action["context"]).create(
            {}
        ).action_create_payments()
