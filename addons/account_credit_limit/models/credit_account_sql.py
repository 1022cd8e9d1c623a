from odoo import api, models
from odoo.tools import SQL

#: Columns of the credit account that are read with the figures.
ACCOUNT_FIELDS = ("policy", "valid_until", "max_overdue_days", "hold", "certified_at")
#: One row per contact of the customers, the customer itself first.
FIGURES = """
SELECT f.commercial_partner_id AS partner_id, r.positive, r.negative,
       r.overdue, %(today)s - r.oldest AS overdue_days,
       %(terms)s a.id AS account_id, a.policy, a.valid_until,
       a.max_overdue_days AS max_overdue_allowed, a.hold, a.certified_at,
       %(permanent)s AS permanent_limit,
       (SELECT MAX(c.amount) FROM credit_limit_change c
         WHERE c.partner_id = f.commercial_partner_id AND %(running)s
       ) AS temporary_limit
  FROM res_partner f
  LEFT JOIN credit_account a ON a.partner_id = f.commercial_partner_id
       AND a.company_id = %(company)s
 CROSS JOIN LATERAL (%(receivable)s) r
 WHERE f.commercial_partner_id = ANY(%(ids)s)
 ORDER BY f.id <> f.commercial_partner_id
"""


#: The ids of the commercial entities over their limit.
OVER_LIMIT = """
SELECT p.id
  FROM (
    SELECT f.commercial_partner_id AS id, SUM(t.amount) AS exposure
      FROM (
        SELECT partner_id, SUM(amount) AS amount
          FROM (%(items)s) item GROUP BY partner_id) t
      JOIN res_partner f ON f.id = t.partner_id
     GROUP BY f.commercial_partner_id) e
  JOIN res_partner p ON p.id = e.id
  LEFT JOIN credit_account a ON a.partner_id = p.id
       AND a.company_id = %(company)s
  LEFT JOIN (
    SELECT c.partner_id, MAX(c.amount) AS amount
      FROM credit_limit_change c WHERE %(running)s
     GROUP BY c.partner_id) r ON r.partner_id = p.id
 WHERE COALESCE(a.policy, 'limit') = 'limit'
   AND e.exposure > %(half_cent)s + GREATEST(
       CASE WHEN a.valid_until < %(today)s THEN 0 ELSE %(permanent)s END,
       r.amount)
"""


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
        changes = ("partner_id", "company_id", "kind", "state", "amount")
        self.env["credit.limit.change"].flush_model([*changes, "date_from", "date_to"])
        self.flush_model(["partner_id", "company_id", "term_days", *ACCOUNT_FIELDS])

    @api.model
    def _query_figures(self, entity_ids, company, today):
        """Return one row per contact, the customer itself first."""
        query = self._get_figures_sql(entity_ids, company, today)
        return self.env.execute_query_dict(query)

    @api.model
    def _get_figures_sql(self, entity_ids, company, today):
        """Return the query of one row per contact, the customer itself first.

        Every term is a sub-select over the items of the one contact: PostgreSQL plans
        each of them alone, in little time, and takes the covering index of its table.
        """
        return SQL(
            FIGURES,
            today=today,
            terms=self._get_term_columns(company),
            permanent=self._get_permanent_sql(company, "f"),
            company=company.id,
            receivable=self._get_receivable_sums(company, today),
            ids=entity_ids,
            running=self._get_raise_sql(company, today),
        )

    @api.model
    def _get_term_columns(self, company):
        return SQL().join(
            SQL("(SELECT SUM(amount) FROM (%s) x) AS %s,", sql, SQL.identifier(key))
            for key, sql in self._get_exposure_terms(company, SQL("f.id"))
        )

    @api.model
    def _get_receivable_sums(self, company, today):
        """Return the sums of the open items of the contact ``f`` with account ``a``."""
        return SQL(
            """
            SELECT SUM(amount) FILTER (WHERE amount > 0) AS positive,
                   SUM(amount) FILTER (WHERE amount < 0) AS negative,
                   SUM(amount) FILTER (WHERE amount > 0 AND due < %(today)s) AS overdue,
                   MIN(due) FILTER (WHERE amount > 0 AND due < %(today)s) AS oldest
              FROM (
                SELECT l.amount_residual AS amount,
                       LEAST(COALESCE(l.date_maturity, l.date), CASE
                             WHEN a.term_days > 0 THEN l.date + a.term_days END) AS due
                  FROM account_move_line l
                 WHERE l.partner_id = f.id AND %(open)s) item
            """,
            today=today,
            open=self._get_open_item_sql(company),
        )

    @api.model
    def _get_over_limit_sql(self, company):
        """Return a query of the ids of the commercial entities over their limit."""
        today = self._get_today(company)
        return SQL(
            OVER_LIMIT,
            items=self._get_items_sql(company),
            company=company.id,
            permanent=self._get_permanent_sql(company, "p"),
            running=self._get_raise_sql(company, today),
            half_cent=company.currency_id.rounding / 2,
            today=today,
        )

    @api.model
    def _get_items_sql(self, company):
        """Return one query of all items that count as exposure: partner_id, amount."""
        parts = [
            SQL("SELECT partner_id, amount FROM (%s) x", sql)
            for _key, sql in self._get_exposure_terms(company)
        ]
        sign = SQL("<>")
        if not company.credit_term_receivable:
            sign = SQL("<") if company.credit_term_advances else None
        elif not company.credit_term_advances:
            sign = SQL(">")
        if sign:
            parts.append(
                SQL(
                    "SELECT l.partner_id, l.amount_residual AS amount"
                    " FROM account_move_line l WHERE l.amount_residual %s 0 AND %s",
                    sign,
                    self._get_open_item_sql(company),
                )
            )
        nothing = SQL("SELECT NULL::int AS partner_id, 0 AS amount WHERE FALSE")
        return SQL(" UNION ALL ").join(parts or [nothing])

    @api.model
    def _get_open_item_sql(self, company):
        """Return the condition on a trade receivable item ``l`` that is not settled."""
        return SQL(
            """
            l.company_id = %s AND l.parent_state = 'posted'
            AND l.reconciled IS NOT TRUE AND l.amount_residual <> 0
            AND l.account_id = ANY(%s)
            """,
            company.id,
            list(self.env["account.account"]._get_trade_receivable_ids()),
        )

    @api.model
    def _get_raise_sql(self, company, today):
        """Return the condition on a temporary raise ``c`` that is running."""
        return SQL(
            """
            c.company_id = %(company)s AND c.kind = 'temporary'
            AND c.state = 'approved'
            AND c.date_from <= %(today)s AND c.date_to >= %(today)s
            """,
            company=company.id,
            today=today,
        )

    @api.model
    def _get_permanent_sql(self, company, alias):
        partners = self.env["res.partner"].with_company(company)
        fallback = partners._fields["credit_limit"].get_company_dependent_fallback
        return SQL(
            "COALESCE((%s->>%s)::numeric, %s)",
            SQL.identifier(alias, "credit_limit"),
            str(company.id),
            fallback(partners) or 0.0,
        )

    # === HOOKS === #

    @api.model
    def _get_term_keys(self):
        """Return the keys of the terms beside the receivable items."""
        return ["draft_invoices", "unconfirmed_receipts"]

    @api.model
    def _get_exposure_terms(self, company, contact=None):
        """Return the terms ``company`` counts, as ``[(key, query)]``.

        Each query yields partner_id (a contact or its commercial entity) and amount (in
        company currency).  A module that adds a term adds its key to `_get_term_keys`
        too.

        :param SQL contact: the id of the one contact whose items are wanted, of all
            when it is left out
        """
        terms = []
        if company.credit_term_drafts:
            drafts = self._get_draft_invoices_sql(company, contact)
            terms.append(("draft_invoices", drafts))
        if company.credit_term_receipts:
            confirmations = self.env["receipt.confirmation"]
            receipts = confirmations._get_unconfirmed_sql(company, contact)
            terms.append(("unconfirmed_receipts", receipts))
        return terms

    @api.model
    def _get_draft_invoices_sql(self, company, contact=None):
        return SQL(
            """
            SELECT m.partner_id, GREATEST(m.amount_residual_signed, 0) AS amount
              FROM account_move m
             WHERE m.company_id = %s AND m.state = 'draft'
               AND m.move_type IN ('out_invoice', 'out_receipt') AND %s
            """,
            company.id,
            self._get_contact_sql("m", "partner_id", contact),
        )

    @api.model
    def _get_contact_sql(self, alias, column, contact=None):
        """Return the condition that leaves the items of one contact."""
        if contact is None:
            return SQL("TRUE")
        return SQL("%s = %s", SQL.identifier(alias, column), contact)
