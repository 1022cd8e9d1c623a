from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _change_take_turn(self):
        """The credit accounts come first, as they do at the confirmation."""
        for company in self.company_id.sorted("id"):
            orders = self.filtered(lambda order, own=company: order.company_id == own)
            customers = orders.partner_invoice_id.commercial_partner_id
            self.env["credit.account"]._bump(customers, company)
        return super()._change_take_turn()
