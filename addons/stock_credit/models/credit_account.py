from odoo import api, models


class CreditAccount(models.Model):
    _inherit = "credit.account"

    @api.model
    def _after_exposure_dropped(self, partners, company):
        """Look again at the held deliveries of customers with more room."""
        super()._after_exposure_dropped(partners, company)
        if partners and company.credit_control:
            self.env["stock.picking"]._release_trigger()

    def action_certify(self):
        """Look again at the deliveries that waited for the certification."""
        result = super().action_certify()
        self.env["stock.picking"]._release_trigger()
        return result
