import math

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

GROUP = "account_credit_limit.group_credit_user"
GATE = Markup(
    '<div class="d-flex gap-2 mb-1 align-items-start">'
    '<span class="badge flex-shrink-0 text-bg-%s">%s</span>'
    "<span><strong>%s</strong>%s</span></div>"
)
REASON = Markup('<br/><span class="text-muted">%s</span>')
#: Figures shown today and on the chosen day.
SHOWN = ("exposure", "limit", "available", "overdue", "max_overdue_days")
#: What is assumed, as amounts and days.
ASSUMED = ("pay_amount", "pay_on", "invoice_amount", "invoice_on")
TOO_LARGE = 1e15


class CreditSimulation(models.TransientModel):
    """What the credit gates would say if this was shipped and that was paid.

    The figures are those of the gates; nothing is written anywhere.
    """

    _name = "credit.simulation"
    _description = "Credit Simulator"

    partner_id = fields.Many2one(comodel_name="res.partner", string="Customer")
    company_id = fields.Many2one(
        comodel_name="res.company", default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Look At", required=True, default=fields.Date.context_today
    )
    pay_amount = fields.Monetary(string="The Customer Pays")
    pay_on = fields.Date(
        string="Paid On", help="The money has arrived on this day; empty is today."
    )
    invoice_amount = fields.Monetary(string="We Invoice")
    invoice_on = fields.Date(
        string="Invoiced On", help="The day of the invoice; empty is today."
    )
    exposure_now = fields.Monetary(compute="_compute_figures")
    limit_now = fields.Monetary(compute="_compute_figures")
    available_now = fields.Monetary(compute="_compute_figures")
    overdue_now = fields.Monetary(compute="_compute_figures")
    max_overdue_days_now = fields.Integer(compute="_compute_figures")
    exposure_then = fields.Monetary(compute="_compute_figures")
    limit_then = fields.Monetary(compute="_compute_figures")
    available_then = fields.Monetary(compute="_compute_figures")
    overdue_then = fields.Monetary(compute="_compute_figures")
    max_overdue_days_then = fields.Integer(compute="_compute_figures")
    gates_now = fields.Html(compute="_compute_figures", sanitize=False)
    gates_then = fields.Html(compute="_compute_figures", sanitize=False)

    @api.model
    def _get_action(self, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Simulator"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }

    @api.depends("partner_id", "company_id", "date", *ASSUMED)
    @api.depends_context("uid", "lang")
    def _compute_figures(self):
        for simulation in self:
            now, then = simulation._get_results()
            for name in SHOWN:
                simulation[f"{name}_now"] = now and now["figures"][name]
                simulation[f"{name}_then"] = then and then["figures"][name]
            simulation.gates_now = now and simulation._format_gates(now["gates"])
            simulation.gates_then = then and simulation._format_gates(then["gates"])

    # === RIGHTS === #

    def _get_customer(self):
        """Return whose credit is simulated, as the user may see it.

        :raise AccessError: unless he may
        """
        self.ensure_one()
        if not self.env.user.has_group(GROUP):
            raise AccessError(self.env._("You are not allowed to see credit figures."))
        customer = self.partner_id.commercial_partner_id
        customer.check_access("read")
        return customer

    def _get_company(self):
        company = self.company_id or self.env.company
        if company not in self.env.user.company_ids:
            raise AccessError(self.env._("This is not one of your companies."))
        return company

    # === SIMULATION === #

    def _get_results(self):
        """Return figures and gates today and on the chosen day, or nothing."""
        self._check_assumptions()
        customer, company = self._get_customer(), self._get_company()
        if not customer:
            return False, False
        today = self.env["credit.account"]._get_today(company)
        return (
            self._simulate(customer, company, today, assumed=False),
            self._simulate(customer, company, max(self.date or today, today), True),
        )

    def _simulate(self, customer, company, day, assumed):
        """Return ``{"figures", "gates", "day", …}`` of one day (hook for modules)."""
        rows = self._get_assumed_rows(company, day) if assumed else []
        accounts = self.env["credit.account"]
        figures = accounts._simulate_figures(customer, company, day, rows)
        result = {"figures": figures, "day": day, "assumed": assumed}
        return {**result, "gates": self._get_gates(company, result)}

    def _get_assumed_rows(self, company, day):
        """Return what is assumed to have happened by ``day``."""
        accounts = self.env["credit.account"]
        today, rows = accounts._get_today(company), []
        if self.pay_amount and (self.pay_on or today) <= day:
            rows.append(accounts._assume_payment(self.pay_amount))
        invoiced_on = self.invoice_on or today
        if self.invoice_amount and invoiced_on <= day:
            rows.append(
                accounts._assume_invoice(
                    self._get_customer(), company, self.invoice_amount, invoiced_on, day
                )
            )
        return rows

    def _get_gates(self, company, result):
        """Return ``[(label, [reason])]`` of each gate; no reason means open."""
        figures, reasons = result["figures"], []
        if figures["hold"]:
            reasons.append(self.env._("The credit is on hold."))
        if self.env["credit.account"]._is_over(figures, company):
            excess = company.currency_id.format(-figures["available"])
            reasons.append(self.env._("%s over the limit.", excess))
        return [(self.env._("Credit limit"), reasons)]

    def _check_assumptions(self):
        for name, field in self._fields.items():
            value = self[name] if field.type in ("monetary", "float") else 0.0
            if field.compute or not value:
                continue
            if not math.isfinite(value) or not 0 <= value < TOO_LARGE:
                raise UserError(
                    self.env._("%s: enter an amount of money.", field.string)
                )

    # === PRESENTATION === #

    def _format_gates(self, gates):
        return Markup().join(
            GATE
            % (
                "danger" if reasons else "success",
                self.env._("Closed") if reasons else self.env._("Open"),
                label,
                Markup().join(REASON % reason for reason in reasons),
            )
            for label, reasons in gates
        )
