import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CERTIFIER = "account_credit_limit.group_credit_certifier"


class ResPartner(models.Model):
    """The guard on the credit limit, wherever it is written from."""

    _inherit = "res.partner"

    credit_limit = fields.Float(
        groups="account.group_account_invoice,account.group_account_readonly,"
        "account_credit_limit.group_credit_user"
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self.env.company.credit_control:
            for partner, vals in zip(partners, vals_list, strict=True):
                if vals.get("credit_limit") is not None:
                    partner._follow_initial_limit()
        return partners

    def write(self, vals):
        limits = self._get_limit_changes(vals)
        if limits and self.env.company.credit_control:
            self._check_credit_amount(vals["credit_limit"])
            self._check_limit_writer()
        entities = self._get_credit_entities(vals)
        customers = self._get_customers_with_terms(vals)
        result = super().write(vals)
        if customers.filtered(lambda p: p.commercial_partner_id != p):
            # Limit, hold and debts would be judged as another customer's.
            self._check_limit_writer()
        for partner, before in limits.items():
            partner._follow_limit_change(before, origin="direct")
        self._follow_credit_entities(entities)
        return result

    def _write_credit_limit(self, amount):
        """Write the limit on behalf of a decision that was checked before."""
        # sudo: an approver of limits needs no right to edit contacts
        return super(ResPartner, self.sudo()).write({"credit_limit": amount})

    # === BUSINESS METHODS === #

    def _set_credit_limit(self, amount, origin, reason=None):
        """Change the limit of one customer in the current company, as a certifier."""
        self.ensure_one()
        self._check_credit_amount(amount)
        self._check_limit_writer()
        # sudo: a credit user's group may not open the field
        before = self.sudo().credit_limit
        if before == amount:
            return False
        self._write_credit_limit(amount)
        self._follow_limit_change(before, origin, reason)
        return True

    @api.model
    def _check_credit_amount(self, amount):
        """Refuse a limit that is no amount of money."""
        amount = float(amount or 0.0)
        if not math.isfinite(amount) or amount < 0 or amount >= 1e15:  # noqa: PLR2004
            raise UserError(
                self.env._("A credit limit is a positive amount of money or zero.")
            )

    @api.model
    def _check_limit_writer(self):
        """Refuse everybody but the certifiers, whatever door the change comes by."""
        user = self.env.user
        if user._is_superuser() or user.has_group(CERTIFIER):
            return
        raise AccessError(
            self.env._(
                "The credit limit is kept by the unit accountant. Apply for another "
                "limit on the customer instead of changing it."
            )
        )

    def _get_limit_changes(self, vals):
        """Return ``{customer: limit before}`` of those whose limit ``vals`` changes.

        A contact's own figure is never used: it follows its commercial entity.
        """
        if "credit_limit" not in vals:
            return {}
        # sudo: the former limit is needed whatever the user may read
        entities = self.sudo().filtered(lambda p: p.commercial_partner_id == p)
        changes = {
            partner.with_env(self.env): partner.credit_limit
            for partner in entities
            if partner.credit_limit != (vals["credit_limit"] or 0.0)
        }
        if changes and not self.env.company.credit_control:
            kept = entities._get_kept_accounts().partner_id.ids
            changes = {p: limit for p, limit in changes.items() if p.id in kept}
        return changes

    def _get_kept_accounts(self):
        """Return the credit accounts of ``self`` in the current company."""
        # sudo: whether an account exists decides on the record of the change
        return (
            self.env["credit.account"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                ]
            )
        )

    def _follow_initial_limit(self):
        """Guard the limit a new customer is created with."""
        fallback = self._get_default_credit_limit()
        # sudo: the limit is compared whatever the user may read
        amount = self.sudo().credit_limit
        if self.commercial_partner_id != self or amount == fallback:
            return
        self._check_credit_amount(amount)
        self._check_limit_writer()
        self._follow_limit_change(fallback, origin="direct")

    def _follow_limit_change(self, before, origin, reason=None):
        """Record a changed limit, void the certification, take the turn."""
        self.ensure_one()
        company = self.env.company
        # sudo: the new limit is recorded whatever the user may read
        amount = self.sudo().credit_limit
        account = self.env["credit.account"]._ensure(self, company)
        self._append_limit_change(company, before, amount, origin, reason)
        account._reset_certification()
        account._bump(self, company)
        if amount > before:
            account._after_exposure_dropped(self, company)

    def _append_limit_change(self, company, before, amount, origin, reason=None):
        """Write the row of evidence for a limit that is already decided."""
        return self.env["credit.limit.change"]._append(
            [
                {
                    "company_id": company.id,
                    "partner_id": self.id,
                    "origin": origin,
                    "state": "approved",
                    "amount_before": before,
                    "amount": amount,
                    "reason": reason,
                    "requested_by": self.env.uid,
                    "decided_by": self.env.uid,
                    "decided_on": fields.Datetime.now(),
                }
            ]
        )

    # === COMMERCIAL ENTITIES === #

    def _get_credit_entities(self, vals):
        """Return ``{contact: commercial entity}`` when ``vals`` may change it."""
        if not {"parent_id", "is_company"} & vals.keys():
            return {}
        return {partner: partner.commercial_partner_id for partner in self}

    def _follow_credit_entities(self, before):
        """Take the turn on both customers between whom a contact moved.

        A contact that becomes a customer of its own starts with the default limit,
        not with a copy of its former parent's.
        """
        moved = {p: old for p, old in before.items() if p.commercial_partner_id != old}
        if not moved:
            return
        # sudo: the contact moves in all companies at once
        companies = (
            self.env["res.company"].sudo().search([("credit_control", "=", True)])
        )
        for company in companies.sorted("id"):
            entities = self.browse()
            for partner, old in moved.items():
                entities |= old | partner.commercial_partner_id
                if partner.commercial_partner_id == partner:
                    partner.with_company(company)._reset_copied_limit()
            self.env["credit.account"]._bump(entities, company)

    def _get_customers_with_terms(self, vals):
        """Return the customers among ``self`` with a limit, terms or debts of their
        own, when ``vals`` may put them under another customer.
        """
        found = self.browse()
        if not {"parent_id", "is_company"} & vals.keys():
            return found
        customers = self.filtered(lambda p: p.commercial_partner_id == p)
        # sudo: the terms count in all companies, whatever the user may read
        companies = self.env["res.company"].sudo()
        for company in companies.search([("credit_control", "=", True)]):
            figures = self.env["credit.account"]._get_figures(customers, company)
            # Every customer has the default limit.
            default = customers.with_company(company)._get_default_credit_limit()
            found |= customers.filtered(
                lambda p, figures=figures, default=default: (
                    figures[p.id]["hold"]
                    or figures[p.id]["policy"] != "limit"
                    or (figures[p.id]["permanent_limit"] or 0.0) != default
                    or figures[p.id]["exposure"] > 0
                )
            )
        return found

    def _get_default_credit_limit(self):
        """Return the limit of customers without one of their own."""
        field = self._fields["credit_limit"]
        return field.get_company_dependent_fallback(self) or 0.0

    def _reset_copied_limit(self):
        """Give the default limit to a contact that became a customer of its own."""
        fallback = self._get_default_credit_limit()
        # sudo: the copied limit is taken back whatever the user may read
        before = self.sudo().credit_limit
        if before != fallback:
            self._write_credit_limit(fallback)
            self._follow_limit_change(before, origin="split")
