from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.account_credit_limit.wizards.credit_simulation import ASSUMED, GROUP

#: What is assumed about orders.
ORDERS = (
    "order_id",
    "confirm_order",
    "ship_order",
    "invoice_order",
    "new_order_amount",
    "settlement_type",
)


class CreditSimulation(models.TransientModel):
    """Assumptions about one order, and about others of the same customer."""

    _inherit = "credit.simulation"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        domain="[('state', '!=', 'cancel'), ('company_id', '=', company_id)]",
    )
    order_state = fields.Selection(related="order_id.state", string="Order Status")
    settlement_type = fields.Selection(
        selection=lambda self: (
            self.env["sale.order"]
            ._fields["settlement_type"]
            ._description_selection(self.env)
        ),
        compute="_compute_settlement_type",
        store=True,
        readonly=False,
        help="How new orders are paid, or this one if it is no sale yet.",
    )
    confirm_order = fields.Boolean(
        string="Order Is Confirmed",
        compute="_compute_confirm_order",
        store=True,
        readonly=False,
    )
    ship_order = fields.Boolean(string="Order Is Shipped in Full")
    invoice_order = fields.Boolean(
        string="Order Is Invoiced in Full", help="On the day entered below."
    )
    new_order_amount = fields.Monetary(string="Further Orders Of")

    @api.depends("order_id")
    def _compute_confirm_order(self):
        for simulation in self:
            simulation.confirm_order = simulation.order_id.state in ("draft", "sent")

    @api.depends("order_id", "partner_id")
    def _compute_settlement_type(self):
        for simulation in self:
            customer = simulation.partner_id.commercial_partner_id
            order = simulation.order_id
            simulation.settlement_type = (
                order.settlement_type if order else customer.settlement_type
            )

    @api.depends("partner_id", "company_id", "date", *ASSUMED, *ORDERS)
    def _compute_figures(self):
        return super()._compute_figures()

    # === RIGHTS === #

    def _get_customer(self):
        """Let a salesperson simulate the customer of an order of his own."""
        order = self.order_id._origin
        if not order:
            return super()._get_customer()
        order.check_access("read")
        if not (order.credit_visible or self.env.user.has_group(GROUP)):
            raise AccessError(self.env._("You are not allowed to see credit figures."))
        # sudo: who sees the order's credit sees its customer
        return order.sudo()._get_credit_partner()

    def _get_company(self):
        return self.order_id._origin.company_id or super()._get_company()

    # === SIMULATION === #

    def _get_assumed_rows(self, company, day, confirm=True):
        """Add what is assumed about orders.

        :param bool confirm: count the order itself among the confirmed ones
        """
        rows = super()._get_assumed_rows(company, day)
        orders = self.env["sale.order"]
        if self.new_order_amount:
            rows.append(orders._assume_open(company, self.new_order_amount, 0.0))
        order = self._get_order()
        is_sold = order.state == "sale" or self.confirm_order
        if order and is_sold and (confirm or order.state == "sale"):
            invoiced_on = self.invoice_on or self.env["credit.account"]._get_today(
                company
            )
            rows += order._assume_order(
                self.ship_order,
                self.invoice_order and invoiced_on <= day and invoiced_on,
                day,
            )
        return rows

    def _get_order(self):
        # sudo: the rights were checked with the customer
        order = self.order_id._origin.sudo()
        return order.with_company(order.company_id)

    def _get_gates(self, company, result):
        """Replace the limit of the account by the gate of orders."""
        gates = super()._get_gates(company, result)
        order = self._get_order() or self._get_assumed_order(company)
        figures, added = result["figures"], 0.0
        if order.state != "sale":
            added = order._get_credit_amounts()[0] if order.id else 0.0
            if result["assumed"] and order.id:
                rows = self._get_assumed_rows(company, result["day"], confirm=False)
                figures = self.env["credit.account"]._simulate_figures(
                    self._get_customer(), company, result["day"], rows
                )
            elif result["assumed"]:
                added = self.new_order_amount
                rest = {**figures, "exposure": figures["exposure"] - added}
                figures = rest if company.credit_term_orders else figures
        ceiling = order._get_ceiling_on(result["day"])
        problems = order._judge_credit(figures, 0.0, added, ceiling)
        label = self.env._("Confirmation of orders")
        return [(label, [text for _code, text in problems]), *gates[1:]]

    def _get_assumed_order(self, company):
        """Return an order of the customer that exists nowhere."""
        customer = self._get_customer()
        return self.env["sale.order"].new(
            {
                "company_id": company.id,
                "partner_id": customer.id,
                "partner_invoice_id": customer.id,
                "settlement_type": self.settlement_type,
            }
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_simulate_credit(self):
        """Open the simulator for the order."""
        self._check_credit_visible()
        return self.env["credit.simulation"]._get_action(
            order_id=self.id,
            partner_id=self.sudo()._get_credit_partner().id,  # sudo: as in the panel
            company_id=self.company_id.id,
        )

    # === ASSUMPTIONS === #

    @api.model
    def _assume_open(self, company, ordered, delivered):
        """Return what an order uses, by the terms that the company counts."""
        amount = 0.0
        if company.credit_term_orders and company.credit_term_deliveries:
            amount = ordered
        elif company.credit_term_orders:
            amount = ordered - delivered
        elif company.credit_term_deliveries:
            amount = delivered
        accounts = self.env["credit.account"]
        return {**accounts._assume_payment(0.0), "open_orders": amount}

    def _assume_order(self, shipped, invoiced_on, day):
        """Return the rows by which the single order changes the exposure.

        :param bool shipped: everything is delivered
        :param invoiced_on: the day on which everything is invoiced, or False
        """
        before = (0.0, 0.0)
        if self.state == "sale":
            before = (self.credit_open, self.credit_open_delivered)
        ordered, delivered = self._get_credit_amounts()
        if self.credit_closed:
            ordered = delivered
        if shipped and not self.credit_closed:
            delivered = self._get_credit_value(self._get_credit_full())
        rows = []
        if invoiced_on:
            rows.append(
                self.env["credit.account"]._assume_invoice(
                    self._get_credit_partner(),
                    self.company_id,
                    ordered,
                    invoiced_on,
                    day,
                )
            )
            ordered = delivered = 0.0
        change = self._assume_open(self.company_id, ordered, delivered)
        known = self._assume_open(self.company_id, *before)
        change["open_orders"] -= known["open_orders"]
        return [*rows, change]

    def _get_credit_full(self):
        """Return what is delivered when everything is, less what is invoiced."""
        total = sum(
            max(line.price_total, line._get_credit_delivered())
            for line in self.order_line
            if not (line.display_type or line.is_downpayment)
        )
        return total - self._get_credit_invoiced()

    def _get_ceiling_on(self, day):
        """Return the highest ceiling that still holds on ``day``, or None."""
        if not self.id:
            return None
        # sudo: as for the figures; a decision on one customer says nothing of another
        decisions = (
            self.env["credit.decision"]
            .sudo()
            .search(
                [
                    ("order_id", "=", self.id),
                    ("partner_id", "=", self._get_credit_partner().id),
                    ("company_id", "=", self.company_id.id),
                    (
                        "expires_at",
                        ">=",
                        max(fields.Datetime.now(), datetime.combine(day, time.min)),
                    ),
                ]
            )
        )
        return max(decisions.mapped("ceiling"), default=None)
