from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import float_compare, float_round

BAR = Markup('<div class="progress-bar bg-%s" style="width: %.1f%%" title="%s"></div>')
#: Columns of the account row that the figures are read with.
ACCOUNT_KEYS = (
    "account_id",
    "policy",
    "valid_until",
    "max_overdue_allowed",
    "hold",
    "certified_at",
    "permanent_limit",
    "temporary_limit",
)
#: Amounts that add up from the rows of a customer and his contacts.
AMOUNT_KEYS = ("receivable", "advances", "overdue", "max_overdue_days", "exposure")


class FigureRules(NamedTuple):
    """What is read once of a company for the figures of all its customers."""

    today: date
    rounding: float
    receivable: bool
    advances: bool
    keys: tuple

    def round(self, amount):
        return float_round(amount, precision_rounding=self.rounding)


class CreditAccount(models.Model):
    """The exposure: summed by one statement whenever it is read, never kept."""

    _inherit = "credit.account"

    limit_permanent = fields.Monetary(
        string="Permanent limit",
        compute="_compute_limit_permanent",
        inverse="_inverse_limit_permanent",
    )
    limit_current = fields.Monetary(
        string="Effective limit",
        compute="_compute_figures",
        help="The permanent limit while it is valid, or a running temporary raise.",
    )
    amount_exposure = fields.Monetary(string="Exposure", compute="_compute_figures")
    amount_available = fields.Monetary(
        string="Available credit", compute="_compute_figures"
    )
    amount_overdue = fields.Monetary(string="Overdue", compute="_compute_figures")

    @api.depends("partner_id", "company_id")
    def _compute_limit_permanent(self):
        for account in self:
            account.limit_permanent = account._get_permanent_limit()

    def _inverse_limit_permanent(self):
        for account in self:
            partner = account.partner_id.with_company(account.company_id)
            partner._set_credit_limit(account.limit_permanent, origin="direct")

    @api.depends("partner_id", "company_id", "policy", "valid_until", "term_days")
    def _compute_figures(self):
        for company, accounts in self.grouped("company_id").items():
            figures = self._get_figures(accounts.partner_id, company)
            rules = self._get_figure_rules(company)
            for account in accounts:
                values = figures.get(account.partner_id.id)
                values = values or self._get_no_figures(rules)
                account.limit_current = values["limit"]
                account.amount_exposure = values["exposure"]
                account.amount_available = values["available"]
                account.amount_overdue = values["overdue"]

    # === FIGURES === #

    @api.model
    def _get_figures(self, partners, company):
        """Return the credit figures of ``partners`` in ``company`` with one query.

        A contact has the figures of its commercial entity.

        :return: ``{partner_id: dict}`` in company currency with the keys receivable
            (advances deducted), advances, overdue, max_overdue_days, draft_invoices,
            unconfirmed_receipts, open_orders (when sales are installed), exposure,
            limit, available, policy, hold, valid_until, certified_at, account_id
        """
        entities = {
            partner.id: partner.commercial_partner_id.id for partner in partners
        }
        ids = sorted(set(filter(None, entities.values())))
        rules = self._get_figure_rules(company)
        figures = self._read_figures(ids, company, rules) if ids else {}
        return {
            partner_id: dict(figures.get(entity_id) or self._get_no_figures(rules))
            for partner_id, entity_id in entities.items()
        }

    @api.model
    def _get_figure_rules(self, company):
        """Return what the figures of all customers of ``company`` are made with."""
        return FigureRules(
            today=self._get_today(company),
            rounding=company.currency_id.rounding,
            receivable=company.credit_term_receivable,
            advances=company.credit_term_advances,
            keys=tuple(self._get_term_keys()),
        )

    @api.model
    def _read_figures(self, entity_ids, company, rules):
        """Return ``{commercial partner id: figures}`` for existing customers."""
        self._flush_figures()
        figures = {}
        for row in self._query_figures(entity_ids, company, rules.today):
            partner = figures.get(row["partner_id"])
            if partner is None:
                partner = figures[row["partner_id"]] = self._prepare_figures(row, rules)
            self._add_contact(partner, row, rules)
        for partner in figures.values():
            self._finish_figures(partner, rules)
        return figures

    @api.model
    def _get_no_figures(self, rules):
        """Return the figures of somebody who is not in the database yet."""
        return self._finish_figures(self._prepare_figures({}, rules), rules)

    @api.model
    def _prepare_figures(self, row, rules):
        """Return the figures before any term is added."""
        figures = {key: row.get(key) for key in ACCOUNT_KEYS}
        figures["policy"] = figures["policy"] or "limit"
        figures.update(dict.fromkeys((*AMOUNT_KEYS, *rules.keys), 0.0))
        return figures

    @api.model
    def _add_contact(self, figures, row, rules):
        """Add the sums of one contact to the figures of its customer."""
        figures["advances"] += row["negative"] or 0.0
        figures["receivable"] += row["positive"] or 0.0
        figures["overdue"] += row["overdue"] or 0.0
        figures["max_overdue_days"] = max(
            figures["max_overdue_days"], row["overdue_days"] or 0
        )
        for key in rules.keys:
            figures[key] += row.get(key) or 0.0

    @api.model
    def _finish_figures(self, figures, rules):
        """Derive overdue, exposure, limit and available amount from the terms."""
        arrived = min(
            0.0, figures["advances"] + figures.get("unconfirmed_receipts", 0.0)
        )
        figures["overdue"] = rules.round(max(0.0, figures["overdue"] + arrived))
        if not figures["overdue"]:
            figures["max_overdue_days"] = 0
        if rules.advances:
            figures["receivable"] += figures["advances"]
        counted = sum(figures[key] for key in rules.keys)
        if rules.receivable:
            counted += figures["receivable"]
        elif rules.advances:
            counted += figures["advances"]
        figures["exposure"] = rules.round(counted)
        figures["limit"] = rules.round(self._get_limit(figures, rules.today))
        figures["available"] = rules.round(figures["limit"] - figures["exposure"])
        return figures

    @api.model
    def _get_limit(self, figures, today):
        """Return the effective limit: the permanent one, or a running raise if more."""
        if figures["policy"] == "cash_only":
            return 0.0
        permanent = figures["permanent_limit"] or 0.0
        if figures["valid_until"] and figures["valid_until"] < today:
            permanent = 0.0
        return max(permanent, figures["temporary_limit"] or 0.0)

    @api.model
    def _is_over(self, figures, company, allowed=0.0):
        """Return whether the exposure exceeds the limit and ``allowed``."""
        if figures["policy"] != "limit":
            return False
        limit = max(figures["limit"], allowed)
        if figures["exposure"] <= limit:
            return False
        rounding = company.currency_id.rounding
        return (
            float_compare(figures["exposure"], limit, precision_rounding=rounding) > 0
        )

    @api.model
    def _get_today(self, company):
        """Return the date of the company's calendar, whoever asks."""
        return company._get_today()

    # === PRESENTATION === #

    @api.model
    def _get_credit_bar(self, figures, added=0.0):
        """Return the bar of what uses the limit; what exceeds it is red.

        :param float added: the document looked at, in company currency
        """
        room = figures["limit"] if figures["policy"] == "limit" else float("inf")
        total = max(figures["exposure"] + added, 0.0)
        scale = max(total, room if room != float("inf") else 0.0) or 1.0
        parts, left = [], room
        for label, amount, color in self._get_bar_parts(figures, added):
            fitting = max(min(amount, left), 0.0)
            left -= fitting
            parts.append((label, fitting / scale, color))
        excess = max(total - room, 0.0)
        parts.append((self.env._("Over limit"), excess / scale, "danger"))
        bars = Markup().join(
            BAR % (color, share * 100, label)
            for label, share, color in parts
            if share > 0
        )
        return Markup('<div class="progress o_credit_bar">%s</div>') % bars

    @api.model
    def _get_bar_parts(self, figures, added):
        """Return ``[(label, amount, bootstrap colour)]`` in the order of the bar."""
        drafts = figures["draft_invoices"] + figures["unconfirmed_receipts"]
        return [
            (self.env._("Receivable balance"), figures["receivable"], "primary"),
            (self.env._("Unapproved invoices"), drafts, "info"),
            (self.env._("This document"), added, "success"),
        ]
