"""Sends the sample's orders through review, credit and receivables, day by day.

Every step is taken by somebody of the role that takes it, through public methods and
wizards. ``Replay.run`` returns the same rows as ``oracle.Oracle.judge``, read from the
records.
"""

import datetime
from decimal import Decimal

from . import story
from .company import Company
from .oracle import Verdict

MORNING = datetime.time(1)  # UTC: nine o'clock in Shanghai
#: No change log in the chatter: nobody reads it here, and it takes a third of the time.
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "tz": "Asia/Shanghai"}
SETTLED = ("approved", "rejected")


class Replay:
    def __init__(self, env, folder, clock):
        """:param clock: called with each new moment; it freezes the time"""
        env = env(context={**env.context, **QUIET})
        self.env = env
        self.clock = clock
        self.now = None
        self.company = Company(env, folder)
        self.account_by_code = {}
        self.verdicts = {}

    def run(self, orders):
        """Replay the orders; they are loaded already."""
        codes = sorted({order.customer for order in orders})
        self._pass_to(story.CONTRACT_START)
        self.company.prepare(codes)
        accounts = self.env["credit.account"]
        for code in codes:
            partner = self.company.get_customer(code)
            self.account_by_code[code] = accounts._ensure(partner, self.env.company)
        loaded = [self.company.ref(f"order_{order.code}") for order in orders]
        self.env["sale.order"].union(*loaded).team_id = self.company.team
        story.play(orders, self)
        return self.verdicts

    # === STAGES === #

    def ordered(self, day, order):
        """The accountant certifies, the salesperson submits."""
        self._pass_to(day)
        record, account = self._get_order(order), self.account_by_code[order.customer]
        self._certify(account)
        figures = self._get_figures(account)
        record = record.with_user(record.user_id)
        record.order_channel = "telephone"
        record.review_submit()
        self.verdicts[order.code] = self._read(day, order, record.sudo(), figures)
        return []

    def decided(self, day, order):
        """The reviewers decide; what they approve is confirmed or held by itself."""
        self._pass_to(day)
        record, verdict = self._get_order(order), self.verdicts[order.code]
        self._decide(record, self._get_figures(self.account_by_code[order.customer]))
        tasks = record.review_request_id.task_ids
        verdict.steps = len(tasks.filtered(lambda task: task.state in SETTLED))
        verdict.decision = record.review_state
        confirmed = self._confirm_waiting(day, order)
        verdict.hold_codes = record.confirm_hold_codes or ""
        return confirmed

    def invoiced(self, day, order):
        self._pass_to(day)
        record = self._get_order(order)
        wizard = self._as_finance("sale.advance.payment.inv").create(
            {"sale_order_ids": record.ids, "advance_payment_method": "delivered"}
        )
        wizard.create_invoices()
        invoice = record.invoice_ids.with_user(self.company.users["finance"])
        invoice.invoice_date = day
        invoice.action_post()
        return []

    def paid(self, day, order):
        self._pass_to(day)
        invoice = self._get_order(order).invoice_ids
        wizard = self._as_finance("account.payment.register")
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({"payment_date": day}).action_create_payments()
        return []

    def received(self, day, order):
        """The cashier sees the money; the held orders get their turn."""
        self._pass_to(day)
        invoice = self._get_order(order).invoice_ids
        payment = invoice.matched_payment_ids
        wizard = self.company.act_as("cashier", self.env["receipt.confirm"])
        wizard.create({"payment_id": payment.id}).action_confirm()
        return self._confirm_waiting(day, order)

    # === STEPS === #

    def _pass_to(self, day):
        """Begin the day; from a certain one on, some customers are on hold."""
        moment = datetime.datetime.combine(day, MORNING)
        self.now = max(self.now or moment, moment)
        self.clock(self.now)
        if day < story.HOLD_FROM:
            return
        for code, account in self.account_by_code.items():
            if self.company.customers[code].is_held_later and not account.hold:
                self.company.act_as("accountant", account).write(
                    {"hold": True, "hold_reason": "Insolvency announced"}
                )

    def _certify(self, account):
        if account.certification_state != "valid":
            self.company.act_as("accountant", account).action_certify()
            account.invalidate_recordset()

    def _decide(self, record, figures):
        """Let each reviewer whose turn it is decide, by the rule of the story."""
        limit = Decimal(str(figures["limit"]))
        needed = Decimal(str(figures["exposure"])) + Decimal(str(record.amount_total))
        is_too_much = (
            figures["policy"] == "limit" and needed > limit * story.REJECTED_ABOVE
        )
        while record.review_state == "open":
            task = record.review_request_id.task_ids.filtered(
                lambda task: task.state == "todo"
            )
            document = record.with_user(task.user_id)
            if is_too_much and task.user_id == self.company.users["higher_authority"]:
                document.review_reject(record.review_revision, "Far over the limit")
            else:
                document.review_approve(record.review_revision)
            record.invalidate_recordset()

    def _confirm_waiting(self, day, order):
        """Do what the cron does with the approved orders of a customer."""
        partner = self.company.get_customer(order.customer)
        waiting = self.env["sale.order"].search(
            [("confirm_requested", "=", True), ("partner_id", "=", partner.id)],
            order="confirm_held_on, id",
        )
        for group in waiting._confirm_retry_groups():
            group._confirm_retry()
        confirmed = waiting.filtered(lambda record: record.state == "sale")
        codes = [record.name.removeprefix("NW") for record in confirmed]
        for code in codes:
            self.verdicts[code].confirmed_on = str(day)
        return codes

    def _get_figures(self, account):
        figures = account._get_figures(account.partner_id, self.env.company)
        return figures[account.partner_id.id]

    def _get_order(self, order):
        return self.company.ref(f"order_{order.code}")

    def _as_finance(self, model):
        return self.env[model].with_user(self.company.users["finance"])

    # === READING === #

    def _read(self, day, order, record, figures):
        """Return what the records say about the review of an order."""
        request = record.review_request_id
        codes = [reason["code"] for reason in request.exceptions or []]
        is_limited = figures["policy"] == "limit"
        return Verdict(
            order=order.code,
            date=str(day),
            customer=order.customer,
            total=Decimal(f"{record.amount_total:.2f}"),
            exposure_before=Decimal(f"{figures['exposure']:.2f}"),
            limit=f"{figures['limit']:.0f}" if is_limited else "",
            price=int("price_authority" in codes),
            credit=int("credit_limit" in codes),
            contract=int("no_contract" in codes),
            steps=0,
            decision="",
            hold_codes="",
            confirmed_on="",
        )
