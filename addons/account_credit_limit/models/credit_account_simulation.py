from datetime import timedelta

from odoo import api, fields, models

from .credit_account_exposure import FigureRules

#: A row of amounts without anything in it.
NOTHING = {"positive": 0.0, "negative": 0.0, "overdue": 0.0, "overdue_days": 0}


class AssumedRules(FigureRules):
    """The rules of a day, with rows that are only assumed."""

    rows = ()


class CreditAccount(models.Model):
    """The figures of another day, with documents that are only assumed.

    What is assumed is one more contact of the customer: its amounts are added by the
    code that adds those of the real ones, and nothing is written.
    """

    _inherit = "credit.account"

    @api.model
    def _simulate_figures(self, partner, company, day, rows=()):
        """Return the figures of one customer on ``day``.

        :param rows: what is assumed, each as returned by the ``_assume_*`` methods
        """
        rules = AssumedRules(*self._get_figure_rules(company)._replace(today=day))
        rules.rows = rows
        entity = partner.commercial_partner_id
        figures = self._read_figures(entity.ids, company, rules) if entity.ids else {}
        return figures.get(entity.id) or self._get_no_figures(rules)

    @api.model
    def _finish_figures(self, figures, rules):
        """Add what is assumed, before everything is derived from the sums."""
        for row in rules.rows if isinstance(rules, AssumedRules) else ():
            self._add_contact(figures, row, rules)
        return super()._finish_figures(figures, rules)

    @api.model
    def _assume_payment(self, amount):
        """Return money that has arrived and is matched to no invoice yet."""
        return {**NOTHING, "negative": -amount}

    @api.model
    def _assume_invoice(self, partner, company, amount, invoiced_on, day):
        """Return a posted invoice as it stands on ``day``, by the payment term."""
        row = {**NOTHING, "positive": amount}
        for due, part in self._get_assumed_dues(partner, company, amount, invoiced_on):
            if due < day:
                row["overdue"] += part
                row["overdue_days"] = max(row["overdue_days"], (day - due).days)
        return row

    @api.model
    def _get_assumed_dues(self, partner, company, amount, invoiced_on):
        """Return ``[(due date, amount)]`` of an invoice of that day."""
        customer = partner.with_company(company).commercial_partner_id
        # sudo: who may see the figures need not read payment terms or accounts
        term = customer.sudo().property_payment_term_id
        account = self.sudo().search(
            [("company_id", "=", company.id), ("partner_id", "=", customer.id)]
        )
        latest = account.term_days and invoiced_on + timedelta(days=account.term_days)
        dues = [(invoiced_on, amount)]
        if term:
            terms = term._compute_terms(
                invoiced_on, company.currency_id, company, 0, 0, 1, amount, amount
            )
            dues = [
                (fields.Date.to_date(line["date"]), line["company_amount"])
                for line in terms["line_ids"]
            ]
        return [(min(due, latest) if latest else due, part) for due, part in dues]

    def action_simulate_credit(self):
        """Open the simulator for the customer of the account."""
        self.ensure_one()
        self.check_access("read")
        return self.env["credit.simulation"]._get_action(
            partner_id=self.partner_id.id, company_id=self.company_id.id
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_simulate_credit(self):
        """Open the simulator for the customer."""
        self._check_credit_user()
        return self.env["credit.simulation"]._get_action(
            partner_id=self.commercial_partner_id.id, company_id=self.env.company.id
        )
