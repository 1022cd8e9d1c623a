from contextlib import contextmanager
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Fields of an order that change what it uses of whose limit.
CREDIT_ORDER_FIELDS = frozenset(
    (
        "order_line",
        "partner_id",
        "partner_invoice_id",
        "company_id",
        "currency_id",
        "currency_rate",
        "pricelist_id",
        "fiscal_position_id",
        "date_order",
        "amount_total",
        "state",
    )
)


class CreditUse(NamedTuple):
    """What a confirmed order uses, and of whose limit."""

    company: models.Model
    partner: models.Model
    amount: float


class SaleOrder(models.Model):
    """The credit check: at the way into ``sale`` and at every change after it."""

    _inherit = "sale.order"

    # === CONFIRMATION === #

    def _confirm_blockers(self):
        """Add what the credit of the customers does not allow."""
        blockers = super()._confirm_blockers()
        controlled = self.filtered("company_id.credit_control")
        by_company = controlled.grouped("company_id")
        for company in controlled.company_id.sorted("id"):
            orders = by_company[company].with_company(company)
            for order_id, problems in orders._check_credit(blockers).items():
                blockers.setdefault(order_id, []).extend(problems)
        return blockers

    def _check_credit(self, blockers):
        """Judge orders of one company, each on its own, in their order.

        The accounts are bumped before the exposure is read.  What the accepted orders
        of this call use is counted against the following ones.

        :param dict blockers: what is known to block the orders anyway
        :return: ``{order id: [(code, message)]}``
        """
        figures, ceilings = self._read_credit()
        taken, found = {}, {}
        for order in self:
            customer = order._get_credit_partner().id
            added = 0.0 if order.state == "sale" else order._get_credit_amounts()[0]
            before = taken.get(customer, 0.0)
            problems = order._judge_credit(
                figures[customer], before, added, ceilings.get(order.id)
            )
            if problems:
                found[order.id] = problems
            elif not blockers.get(order.id):
                taken[customer] = before + added
        return found

    def _read_credit(self):
        """Take the turn, then return the figures and the ceilings of the orders."""
        company = self.company_id
        accounts = self.env["credit.account"]
        customers = self.partner_invoice_id.commercial_partner_id
        accounts._bump(customers, company)
        return accounts._get_figures(customers, company), self._get_credit_ceilings()

    def _get_credit_ceilings(self, at=None):
        """Return ``{order id: highest ceiling}`` of the decisions that still hold.

        :param datetime at: naive UTC, now when left out
        """
        self.env["credit.decision"].flush_model(
            ["order_id", "partner_id", "company_id", "ceiling", "expires_at"]
        )
        query = SQL(
            """
            SELECT order_id, partner_id, company_id, MAX(ceiling)
              FROM credit_decision WHERE order_id = ANY(%s) AND expires_at >= %s
             GROUP BY order_id, partner_id, company_id
            """,
            self.ids,
            at or fields.Datetime.now(),
        )
        ceilings = {tuple(key): top for *key, top in self.env.execute_query(query)}
        found = {}
        for order in self:
            # A decision on one customer says nothing about another.
            key = (order.id, order._get_credit_partner().id, order.company_id.id)
            if key in ceilings:
                found[order.id] = ceilings[key]
        return found

    def _confirm_is_checked(self):
        """The check relies on the totals of the order."""
        return super()._confirm_is_checked() or self.company_id.credit_control

    def _judge_credit(self, figures, taken, added, ceiling):
        """Return ``[(code, message)]`` of what the credit does not allow.

        :param float taken: used by other orders of the same call
        :param float added: what this order adds to the exposure
        :param ceiling: of the decision that released the order, or None
        """
        self.ensure_one()
        problems = []
        if figures["hold"]:
            problems.append(("credit_hold", self._get_hold_message()))
        if figures["policy"] == "no_control":
            return problems
        if figures["policy"] == "cash_only" and not self._is_cash_deal():
            problems.append(("cash_only", self._get_cash_message()))
        allowed = figures["max_overdue_allowed"]
        if allowed and figures["max_overdue_days"] > allowed and ceiling is None:
            problems.append(("overdue", self._get_overdue_message(figures)))
        accounts = self.env["credit.account"]
        total = {**figures, "exposure": figures["exposure"] + taken + added}
        adds = added > 0 or self.state == "sale"
        if adds and accounts._is_over(total, self.company_id, ceiling or 0.0):
            problems.append(("credit", self._get_credit_message(total)))
        return problems

    def _is_cash_deal(self):
        """Return whether the customer pays this order before or at the delivery."""
        return self.settlement_type in ("prepayment", "cash_on_delivery")

    # === MESSAGES === #

    def _get_hold_message(self):
        return self.env._(
            "The credit of %(customer)s is on hold. Ask the unit accountant.",
            customer=self._get_credit_partner().name,
        )

    def _get_cash_message(self):
        return self.env._(
            "%(customer)s buys for cash only. Settle the order by prepayment or cash "
            "on delivery.",
            customer=self._get_credit_partner().name,
        )

    def _get_overdue_message(self, figures):
        return self.env._(
            "%(customer)s owes %(amount)s that is overdue, the oldest item for "
            "%(days)s days. Collect it, or have the order released.",
            customer=self._get_credit_partner().name,
            amount=self.company_id.currency_id.format(figures["overdue"]),
            days=int(figures["max_overdue_days"]),
        )

    def _get_credit_message(self, figures):
        money = self.company_id.currency_id.format
        return self.env._(
            "With this order %(customer)s uses %(exposure)s of the credit limit of "
            "%(limit)s: %(excess)s too much. Wait for a payment, or have the order "
            "released.",
            customer=self._get_credit_partner().name,
            exposure=money(figures["exposure"]),
            limit=money(figures["limit"]),
            excess=money(figures["exposure"] - figures["limit"]),
        )

    # === AMENDMENTS === #

    @contextmanager
    def _follow_credit_amendment(self, vals=None):
        """Check confirmed orders that use more credit after the block than before.

        Changes inside a change are judged together at the end of the outermost one,
        so that exchanging two lines is no excess in between.

        :param vals: of a write on the orders; None when their lines change
        """
        if vals is not None and not CREDIT_ORDER_FIELDS & vals.keys():
            yield
            return
        pending = self.env.cr.cache.setdefault("sale_credit_limit.amended", [])
        pending.append(self._get_credit_uses())
        try:
            yield
        finally:
            uses = pending.pop()
        if pending:
            pending[-1] = {**uses, **pending[-1]}
        elif uses:
            self._check_credit_amendment(uses)

    def _get_credit_uses(self):
        """Return ``{order: CreditUse}`` of the confirmed orders under control."""
        # sudo: credit is followed whoever changes the order
        orders = self.sudo().filtered(
            lambda order: order.state == "sale" and order.company_id.credit_control
        )
        return {
            order: CreditUse(
                order.company_id, order._get_credit_partner(), order.credit_open
            )
            for order in orders
            if order.id
        }

    def _check_credit_amendment(self, before):
        """Refuse what the credit does not allow, recheck customers who use less."""
        orders = self.sudo().browse([order.id for order in before]).exists()
        after = orders._get_credit_uses()
        grown = orders.browse()
        for order, use in before.items():
            now = after.get(order)
            if now and order._is_credit_grown(use, now):
                grown |= order
            elif not now or now != use:
                self.env["credit.account"]._after_exposure_dropped(
                    use.partner, use.company
                )
        for company in grown.company_id.sorted("id"):
            grown.filtered(
                lambda order, company=company: order.company_id == company
            ).with_company(company)._refuse_credit_amendment()

    def _is_credit_grown(self, before, now):
        """Return whether the order uses more, or the limit of somebody else."""
        if now[:2] != before[:2]:
            return now.amount > 0
        return now.company.currency_id.compare_amounts(now.amount, before.amount) > 0

    def _refuse_credit_amendment(self):
        """Raise for the changed orders of one company that are not allowed."""
        figures, ceilings = self._read_credit()
        refused = []
        for order in self:
            problems = order._judge_credit(
                figures[order._get_credit_partner().id], 0, 0, ceilings.get(order.id)
            )
            if order.credit_closed:
                problems.append(("closed", order._get_closed_message()))
            if problems:
                texts = "\n".join(f"- {message}" for _code, message in problems)
                refused.append(
                    self.env._(
                        "%(order)s cannot be changed like this:\n%(reasons)s",
                        order=order.display_name,
                        reasons=texts,
                    )
                )
        if refused:
            raise UserError("\n\n".join(refused))

    def _get_closed_message(self):
        return self.env._("The order is short-closed. Reopen it first.")
