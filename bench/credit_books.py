"""One document of each kind, made by the ORM: what credit_data.py copies."""

import json

from odoo import Command

#: In what OCA counts, all four kinds of exposure.
RISK = (
    "risk_invoice_draft",
    "risk_invoice_open",
    "risk_invoice_unpaid",
    "risk_sale_order",
)


class Books:
    """The documents of the first customer, which is the template of all others."""

    def __init__(self, env):
        self.env = env
        company = env.company
        company.account_use_credit_limit = True
        if "credit_control" in company._fields:
            company.credit_control = True
        partners = env["res.partner"].with_context(active_test=False)
        self.customer = partners.search([("ref", "=", "BENCH")], limit=1)
        self.is_new = not self.customer
        if self.is_new:
            self.customer = self._create_customer()
        self.contact = self.customer.child_ids[:1]
        self.product = env["product.product"].search([("default_code", "=", "BENCH")])
        self.product = self.product or self._create_product()

    def _create_customer(self):
        partners = self.env["res.partner"]
        known = {name: True for name in RISK if name in partners._fields}
        customer = partners.create(
            {
                "name": "Bench",
                "ref": "BENCH",
                "is_company": True,
                "customer_rank": 1,
                "credit_limit": 1e9,
                "child_ids": [Command.create({"name": "Contact", "customer_rank": 1})],
                **known,
            }
        )
        self.env.flush_all()
        return customer

    def _create_product(self):
        return self.env["product.product"].create(
            {
                "name": "Bench",
                "default_code": "BENCH",
                "type": "service",
                "invoice_policy": "order",
            }
        )

    # === DOCUMENTS === #

    def get_documents(self):
        """Return the documents that are copied; the first call makes them."""
        settings = self.env["ir.config_parameter"]
        if known := settings.get_param("bench.documents"):
            return {
                kind: self.env[model].browse(res_id)
                for kind, (model, res_id) in json.loads(known).items()
            }
        documents = {
            "invoice": self.create_invoice(),
            "receipt": self.create_receipt(),
            "draft": self.create_invoice(post=False),
            "payment": self.create_payment(),
            "open_order": self.create_confirmed_order(invoiced=False),
            "closed_order": self.create_confirmed_order(invoiced=True),
        }
        ids = {kind: (record._name, record.id) for kind, record in documents.items()}
        settings.set_param("bench.documents", json.dumps(ids))
        return documents

    def create_invoice(self, post=True):
        """Return a customer invoice with one line."""
        line = Command.create({"name": "Goods", "price_unit": 1000, "tax_ids": False})
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-01-01",
                "invoice_line_ids": [line],
            }
        )
        if post:
            invoice.action_post()
        return invoice

    def create_receipt(self):
        """Return an entry by which the customer paid."""
        accounts = self.env["account.account"]
        receivable = self.customer.property_account_receivable_id
        cash = accounts.search([("account_type", "=", "asset_cash")], limit=1)
        lines = [
            {"account_id": cash.id, "debit": 1000, "partner_id": self.customer.id},
            {
                "account_id": receivable.id,
                "credit": 1000,
                "partner_id": self.customer.id,
            },
        ]
        journal = self.env["account.journal"].search(
            [("type", "=", "general")], limit=1
        )
        receipt = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": "2026-01-01",
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        receipt.action_post()
        return receipt

    def create_payment(self):
        """Return a payment that was registered and has not arrived."""
        bank = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        outstanding = self.env["account.account"].search(
            [("code", "=like", "BENCH%")]
        ) or self.env["account.account"].create(
            {
                "name": "Outstanding Receipts",
                "code": "BENCH1",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        bank.inbound_payment_method_line_ids.payment_account_id = outstanding
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "journal_id": bank.id,
                "amount": 1000,
            }
        )
        payment.action_post()
        return payment

    def create_order(self, partner=None):
        """Return a quotation with three lines."""
        line = Command.create(
            {"product_id": self.product.id, "price_unit": 100, "tax_ids": False}
        )
        partner = partner or self.customer
        return self.env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [line] * 3}
        )

    def create_confirmed_order(self, invoiced):
        """Return a confirmed order, with its invoice if it has one."""
        order = self.create_order()
        order.action_confirm()
        if order.state != "sale":
            raise RuntimeError("The order of the benchmark was held")
        if invoiced:
            order._create_invoices().action_post()
        return order


def prepare_order(order):
    """Read what the confirmation of an order reads before it checks the credit."""
    order.order_line.mapped("price_total")
    order.order_line.mapped("invoice_lines.balance")
    order.partner_invoice_id.commercial_partner_id.mapped("name")
    order.company_id.currency_id.mapped("rounding")
    order.company_id.resource_calendar_id.mapped("tz")
