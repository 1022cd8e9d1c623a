from odoo import api, models
from odoo.exceptions import UserError


class IrDefault(models.Model):
    """The default limit of a company is a credit limit too."""

    _inherit = "ir.default"

    @api.model_create_multi
    def create(self, vals_list):
        field = self._get_credit_limit_field()
        concerned = any(vals.get("field_id") == field.id for vals in vals_list)
        before = self._get_default_limits() if concerned else {}
        defaults = super().create(vals_list)
        self._follow_default_limits(before)
        return defaults

    def write(self, vals):
        field = self._get_credit_limit_field()
        concerned = vals.get("field_id") == field.id or field in self.field_id
        before = self._get_default_limits() if concerned else {}
        result = super().write(vals)
        self._follow_default_limits(before)
        return result

    def unlink(self):
        concerned = self._get_credit_limit_field() in self.field_id
        before = self._get_default_limits() if concerned else {}
        result = super().unlink()
        self._follow_default_limits(before)
        return result

    def _get_credit_limit_field(self):
        return self.env["ir.model.fields"]._get("res.partner", "credit_limit")

    def _get_default_limits(self):
        """Return ``{company: default limit}`` of the companies with credit control."""
        partners = self.env["res.partner"]
        field = partners._fields["credit_limit"]
        # sudo: a default without company concerns companies the user may not see
        companies = (
            self.env["res.company"].sudo().search([("credit_control", "=", True)])
        )
        return {
            company: field.get_company_dependent_fallback(
                partners.with_company(company)
            )
            for company in companies
        }

    def _follow_default_limits(self, before):
        """Guard and record the default limits that changed."""
        if not before:
            return
        self.flush_model()
        self.env.registry.clear_cache()
        after = self._get_default_limits()
        partners = self.env["res.partner"]
        for company, amount in after.items():
            if amount == before.get(company):
                continue
            self._check_default_limit(amount)
            partners._append_limit_change(
                company, before.get(company), amount, origin="default"
            )
            self.env["credit.account"]._bump_all(company)

    def _check_default_limit(self, amount):
        """Refuse the new default limit without leaving it in the cache."""
        partners = self.env["res.partner"]
        try:
            partners._check_credit_amount(amount)
            partners._check_limit_writer()
        except UserError:
            self.env.registry.clear_cache()
            raise
