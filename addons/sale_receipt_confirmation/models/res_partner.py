from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Keep salespeople from lifting a customer's prepayment."""
        if vals.get("settlement_type", "prepayment") != "prepayment":
            self._check_prepayment_lifted()
        return super().write(vals)

    def _check_prepayment_lifted(self):
        # All companies of the user, whatever the caller's context has selected.
        companies = self.env.user.company_ids.sudo()  # a switch, not a secret
        if any(companies.mapped("require_confirmed_prepayment")) and any(
            partner.settlement_type == "prepayment" for partner in self
        ):
            self.env["sale.order"]._check_may_lift_prepayment()
