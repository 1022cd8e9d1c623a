"""Our credit check, list and filter, next to the best SQL by hand."""

from credit_books import prepare_order
from credit_data import CreditData

#: What one customer uses of his limit: the same terms, over the same indexes.
EXPOSURE = """
    SELECT p.id, (p.credit_limit->>%(company_key)s)::numeric,
           (SELECT COALESCE(SUM(l.amount_residual), 0) FROM res_partner f
              JOIN account_move_line l ON l.partner_id = f.id
             WHERE f.commercial_partner_id = p.id AND l.account_id = ANY(%(accounts)s)
               AND l.company_id = %(company)s AND l.reconciled IS NOT TRUE
               AND l.parent_state = 'posted' AND l.amount_residual <> 0)
         + (SELECT COALESCE(SUM(GREATEST(m.amount_residual_signed, 0)), 0)
              FROM res_partner f JOIN account_move m ON m.partner_id = f.id
             WHERE f.commercial_partner_id = p.id AND m.company_id = %(company)s
               AND m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt'))
         + (SELECT COALESCE(SUM(y.amount_company_currency_signed
                                - COALESCE(y.receipt_confirmed_company, 0)), 0)
              FROM res_partner f JOIN account_payment y ON y.partner_id = f.id
             WHERE f.commercial_partner_id = p.id AND y.company_id = %(company)s
               AND y.receipt_state <> 'confirmed' AND y.payment_type = 'inbound'
               AND y.partner_type = 'customer' AND y.state IN ('in_process', 'paid'))
         + (SELECT COALESCE(SUM(o.credit_open), 0) FROM sale_order o
             WHERE o.credit_partner_id = p.id AND o.company_id = %(company)s
               AND o.credit_open <> 0) AS exposure
      FROM res_partner p WHERE p.id = ANY(%(ids)s)
"""
OVER_LIMIT = """
    WITH items AS (
        SELECT f.commercial_partner_id AS id, l.amount_residual AS amount
          FROM account_move_line l JOIN res_partner f ON f.id = l.partner_id
         WHERE l.account_id = ANY(%(accounts)s) AND l.company_id = %(company)s
           AND l.reconciled IS NOT TRUE AND l.parent_state = 'posted'
           AND l.amount_residual <> 0
         UNION ALL
        SELECT f.commercial_partner_id, GREATEST(m.amount_residual_signed, 0)
          FROM account_move m JOIN res_partner f ON f.id = m.partner_id
         WHERE m.company_id = %(company)s AND m.state = 'draft'
           AND m.move_type IN ('out_invoice', 'out_receipt')
         UNION ALL
        SELECT f.commercial_partner_id, y.amount_company_currency_signed
               - COALESCE(y.receipt_confirmed_company, 0)
          FROM account_payment y JOIN res_partner f ON f.id = y.partner_id
         WHERE y.company_id = %(company)s AND y.receipt_state <> 'confirmed'
           AND y.payment_type = 'inbound' AND y.partner_type = 'customer'
           AND y.state IN ('in_process', 'paid')
         UNION ALL
        SELECT o.credit_partner_id, o.credit_open FROM sale_order o
         WHERE o.company_id = %(company)s AND o.credit_open <> 0)
    SELECT p.id FROM res_partner p
      JOIN (SELECT id, SUM(amount) AS exposure FROM items GROUP BY id) e USING (id)
     WHERE e.exposure > COALESCE((p.credit_limit->>%(company_key)s)::numeric, 0) + 0.005
"""
BUMP = """
    UPDATE credit_account SET version = version + 1
     WHERE company_id = %(company)s AND partner_id = ANY(%(ids)s)
"""
COLUMNS = tuple(
    f"credit_{name}" for name in ("limit_current", "exposure", "available", "overdue")
)
HALF_CENT = 0.005


class Suite:
    """The biggest customer, a page of 80, and the filter over all 5,000."""

    SIZES = {"S": 10_000, "M": 100_000, "L": 1_000_000}

    def __init__(self, env):
        self.env = env
        self.data = CreditData(env)
        self.fill = self.data.fill

    def cases(self):
        """Yield (case, column, call)."""
        customers = self.data.get_page()
        self._check_answers(customers)
        biggest = customers[:1]
        order = self.data.books.create_order(biggest)
        self.env["credit.account"]._ensure(customers, self.env.company)
        self.env.cr.flush()
        yield (
            "credit.check",
            "ours",
            lambda: order._check_credit({}),
            lambda: prepare_order(order),
        )
        yield "credit.check", "raw_sql", lambda: self._check_by_hand(biggest)
        columns = {name: {} for name in COLUMNS}
        page = [("id", "in", customers.ids)]
        yield (
            "credit.list_80",
            "ours",
            lambda: customers.web_search_read(page, columns, limit=80),
        )
        yield "credit.list_80", "raw_sql", lambda: self._query(EXPOSURE, customers)
        over = [("credit_over_limit", "=", True)]
        yield "credit.filter_5000", "ours", lambda: len(customers.search(over))
        yield "credit.filter_5000", "raw_sql", lambda: self._query(OVER_LIMIT, biggest)

    # === BY HAND === #

    def _check_by_hand(self, customers):
        self.env.cr.execute(BUMP, self._get_values(customers))
        return self._query(EXPOSURE, customers)

    def _query(self, query, customers):
        self.env.cr.execute(query, self._get_values(customers))
        return self.env.cr.fetchall()

    def _get_values(self, customers):
        company = self.env.company.id
        return {
            "company": company,
            "company_key": str(company),
            "ids": customers.ids,
            "accounts": self.data.accounts.ids,
        }

    def _check_answers(self, customers):
        """Both ways give the same figures, or there is nothing to compare."""
        accounts, company = self.env["credit.account"], self.env.company
        figures = accounts._get_figures(customers, company)
        for customer, _limit, exposure in self._query(EXPOSURE, customers):
            if abs(figures[customer]["exposure"] - float(exposure)) > HALF_CENT:
                raise RuntimeError(f"{exposure} by hand, {figures[customer]}")
        over = customers.search([("credit_over_limit", "=", True)])
        by_hand = {row[0] for row in self._query(OVER_LIMIT, customers)}
        if by_hand != set(over.commercial_partner_id.ids):
            raise RuntimeError(
                f"{len(by_hand)} over the limit by hand, {len(over)} not"
            )
