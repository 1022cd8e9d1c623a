from odoo import models
from odoo.tools import SQL


class SaleOrder(models.Model):
    """What stands against a delivery, by the settlement type of its order."""

    _inherit = "sale.order"

    def _get_delivery_blockers(self, picking, taken):
        """Return ``[(code, message)]`` of what holds one delivery of the single order.

        :param dict taken: ``{order id: value}`` of deliveries let go in the same call
        """
        if self.state != "sale":
            return [("order", self._get_unconfirmed_message())]
        problems = self._get_contract_blockers()
        if self.settlement_type == "prepayment":
            return problems + self._get_prepayment_blockers(picking, taken)
        if self.settlement_type == "cash_on_delivery":
            return problems
        return problems + self._get_monthly_blockers()

    def _get_unconfirmed_message(self):
        return self.env._(
            "%s is not a confirmed order. Confirm it, or cancel its delivery.",
            self.name,
        )

    def _get_contract_blockers(self):
        """Return whether the contract of the single order is missing by now.

        An order that was approved without a contract may be delivered without one.
        """
        if "contract_id" not in self._fields or not self._review_is_required():
            return []
        accepted = {reason["code"] for reason in self.review_exceptions or []}
        if "no_contract" in accepted or not self._filter_contract_missing():
            return []
        message = self.env._(
            "%(order)s: %(customer)s has no framework contract in force any more. Have "
            "it renewed and filed.",
            order=self.name,
            customer=self.partner_id.commercial_partner_id.name,
        )
        return [("contract", message)]

    # === PREPAYMENT === #

    def _get_prepayment_blockers(self, picking, taken):
        """Return what money is missing before the goods of a delivery may leave.

        At least what has to be paid in advance, and never less than the goods that
        have left and leave now are worth.
        """
        value = taken.get(self.id, 0.0) + self._get_leaving_value(picking)
        gone = self._settle_rounding(self._get_moved_value() + value)
        return self._judge_prepayment(self._get_confirmed_prepayments()[self.id], gone)

    def _judge_prepayment(self, arrived, gone):
        """Return what is missing of the money for goods worth ``gone``."""
        required = max(self._get_prepayment_to_confirm(), gone)
        if self.currency_id.compare_amounts(arrived, required) >= 0:
            return []
        money = self.currency_id.format
        message = self.env._(
            "%(order)s is prepaid: %(arrived)s of %(required)s has arrived, "
            "%(missing)s is missing. Let the cashier confirm the receipt for this "
            "order.",
            order=self.name,
            arrived=money(arrived),
            required=money(required),
            missing=money(required - arrived),
        )
        return [("prepayment", message)]

    # === MONTHLY === #

    def _get_monthly_blockers(self):
        """Return what the credit of the customer does not allow.

        The decision that released the order counts for its deliveries as well, even
        when it has expired in the meantime; its ceiling still holds.
        """
        company = self.company_id
        if not company.credit_control:
            return []
        order, customer = self.with_company(company), self._get_credit_partner()
        figures = self.env["credit.account"]._get_figures(customer, company)
        return order._judge_monthly(figures[customer.id])

    def _judge_monthly(self, figures, added=0.0):
        """Return what these figures of the customer do not allow.

        :param float added: what a quotation that is only simulated as confirmed has
            added to the figures
        """
        ceiling = self._get_delivery_ceiling()
        problems = [
            (code, f"{self.name}: {text}")
            for code, text in self._judge_credit(figures, -added, added, ceiling)
            if code != "certification"  # said below, whatever the settlement type
        ]
        is_free = ceiling is not None or figures["policy"] == "no_control"
        if not is_free and not figures["certified_at"]:
            problems.append(("certification", self._get_uncertified_message()))
        return problems

    def _get_delivery_ceiling(self):
        """Return the highest ceiling up to which the single order was let go."""
        self.env["credit.decision"].flush_model()
        query = SQL(
            "SELECT MAX(ceiling) FROM credit_decision"
            " WHERE order_id = %s AND partner_id = %s AND company_id = %s",
            self.id,
            self._get_credit_partner().id,
            self.company_id.id,
        )
        return self.env.execute_query(query)[0][0]

    def _get_uncertified_message(self):
        return self.env._(
            "%(order)s: the credit of %(customer)s is not approved for monthly "
            "settlement. Ask the unit accountant to certify it.",
            order=self.name,
            customer=self._get_credit_partner().name,
        )

    def _credit_release(self, reason, ceiling=None, source="release"):
        """Look at the held deliveries again once the order is released."""
        decision = super()._credit_release(reason, ceiling, source)
        self.env["stock.picking"]._release_trigger()
        return decision
