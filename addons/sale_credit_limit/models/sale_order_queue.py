from odoo import api, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """Held orders of one customer wait in a queue, the oldest hold first."""

    _inherit = "sale.order"

    @api.model
    def _trigger_credit_queue(self, partners, company):
        """Let the cron look at the held orders of customers with more room."""
        domain = self._get_credit_held_domain(company) & Domain(
            "credit_partner_id", "in", partners.ids
        )
        # sudo: who books the money need not see the orders
        if self.sudo().search_count(domain, limit=1):
            self._confirm_trigger()

    @api.model
    def _get_credit_held_domain(self, company):
        """Return the domain of the orders that the credit holds back."""
        return Domain("company_id", "=", company.id) & Domain(
            "credit_state", "=", "held"
        )

    def _confirm_retry_groups(self):
        """Keep the held orders of one customer together, in the order of the queue."""
        queued = self.filtered(lambda order: order._is_in_credit_queue())
        groups = super(SaleOrder, self - queued)._confirm_retry_groups()
        queues = {}
        for order in queued:
            key = (order.company_id.id, order._get_credit_partner().id)
            queues.setdefault(key, []).append(order.id)
        return [*groups, *(self.browse(ids).with_prefetch() for ids in queues.values())]

    def _confirm_retry(self):
        """Stop the queue of a customer at the first order that does not fit.

        An order that waits for something else as well loses its credit blocker and
        lets the next one go.
        """
        confirmed, stopped = self.browse(), set()
        waiting = self.exists().sorted(lambda order: (order.confirm_held_on, order.id))
        for order in waiting:
            key = (order.company_id.id, order._get_credit_partner().id)
            if key in stopped and order._is_in_credit_queue():
                continue
            confirmed |= super(SaleOrder, order)._confirm_retry()
            if order._is_in_credit_queue():
                stopped.add(key)
        return confirmed

    def _is_in_credit_queue(self):
        """Return whether the limit is among what holds the single order."""
        return self.confirm_held and "credit" in self._get_hold_codes()

    @api.model
    def _refresh_credit_states(self, company):
        """Show orders as held again whose release has expired."""
        orders = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("credit_state", "=", "released"),
                ("state", "in", ("draft", "sent")),
            ]
        )
        self.env.add_to_compute(self._fields["credit_state"], orders)
        orders._recompute_recordset(["credit_state"])
