from odoo import fields, models


class CreditSimulation(models.TransientModel):
    """The gates of money, by the settlement type of the order."""

    _inherit = "credit.simulation"

    def _get_gates(self, company, result):
        gates = super()._get_gates(company, result)
        if order := self._get_order():
            gates += self._get_order_gates(order, result)
        return gates

    def _get_order_gates(self, order, result):
        """Return the gates of prepayment, delivery and hand-over of one order."""
        gates = []
        arrived = self._get_arrived(order, result)
        is_prepaid = order.settlement_type == "prepayment"
        if is_prepaid and order.company_id.require_confirmed_prepayment:
            gates.append((self.env._("Prepayment"), self._get_prepaid(order, arrived)))
        if not order.company_id.delivery_release:
            return gates
        if is_prepaid:
            problems = order._judge_prepayment(arrived, order.amount_total)
        elif order.settlement_type == "cash_on_delivery":
            problems = []
            left = order.amount_total - arrived
            if order.currency_id.compare_amounts(left, 0.0) > 0:
                due = order.currency_id.round(left)
                problems = [("cash", order._get_cash_due_message(due))]
        elif order.company_id.credit_control:
            is_assumed = order.state != "sale" and self.confirm_order
            added = order._get_credit_amounts()[0] if is_assumed else 0.0
            problems = order._judge_monthly(result["figures"], added)
        else:
            problems = []
        label = self.env._("Delivery of everything")
        return [*gates, (label, [text for _code, text in problems])]

    def _get_prepaid(self, order, arrived):
        required = order._get_prepayment_to_confirm()
        if order.currency_id.compare_amounts(arrived, required) >= 0:
            return []
        return [order._get_prepayment_message(required, arrived)]

    def _get_arrived(self, order, result):
        """Return the money for the order, what is assumed included."""
        arrived = order._get_confirmed_prepayments()[order.id]
        if order.settlement_type == "cash_on_delivery":
            rows = order.cash_handover_ids
            arrived += sum(row.amount_open + row.amount_waived for row in rows)
        paid_on = self.pay_on or fields.Date.context_today(self)
        if not (result["assumed"] and paid_on <= result["day"]):
            return arrived
        return arrived + order.company_id.currency_id._convert(
            self.pay_amount, order.currency_id, order.company_id, paid_on
        )
