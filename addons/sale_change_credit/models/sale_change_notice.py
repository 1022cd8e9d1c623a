from odoo import models

RULE_CODE = "change_credit"


class SaleChangeNotice(models.Model):
    """A change that exceeds the credit limit: decided in its review, or not applied.

    The order itself is checked when the notice is applied, in the same transaction.
    """

    _inherit = "sale.change.notice"

    def _review_check_change_credit(self):
        """Rule: ``{id: message}`` for changes that the credit does not allow."""
        messages = {}
        # sudo: the rule looks at the figures in the name of the company
        for notice in self.sudo():
            excess = notice._get_credit_excess()
            if excess > 0:
                money = notice.company_id.currency_id.format
                messages[notice.id] = self.env._(
                    "Over the credit limit by %s with this change.", money(excess)
                )
        return messages

    def _get_credit_excess(self):
        """Return what exceeds the limit after the change, in company currency."""
        order, added = self.order_id, self._get_credit_added()
        if not self.company_id.credit_control or added <= 0:
            return 0.0
        customer = order._get_credit_partner()
        accounts = self.env["credit.account"]
        figures = accounts._get_figures(customer, self.company_id)[customer.id]
        figures = {**figures, "exposure": figures["exposure"] + added}
        if not accounts._is_over(figures, self.company_id):
            return 0.0
        return figures["exposure"] - figures["limit"]

    def _get_credit_added(self):
        """Return by how much the order grows, taxes as on the order so far."""
        order = self.order_id
        taxes = order.amount_total / order.amount_untaxed if order.amount_untaxed else 1
        return self.currency_id._convert(
            self.amount_difference * taxes,
            self.company_id.currency_id,
            self.company_id,
            order.date_order.date(),
        )

    def _review_after_step(self, tasks):
        """Approving the step of the credit lets the change pass the limit."""
        result = super()._review_after_step(tasks)
        found = {reason["code"] for reason in tasks.request_id.exceptions or []}
        # sudo: the reviewer need not read the configuration of the flow
        codes = tasks.step_id.sudo().rule_ids.mapped("code")
        if RULE_CODE in found and RULE_CODE in codes:
            self._release_credit(tasks)
        return result

    def _release_credit(self, tasks):
        """Write the decision: up to the exposure with the change."""
        # Whoever was asked for an opinion does not answer for the credit.
        own = tasks.filtered(lambda task: not task.added_by_id) or tasks
        approver = own.sorted("id")[-1:].done_by
        reasons = [reason for reason in tasks.mapped("reason") if reason]
        order = self.sudo().order_id  # sudo: as in the rule
        customer = order._get_credit_partner()
        figures = self.env["credit.account"]._get_figures(customer, self.company_id)
        # Taxes of other goods may differ by cents from those of the order so far.
        ceiling = figures[customer.id]["exposure"] + self._get_credit_added() + 1
        order.with_user(approver)._credit_release(
            " · ".join(reasons) or self.env._("Approved with %s", self.name),
            ceiling=max(0.0, ceiling),
            source="review",
        )
