from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _make_po_get_domain(self, company_id, values, partner):
        """Leave orders alone that somebody reviews: what is needed is bought anew."""
        domain = super()._make_po_get_domain(company_id, values, partner)
        if self.env["purchase.order"]._review_is_live():
            domain += (("review_state", "not in", ("open", "approved")),)
        return domain
