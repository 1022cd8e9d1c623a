from odoo import api, models
from odoo.tools import SQL


class CreditAccount(models.Model):
    _inherit = "credit.account"

    # === FIGURES === #

    @api.model
    def _flush_figures(self):
        super()._flush_figures()
        self.env["sale.order"].flush_model(
            ["credit_partner_id", "company_id", "credit_open", "credit_open_delivered"]
        )

    @api.model
    def _get_term_keys(self):
        return [*super()._get_term_keys(), "open_orders"]

    @api.model
    def _get_exposure_terms(self, company, contact=None):
        terms = super()._get_exposure_terms(company, contact)
        ordered, delivered = company.credit_term_orders, company.credit_term_deliveries
        amount = SQL("credit_open")
        if not ordered:
            amount = SQL("credit_open_delivered")
        elif not delivered:
            amount = SQL("credit_open - credit_open_delivered")
        if ordered or delivered:
            orders = self._get_open_orders_sql(company, amount, contact)
            terms.append(("open_orders", orders))
        return terms

    @api.model
    def _get_open_orders_sql(self, company, amount, contact=None):
        return SQL(
            """
            SELECT o.credit_partner_id AS partner_id, %s AS amount FROM sale_order o
             WHERE o.company_id = %s AND o.credit_open <> 0 AND %s
            """,
            amount,
            company.id,
            self._get_contact_sql("o", "credit_partner_id", contact),
        )

    @api.model
    def _get_bar_parts(self, figures, added):
        parts = super()._get_bar_parts(figures, added)
        orders = (self.env._("Unexecuted orders"), figures["open_orders"], "warning")
        return [*parts[:-1], orders, parts[-1]]

    # === EVENTS === #

    @api.model
    def _after_exposure_dropped(self, partners, company):
        """Look again at the held orders of customers with more room."""
        super()._after_exposure_dropped(partners, company)
        if partners and company.credit_control:
            self.env["sale.order"]._trigger_credit_queue(partners, company)

    @api.model
    def _after_proof(self, company):
        """Nightly net: limits, raises and releases also change with the date."""
        super()._after_proof(company)
        orders = self.env["sale.order"]
        orders._refresh_credit_states(company)
        if orders.search_count(orders._get_credit_held_domain(company), limit=1):
            orders._confirm_trigger()

    @api.model
    def _get_drift_values(self, company):
        """Add the stored figures of orders, which are corrected at once."""
        values = super()._get_drift_values(company)
        for order, stored, expected in self.env["sale.order"]._find_credit_drift(
            company
        ):
            values.append(
                {
                    "partner_id": expected["partner"] or order.credit_partner_id.id,
                    "res_model": order._name,
                    "res_id": order.id,
                    "figure": "credit_open",
                    "amount_stored": stored,
                    "amount_expected": expected["open"],
                    "is_fixed": True,
                }
            )
        return values
