from odoo import models


class ReceiptConfirmation(models.Model):
    _inherit = "receipt.confirmation"

    def _after_confirmed(self):
        """Money that arrived makes room under the limit of its customer."""
        super()._after_confirmed()
        for company, receipts in self.grouped("company_id").items():
            if company.credit_control:
                self.env["credit.account"]._after_exposure_dropped(
                    receipts.partner_id.commercial_partner_id, company
                )

    def _after_reversed(self):
        """Money that did not arrive after all is exposure again."""
        super()._after_reversed()
        for company in self.company_id.sorted("id"):
            receipts = self.filtered(lambda row, c=company: row.company_id == c)
            self.env["credit.account"]._bump(receipts.partner_id, company)
