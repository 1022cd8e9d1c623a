from odoo import api, models
from odoo.tools import SQL

BATCH = 5000


class SaleOrder(models.Model):
    """What of an order is neither invoiced nor given up, in company currency."""

    _inherit = "sale.order"

    @api.depends(
        "state",
        "credit_closed",
        "company_id",
        "amount_total",
        "currency_rate",
        "order_line.product_uom_qty",
        "order_line.qty_delivered",
        "order_line.price_total",
        "order_line.invoice_lines.price_total",
        "order_line.invoice_lines.move_id.state",
        "order_line.invoice_lines.move_id.credit_reinvoice",
        "order_line.invoice_lines.move_id.invoice_currency_rate",
    )
    def _compute_credit_open(self):
        for order in self:
            ordered = delivered = 0.0
            if order.state == "sale" and order.company_id.credit_control:
                ordered, delivered = order._get_credit_amounts()
            order.credit_open = delivered if order.credit_closed else ordered
            order.credit_open_delivered = delivered

    def _get_credit_amounts(self):
        """Return what the order uses of the limit once it is confirmed.

        :return: ``(amount at the larger of ordered and delivered quantity, amount at
            the delivered quantity)``, less everything invoiced, in company currency
        """
        self.ensure_one()
        # sudo: who checks an order need not see its invoices
        order = self.sudo()
        delivered, extra = 0.0, 0.0
        for line in order.order_line:
            total = line._get_credit_delivered()
            delivered += total
            extra += line._get_credit_extra(total)
        invoiced = order._get_credit_invoiced()
        return (
            order._get_credit_value(order.amount_total + extra - invoiced),
            order._get_credit_value(delivered - invoiced),
        )

    def _get_credit_value(self, amount):
        """Return an amount of the order in company currency, nothing below zero.

        A quotation is worth what it would be today, whatever date it bears.
        """
        currency = self.company_id.currency_id
        rate = self.currency_rate or 1.0
        if self.state != "sale" and self.currency_id != currency:
            rate = self.env["res.currency"]._get_conversion_rate(
                currency,
                self.currency_id,
                self.company_id,
                self.company_id._get_today(),
            )
        return currency.round(max(amount, 0.0) / rate)

    def _get_credit_invoiced(self):
        """Return what is invoiced of the order, drafts included, in its currency.

        A credit note releases the order, so it does not count against what was
        invoiced, unless it takes back a down payment or is to be invoiced again.
        """
        invoiced = 0.0
        for line in self.order_line:
            for invoice_line in line.invoice_lines:
                move = invoice_line.move_id
                if move.state == "cancel":
                    continue
                amount = invoice_line.price_total
                if move.currency_id != self.currency_id:
                    rate = move.invoice_currency_rate or 1.0
                    amount *= (self.currency_rate or 1.0) / rate
                if move.move_type in ("out_invoice", "out_receipt"):
                    invoiced += amount
                elif move.state == "posted" and (
                    line.is_downpayment or move.credit_reinvoice
                ):
                    invoiced -= amount
        return invoiced

    # === BACK-FILL AND PROOF === #

    @api.model
    def _backfill_credit(self, company):
        """Store the figures of all orders of ``company`` when the control starts."""
        self.env.flush_all()
        # sudo: all orders of the company, whoever switches the control on
        ids = self.sudo().search([("company_id", "=", company.id)], order="id").ids
        for start in range(0, len(ids), BATCH):
            self._store_credit(self.browse(ids[start : start + BATCH]), company)
        self.invalidate_model()

    @api.model
    def _store_credit(self, orders, company):
        """Write the recomputed figures of ``orders`` to the database."""
        recomputed = self._get_credit_sql(company, orders.ids)
        odd = self.env.execute_query(
            SQL(
                """
                UPDATE sale_order o
                   SET credit_partner_id = r.partner, credit_open = r.open,
                       credit_open_delivered = r.delivered,
                       credit_state = CASE WHEN o.state = 'sale' THEN 'ok'
                                           ELSE COALESCE(o.credit_state, 'none') END
                  FROM (%s) r WHERE o.id = r.id
             RETURNING o.id, r.odd
                """,
                recomputed,
            )
        )
        rest = self.browse([order_id for order_id, is_odd in odd if is_odd])
        self.env.add_to_compute(self._fields["credit_open"], rest)
        self.env.add_to_compute(self._fields["credit_state"], orders)
        orders.invalidate_recordset(flush=False)
        self.env.flush_all()

    @api.model
    def _find_credit_drift(self, company):
        """Return ``[(order, stored, expected)]`` of wrong orders and correct them."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT o.id, COALESCE(o.credit_open, 0) AS stored, r.*,
                   o.credit_partner_id AS stored_partner
              FROM sale_order o JOIN (%s) r ON r.id = o.id
             WHERE o.credit_partner_id IS DISTINCT FROM r.partner
                OR abs(COALESCE(o.credit_open, 0) - r.open) >= %s
                OR r.odd
            """,
            self._get_credit_sql(company),
            company.currency_id.rounding,
        )
        drift = []
        for row in self.env.execute_query_dict(query):
            order = self.browse(row["id"])
            if row["odd"]:
                row["open"] = order.sudo()._get_stored_credit()
            wrong = company.currency_id.compare_amounts(row["stored"], row["open"])
            if wrong or row["stored_partner"] != row["partner"]:
                drift.append((order, row["stored"], row))
        if drift:
            orders = self.browse([order.id for order, *_rest in drift])
            self._store_credit(orders, company)
        return drift

    def _get_stored_credit(self):
        """Return what ``credit_open`` has to be."""
        if self.state != "sale":
            return 0.0
        ordered, delivered = self._get_credit_amounts()
        return delivered if self.credit_closed else ordered

    @api.model
    def _get_credit_sql(self, company, ids=None):
        """Recompute partner, open, delivered; ``odd`` ones need the tax engine."""
        return SQL(
            """
            SELECT o.id, p.commercial_partner_id AS partner,
                   COALESCE(l.odd AND o.state = 'sale', FALSE) AS odd,
                   CASE WHEN o.state <> 'sale' THEN 0 ELSE
                   ROUND(GREATEST(0, (
                     CASE WHEN o.credit_closed THEN COALESCE(l.delivered, 0)
                          ELSE o.amount_total + COALESCE(l.extra, 0) END
                     - COALESCE(i.amount, 0)) / %(rate)s)::numeric, %(digits)s)
                   END AS open,
                   CASE WHEN o.state <> 'sale' THEN 0 ELSE
                   ROUND(GREATEST(0, (COALESCE(l.delivered, 0) - COALESCE(i.amount, 0))
                     / %(rate)s)::numeric, %(digits)s) END AS delivered
              FROM sale_order o
              JOIN res_partner p ON p.id = o.partner_invoice_id
              LEFT JOIN LATERAL (%(lines)s) l ON TRUE
              LEFT JOIN LATERAL (%(invoices)s) i ON TRUE
             WHERE o.company_id = %(company)s AND %(scope)s
            """,
            rate=SQL("COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric"),
            digits=company.currency_id.decimal_places,
            lines=self._get_credit_lines_sql(),
            invoices=self._get_credit_invoices_sql(),
            company=company.id,
            scope=SQL("TRUE") if ids is None else SQL("o.id = ANY(%s)", ids),
        )

    @api.model
    def _get_credit_lines_sql(self):
        return SQL(
            """
            SELECT SUM(s.price_total * s.qty_delivered::numeric
                       / NULLIF(s.product_uom_qty, 0)::numeric) AS delivered,
                   SUM(s.price_total * (s.qty_delivered - s.product_uom_qty)::numeric
                       / NULLIF(s.product_uom_qty, 0)::numeric)
                   FILTER (WHERE s.product_uom_qty > 0
                           AND s.qty_delivered > s.product_uom_qty) AS extra,
                   BOOL_OR(s.product_uom_qty = 0 AND s.qty_delivered <> 0
                           AND s.price_unit <> 0) AS odd
              FROM sale_order_line s
             WHERE s.order_id = o.id AND s.display_type IS NULL
               AND s.is_downpayment IS NOT TRUE AND o.state = 'sale'
            """
        )

    @api.model
    def _get_credit_invoices_sql(self):
        return SQL(
            """
            SELECT SUM(
                CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END * a.price_total
                * CASE WHEN m.currency_id = o.currency_id THEN 1
                  ELSE (COALESCE(NULLIF(o.currency_rate, 0), 1)
                        / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1))::numeric
                  END) AS amount
              FROM sale_order_line s
              JOIN sale_order_line_invoice_rel x ON x.order_line_id = s.id
              JOIN account_move_line a ON a.id = x.invoice_line_id
              JOIN account_move m ON m.id = a.move_id
             WHERE s.order_id = o.id AND o.state = 'sale' AND m.state <> 'cancel'
               AND (m.move_type IN ('out_invoice', 'out_receipt')
                    OR (m.move_type = 'out_refund' AND m.state = 'posted'
                        AND (s.is_downpayment OR m.credit_reinvoice)))
            """
        )
