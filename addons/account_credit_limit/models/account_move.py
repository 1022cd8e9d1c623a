from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    _credit_draft_idx = models.Index(
        "(partner_id, company_id) INCLUDE (amount_residual_signed) "
        "WHERE state = 'draft' AND move_type IN ('out_invoice', 'out_receipt')"
    )

    # === COMPUTE METHODS === #

    def _compute_partner_credit_warning(self):
        """Warn with our figures where the control is on."""
        controlled = self.filtered("company_id.credit_control")
        super(AccountMove, self - controlled)._compute_partner_credit_warning()
        controlled.partner_credit_warning = ""
        invoices = controlled.filtered(
            lambda move: move.state == "draft" and move.move_type == "out_invoice"
        )
        for company, moves in invoices.grouped("company_id").items():
            figures = self.env["credit.account"]._get_figures(moves.partner_id, company)
            for move in moves.filtered("partner_id"):
                added = 0.0 if move._origin else abs(move.amount_total_signed)
                move.partner_credit_warning = self._get_credit_warning(
                    move.partner_id, company, figures[move.partner_id.id], added
                )

    def _get_credit_warning(self, partner, company, figures, added):
        """Return the warning for a document that adds to the exposure, or ''.

        :param float added: what the figures do not contain yet, in company currency
        """
        accounts = self.env["credit.account"]
        figures = {**figures, "exposure": figures["exposure"] + added}
        if not self.env.user._is_internal():
            return ""  # customers read their own documents
        if not accounts._is_over(figures, company):
            return ""
        money = company.currency_id.format
        return self.env._(
            "%(customer)s exceeds the credit limit of %(limit)s: with this document "
            "the exposure is %(exposure)s, %(excess)s too much.",
            customer=partner.commercial_partner_id.name,
            limit=money(figures["limit"]),
            exposure=money(figures["exposure"]),
            excess=money(figures["exposure"] - figures["limit"]),
        )

    # === ACTION METHODS === #

    def button_draft(self):
        balances = self._get_credit_balances()
        result = super().button_draft()
        self._follow_credit_balances(balances, sign=-1)
        return result

    def button_cancel(self):
        balances = self.filtered(lambda move: move.state == "posted")
        balances = balances._get_credit_balances()
        result = super().button_cancel()
        self._follow_credit_balances(balances, sign=-1)
        return result

    # === BUSINESS METHODS === #

    def _post(self, soft=True):
        posted = super()._post(soft)
        balances = posted._get_credit_balances()
        self._follow_credit_balances(balances, sign=1)
        posted._check_credit_after_post()
        return posted

    def _get_credit_balances(self):
        """Return ``{(company, customer): receivable balance}`` under control."""
        balances = {}
        moves = self.filtered("company_id.credit_control")
        # sudo: who posts or cancels may not read every item of the entry
        for line in moves.sudo().line_ids:
            if line.account_id.account_type == "asset_receivable" and line.partner_id:
                key = (line.company_id, line.partner_id.commercial_partner_id)
                balances[key] = balances.get(key, 0.0) + line.balance
        return balances

    def _follow_credit_balances(self, balances, sign):
        """Take the turn on accounts with more exposure, recheck those with less."""
        accounts = self.env["credit.account"]
        for (company, partner), balance in sorted(
            balances.items(), key=lambda item: (item[0][0].id, item[0][1].id)
        ):
            if sign * balance > 0:
                accounts._bump(partner, company)
            elif balance:
                accounts._after_exposure_dropped(partner, company)

    def _check_credit_after_post(self):
        """Refuse manual invoices over the limit in companies that want it."""
        for company, moves in self.grouped("company_id").items():
            if not (company.credit_control and company.credit_block_invoice):
                continue
            manual = moves.filtered(lambda move: move._is_credit_manual())
            accounts = self.env["credit.account"]
            figures = accounts._get_figures(manual.partner_id, company)
            for move in manual:
                partner = move.partner_id
                if accounts._is_over(figures[partner.id], company):
                    raise UserError(
                        self._get_credit_warning(
                            partner, company, figures[partner.id], 0.0
                        )
                    )

    # === HOOKS === #

    def _is_credit_manual(self):
        """Return whether the move is a customer invoice without a checked origin."""
        self.ensure_one()
        return self.move_type in ("out_invoice", "out_receipt")
