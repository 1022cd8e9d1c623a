import datetime

from odoo import Command, fields, models

from ..demo_builder.catalogue import CUSTOMERS
from ..demo_builder.orders import ORDERS
from ..demo_builder.people import SIGNERS


class DemoBuilder(models.AbstractModel):
    _inherit = "yewu.demo.builder"

    # === RECEIVABLES AND CREDIT DATA === #

    def _build_receivables(self):
        """Post the invoices of earlier business, then certify the credit data."""
        for customer in CUSTOMERS:
            partner = self._partner(customer.key)
            for days, amount in customer.receivables:
                self._post_invoice(partner, days, amount)
            self._certify(partner, customer)

    def _certify(self, partner, customer):
        """The unit accountant enters the limit and certifies it, if ever."""
        with self._at(customer.certified_days or 0, 9, 30):
            accountant = self._as("unit_accountant")
            accounts = accountant.env["credit.account"]
            account = accounts._ensure(partner, accountant.env.company)
            account = account.with_env(accountant.env)
            cash_only = customer.settlement == "cash_on_delivery"
            account.write(
                {
                    "limit_permanent": customer.limit,
                    "policy": "cash_only" if cash_only else "limit",
                }
            )
            if customer.certified_days is not None:
                account.action_certify()

    def _post_invoice(self, partner, days, amount):
        date = fields.Date.today() - datetime.timedelta(days=days)
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": date,
                "invoice_date_due": date + datetime.timedelta(days=30),
                "invoice_user_id": partner.user_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self._product("AD-18x6").id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        ).action_post()

    def _build_payments(self):
        """Finance registers money that the cashier has not seen arrive yet."""
        with self._at(1, 16):
            finance = self._as("finance")
            invoice = finance.env["account.move"].search(
                [
                    ("partner_id", "=", self._partner("fengshou").id),
                    ("move_type", "=", "out_invoice"),
                ],
                limit=1,
            )
            finance.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({"amount": 14000.0}).action_create_payments()

    # === ORDERS === #

    def _build_orders(self):
        for story in ORDERS:
            with self._at(story.days_ago, story.hour):
                order = self._take_order(story)
                self._take_over_desk(order, story.desk)
                getattr(self, f"_tell_{story.until}")(order, story)

    def _take_order(self, story):
        builder = self._as(story.seller)
        return builder.env["sale.order"].create(
            {
                "partner_id": self._partner(story.customer).id,
                "user_id": builder.env.uid,
                "intake_channel_id": self._channel(story.channel).id,
                "payment_mode": story.payment_mode,
                "commitment_date": self._get_due(20),
                "packing_method": "原厂包装",
                "order_line": [self._prepare_line(*line) for line in story.lines],
            }
        )

    def _prepare_line(self, code, quantity, price=None):
        values = {"product_id": self._product(code).id, "product_uom_qty": quantity}
        if price is not None:
            values["price_unit"] = price
        return Command.create(values)

    def _tell_drafted(self, order, story):
        """The order waits for its salesperson."""

    def _tell_sent(self, order, story):
        """The customer signs on the portal: login ``customer``."""
        order.require_signature = True
        order.action_quotation_sent()

    def _tell_submitted(self, order, story):
        order.review_submit()

    def _tell_supervisor(self, order, story):
        order.review_submit()
        self._approve(order, "unit_supervisor", "老客户，节后回款")

    def _tell_approved(self, order, story):
        order.review_submit()
        while order.review_state == "open":
            self._approve_next(order)
        self._confirm_approved()

    def _confirm_approved(self):
        """Do what the scheduled action does a minute later."""
        orders = self.env["sale.order"].search(
            [("confirm_requested", "=", True), ("state", "in", ("draft", "sent"))]
        )
        orders._confirm_retry()

    _tell_confirmed = _tell_approved
    _tell_held = _tell_approved

    def _tell_queued(self, order, story):
        """Approved in the same minute as the next one: each fits alone."""
        order.review_submit()
        while order.review_state == "open":
            self._approve_next(order)

    def _tell_rejected(self, order, story):
        order.review_submit()
        order.with_user(self._person("unit_supervisor")).review_reject(
            order.review_revision, story.reason
        )

    def _tell_recalled(self, order, story):
        order.review_submit()
        order.review_recall(order.review_revision, story.reason)

    def _approve(self, order, login, reason=None):
        order.with_user(self._person(login)).review_approve(
            order.review_revision, reason
        )

    def _approve_next(self, order):
        """Whoever is asked approves; of a group the one whose daily work it is."""
        task = order.sudo().review_request_id.task_ids.filtered(
            lambda task: task.state == "todo"
        )[:1]
        users = task._get_reviewers()
        usual = users.filtered(lambda user: user.login in SIGNERS)
        self._approve(order, (usual or users)[:1].login)
