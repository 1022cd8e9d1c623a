from odoo import api, models
from odoo.tools import SQL


class CreditAccount(models.Model):
    """The statements behind the figures, over covering partial indexes."""

    _inherit = "credit.account"

    @api.model
    def _flush_figures(self):
        """Send to the database what the figures are read from."""
        self.env["account.move"].flush_model(
            ["state", "move_type", "partner_id", "company_id", "amount_residual_signed"]
        )
        self.env["account.move.line"].flush_model(
            [
                *("partner_id", "account_id", "company_id", "parent_state"),
                *("amount_residual", "reconciled", "date_maturity", "date"),
            ]
        )
        self.env["res.partner"].flush_model(["commercial_partner_id", "credit_limit"])
        self.env["account.account"].flush_model(["account_type", "non_trade"])
        self.env["credit.limit.change"].flush_model()
        self.flush_model()

    @api.model
    def _get_figures_sql(self, entity_ids, company):
        today = self._get_today(company)
        return SQL(
            """
            SELECT p.id AS partner_id, t.term, t.amount, t.positive, t.negative,
                   t.overdue, %(today)s - t.oldest AS overdue_days,
                   %(account)s
              FROM res_partner p
              LEFT JOIN (
                SELECT partner_id, term, SUM(amount) AS amount,
                       SUM(amount) FILTER (WHERE amount > 0) AS positive,
                       SUM(amount) FILTER (WHERE amount < 0) AS negative,
                       SUM(amount) FILTER (WHERE amount > 0 AND due < %(today)s)
                           AS overdue,
                       MIN(due) FILTER (WHERE amount > 0 AND due < %(today)s) AS oldest
                  FROM (%(terms)s) item
                 WHERE partner_id = ANY(%(ids)s)
                 GROUP BY partner_id, term
              ) t ON t.partner_id = p.id
              %(join)s
             WHERE p.id = ANY(%(ids)s)
            """,
            today=today,
            account=self._get_account_columns(company),
            terms=self._get_items_sql(company, counted_only=False),
            join=self._get_account_join(company, today),
            ids=entity_ids,
        )

    @api.model
    def _get_over_limit_sql(self, company):
        """Return a query of the ids of the commercial entities over their limit."""
        today = self._get_today(company)
        return SQL(
            """
            SELECT p.id
              FROM (
                SELECT partner_id, SUM(amount) AS exposure
                  FROM (%(terms)s) item GROUP BY partner_id
              ) t
              JOIN res_partner p ON p.id = t.partner_id
              %(join)s
             WHERE COALESCE(a.policy, 'limit') = 'limit'
               AND t.exposure > %(half_cent)s + GREATEST(
                   CASE WHEN a.valid_until < %(today)s THEN 0 ELSE %(permanent)s END,
                   r.amount)
            """,
            terms=self._get_items_sql(company, counted_only=True),
            join=self._get_account_join(company, today),
            permanent=self._get_permanent_sql(company),
            half_cent=company.currency_id.rounding / 2,
            today=today,
        )

    @api.model
    def _get_items_sql(self, company, counted_only):
        """Return one query of all items: term, partner_id, amount, due.

        :param counted_only: leave out what the company does not count as exposure;
            otherwise the receivable items are there for the overdue figures
        """
        parts = []
        if receivable := self._get_receivable_sql(company, counted_only):
            parts.append(
                SQL(
                    "SELECT 'receivable' AS term, partner_id, amount, due FROM (%s) x",
                    receivable,
                )
            )
        parts += [
            SQL(
                "SELECT %s AS term, partner_id, amount, NULL::date AS due FROM (%s) x",
                key,
                sql,
            )
            for key, sql in self._get_exposure_terms(company)
        ]
        nothing = SQL(
            "SELECT NULL AS term, NULL::int AS partner_id, 0::numeric AS amount, "
            "NULL::date AS due WHERE FALSE"
        )
        return SQL(" UNION ALL ").join(parts or [nothing])

    @api.model
    def _get_receivable_sql(self, company, counted_only):
        sign = SQL("<>")
        if counted_only and not company.credit_term_receivable:
            sign = SQL("<") if company.credit_term_advances else None
        elif counted_only and not company.credit_term_advances:
            sign = SQL(">")
        if sign is None:
            return None
        return SQL(
            """
            SELECT f.commercial_partner_id AS partner_id, l.amount_residual AS amount,
                   LEAST(COALESCE(l.date_maturity, l.date),
                         CASE WHEN c.term_days > 0 THEN l.date + c.term_days END) AS due
              FROM account_move_line l
              JOIN res_partner f ON f.id = l.partner_id
              LEFT JOIN credit_account c ON c.partner_id = f.commercial_partner_id
                   AND c.company_id = %(company)s
             WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
               AND l.reconciled IS NOT TRUE AND l.amount_residual <> 0
               AND l.amount_residual %(sign)s 0
               AND l.account_id = ANY(ARRAY(
                   SELECT id FROM account_account
                    WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE))
            """,
            company=company.id,
            sign=sign,
        )

    @api.model
    def _get_account_columns(self, company):
        return SQL(
            """a.id AS account_id, a.policy, a.valid_until,
               a.max_overdue_days AS max_overdue_allowed, a.hold, a.certified_at,
               %s AS permanent_limit, r.amount AS temporary_limit""",
            self._get_permanent_sql(company),
        )

    @api.model
    def _get_permanent_sql(self, company):
        partners = self.env["res.partner"].with_company(company)
        fallback = partners._fields["credit_limit"].get_company_dependent_fallback
        return SQL(
            "COALESCE((p.credit_limit->>%s)::numeric, %s)",
            str(company.id),
            fallback(partners) or 0.0,
        )

    @api.model
    def _get_account_join(self, company, today):
        return SQL(
            """
            LEFT JOIN credit_account a ON a.partner_id = p.id
                 AND a.company_id = %(company)s
            LEFT JOIN (
                SELECT partner_id, MAX(amount) AS amount FROM credit_limit_change
                 WHERE company_id = %(company)s
                   AND kind = 'temporary' AND state = 'approved'
                   AND date_from <= %(today)s AND date_to >= %(today)s
                 GROUP BY partner_id
            ) r ON r.partner_id = p.id
            """,
            company=company.id,
            today=today,
        )

    # === HOOKS === #

    @api.model
    def _get_term_keys(self):
        """Return the keys of the terms beside the receivable items."""
        return ["draft_invoices", "unconfirmed_receipts"]

    @api.model
    def _get_exposure_terms(self, company):
        """Return the terms ``company`` counts, as ``[(key, query)]``.

        Each query yields partner_id (a commercial entity) and amount (in company
        currency).  A module that adds a term adds its key to `_get_term_keys` too.
        """
        terms = []
        if company.credit_term_drafts:
            terms.append(("draft_invoices", self._get_draft_invoices_sql(company)))
        if company.credit_term_receipts:
            receipts = self.env["receipt.confirmation"]._get_unconfirmed_sql(company)
            terms.append(("unconfirmed_receipts", receipts))
        return terms

    @api.model
    def _get_draft_invoices_sql(self, company):
        return SQL(
            """
            SELECT f.commercial_partner_id AS partner_id,
                   GREATEST(m.amount_residual_signed, 0) AS amount
              FROM account_move m
              JOIN res_partner f ON f.id = m.partner_id
             WHERE m.company_id = %s AND m.state = 'draft'
               AND m.move_type IN ('out_invoice', 'out_receipt')
            """,
            company.id,
        )
