from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Carry holds over before core drops the accounts of the merged contacts."""
        # sudo: who merges contacts need not be an accountant
        accounts = self.env["credit.account"].sudo()
        entity = dst_partner.commercial_partner_id
        accounts.search([("partner_id", "in", src_partners.ids)])._merge_into(entity)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Record a limit that came along with a merged contact, take the turn."""
        # sudo: the contacts merge in all companies at once
        companies = (
            self.env["res.company"].sudo().search([("credit_control", "=", True)])
        )
        entity = dst_partner.sudo().commercial_partner_id
        before = {
            company: entity.with_company(company).credit_limit for company in companies
        }
        result = super()._update_reference_fields(src_partners, dst_partner)
        self.env.invalidate_all()
        for company in companies.sorted("id"):
            customer = entity.with_company(company)
            if customer.credit_limit > before[company]:
                self.env["res.partner"]._check_limit_writer()
            if customer.credit_limit != before[company]:
                customer._follow_limit_change(before[company], origin="merge")
            else:
                self.env["credit.account"]._bump(entity, company)
        return result
