import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class CreditAccount(models.Model):
    """The nightly proof: figures as used against figures recomputed another way."""

    _inherit = "credit.account"

    @api.model
    def _cron_prove_figures(self):
        """Compare, record and alarm for every company with credit control."""
        companies = self.env["res.company"].search([("credit_control", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self._prove_figures(company)
            self._after_proof(company)
            if not cron._commit_progress(processed=1):
                break

    @api.model
    def _prove_figures(self, company):
        """Record the differences of one company and return their rows."""
        differences = self._get_drift_values(company)
        if not differences:
            return self.env["credit.drift"]
        rows = self.env["credit.drift"]._append(
            [{"company_id": company.id, **values} for values in differences]
        )
        _logger.error(
            "credit: %s figures differ from their recomputation in %s",
            len(rows),
            company.name,
        )
        for account in self._ensure(rows.partner_id, company):
            account._ask(
                "account_credit_limit.mail_activity_drift", account._get_certifier()
            )
        return rows

    # === HOOKS === #

    @api.model
    def _after_proof(self, company):
        """Do what the night is good for once the figures are proven."""

    @api.model
    def _get_drift_values(self, company):
        """Return the values of `credit.drift` for the figures that are wrong."""
        expected = self._sum_receivables(company)
        customers = self.env["res.partner"].browse(expected)
        figures = self._get_figures(customers, company)
        values = []
        for partner, amount in expected.items():
            stored = figures[partner]["receivable"]
            if company.currency_id.compare_amounts(stored, amount):
                values.append(
                    {
                        "partner_id": partner,
                        "figure": "receivable",
                        "amount_stored": stored,
                        "amount_expected": amount,
                    }
                )
        return values

    @api.model
    def _sum_receivables(self, company):
        """Return ``{customer id: receivable}`` by the ORM, without our indexes."""
        domain = [
            ("company_id", "=", company.id),
            ("parent_state", "=", "posted"),
            ("account_id.account_type", "=", "asset_receivable"),
            ("account_id.non_trade", "=", False),
            ("partner_id", "!=", False),
            ("amount_residual", "!=", 0),
        ]
        if not company.credit_term_advances:
            domain.append(("amount_residual", ">", 0))
        sums = {}
        # sudo: the proof covers all items of the company
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(domain, ["partner_id"], ["amount_residual:sum"])
        )
        for partner, amount in groups:
            customer = partner.commercial_partner_id.id
            sums[customer] = sums.get(customer, 0.0) + amount
        return sums
