from odoo import models
from odoo.tools import format_date

RULE_CODE = "credit_limit"


class SaleOrder(models.Model):
    """The credit of the customer in the review of the order."""

    _inherit = "sale.order"

    # === RULE === #

    def _review_check_credit_limit(self):
        """Return ``{order id: message}`` for orders that a person has to let pass."""
        messages = {}
        controlled = self.filtered("company_id.credit_control")
        # sudo: the rule looks at the figures in the name of the company
        for company, orders in controlled.sudo().grouped("company_id").items():
            customers = orders.partner_invoice_id
            figures = self.env["credit.account"]._get_figures(customers, company)
            for order in orders:
                message = order._get_credit_exception(
                    figures[order.partner_invoice_id.id]
                )
                if message:
                    messages[order.id] = message
        return messages

    def _get_credit_exception(self, figures):
        """Return in words what exceeds the credit of the customer, or ''."""
        self.ensure_one()
        money = self.company_id.currency_id.format
        added = 0.0 if self.state == "sale" else self._get_credit_amounts()[0]
        codes = {
            code for code, _message in self._judge_credit(figures, 0.0, added, None)
        }
        texts = []
        if "credit" in codes:
            excess = figures["exposure"] + added - figures["limit"]
            texts.append(
                self.env._(
                    "Over the credit limit of %(limit)s by %(excess)s",
                    limit=money(figures["limit"]),
                    excess=money(excess),
                )
            )
        if "overdue" in codes:
            texts.append(
                self.env._(
                    "%(amount)s overdue, the oldest for %(days)s days",
                    amount=money(figures["overdue"]),
                    days=int(figures["max_overdue_days"]),
                )
            )
        return " · ".join(texts)

    # === SUBMISSION === #

    def _review_submit_blockers(self):
        """The accountant certifies the credit data before an order is submitted."""
        blockers = super()._review_submit_blockers()
        controlled = self.filtered("company_id.credit_control")
        # sudo: the salesperson need not read the credit accounts
        accounts = self.env["credit.account"].sudo()
        accounts = accounts.search(
            [
                ("company_id", "in", controlled.company_id.ids),
                ("partner_id", "in", controlled._get_credit_customers().ids),
            ]
        )._is_certified()
        certified = {(a.company_id.id, a.partner_id.id) for a in accounts}
        for order in controlled:
            customer = order._get_credit_partner()
            if (order.company_id.id, customer.id) not in certified:
                blockers.setdefault(order.id, []).append(
                    self.env._(
                        "%(order)s: the credit data of %(customer)s are not certified. "
                        "Ask the unit accountant for the certification.",
                        order=order.name,
                        customer=customer.name,
                    )
                )
        return blockers

    def _get_credit_customers(self):
        """Return whose credit the orders use."""
        return self.partner_invoice_id.commercial_partner_id

    def _review_snapshot(self):
        """Freeze the credit figures as they are at submission."""
        snapshot = super()._review_snapshot()
        company = self.company_id
        if not company.credit_control:
            return snapshot
        customer = self._get_credit_partner()
        accounts = self.env["credit.account"]
        figures = accounts._get_figures(customer, company)[customer.id]
        # sudo: the salesperson need not read the credit account
        account = accounts.sudo()._ensure(customer, company).sudo()
        money = company.currency_id.format
        added = self._get_credit_amounts()[0]
        snapshot.update(
            {
                self.env._("Credit Limit"): money(figures["limit"]),
                self.env._("Receivable"): money(figures["receivable"]),
                self.env._("Overdue"): money(figures["overdue"]),
                self.env._("Exposure with This Order"): money(
                    figures["exposure"] + added
                ),
                self.env._("Credit Certified"): " ".join(
                    [
                        account.certified_by.name or "",
                        format_date(self.env, account.certified_at),
                    ]
                ),
            }
        )
        return snapshot

    def _get_application_signatures(self):
        """Put the accountant's certification, as submitted, after the salesperson."""
        rows = super()._get_application_signatures()
        certified = self._review_get_snapshot().get(self.env._("Credit Certified"))
        if certified:
            role = self.env._("Accountant")
            rows.insert(1, {"role": role, "name": certified, "date": ""})
        return rows

    # === DECISION === #

    def _review_after_step(self, tasks):
        """Approving the step that the limit asked for lets the order pass it."""
        result = super()._review_after_step(tasks)
        request = tasks.request_id
        found = {reason["code"] for reason in request.exceptions or []}
        # sudo: the reviewer need not read the configuration of the flow
        if RULE_CODE in found and RULE_CODE in tasks.step_id.sudo().rule_ids.mapped(
            "code"
        ):
            # Whoever was asked for an opinion does not answer for the credit.
            own = tasks.filtered(lambda task: not task.added_by_id) or tasks
            approver = own.sorted("id")[-1:].done_by
            reasons = [reason for reason in tasks.mapped("reason") if reason]
            self.with_user(approver)._credit_release(
                " · ".join(reasons) or self.env._("Approved in the order review"),
                source="review",
            )
        return result

    # === CERTIFICATION === #

    def _get_credit_certifier(self, account):
        """Ask the accountant of the business unit that sells."""
        # sudo: teams and accounts are not readable for every salesperson
        return (
            account.sudo().owner_id
            or self.sudo().team_id.accountant_id
            or super()._get_credit_certifier(account)
        )
