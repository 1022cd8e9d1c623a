from collections import defaultdict

from odoo import api, fields, models


class AccountBankStatementLine(models.Model):
    """Bank transactions reconciled directly with what a customer owes."""

    _inherit = "account.bank.statement.line"

    receipt_ids = fields.One2many(
        comodel_name="receipt.confirmation",
        inverse_name="statement_line_id",
        string="Receipt Confirmations",
        readonly=True,
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_reverse_receipts(self):
        # Evidence follows the books, whoever deletes.
        self.sudo().receipt_ids._reverse(
            note=self.env._("The bank transaction was deleted.")
        )

    def _receipt_sync(self):
        """Add the rows that bring the evidence in line with the reconciliation."""
        for transaction in self.sudo().exists():
            matched = transaction._get_matched_receivables()
            rows = transaction.receipt_ids.filtered(
                lambda row: not row.payment_id and row.source == "statement"
            )
            by_partner = rows.grouped("partner_id")
            for partner in {*matched, *by_partner}:
                transaction._receipt_sync_partner(
                    partner, matched.get(partner, 0), by_partner.get(partner, rows[:0])
                )

    def _receipt_sync_partner(self, partner, matched, rows):
        currency = self.company_id.currency_id
        change = matched - sum(row._get_open_amount() for row in rows)
        if currency.compare_amounts(change, 0) < 0:
            rows._reverse(
                -change, self.env._("The bank transaction is not reconciled any more.")
            )
        elif currency.compare_amounts(change, 0) > 0:
            self.env["receipt.confirmation"]._append(
                [self._prepare_receipt(partner, currency.round(change))]
            )

    def _get_matched_receivables(self):
        """Return ``{commercial entity: amount in company currency}`` of paid items."""
        self.ensure_one()
        amounts = defaultdict(float)
        for partial in self.move_id.line_ids.matched_debit_ids:
            item = partial.debit_move_id
            if (
                item.account_type == "asset_receivable"
                and not item.move_id.origin_payment_id
                and not item.move_id.statement_line_id
            ):
                amounts[item.partner_id.commercial_partner_id] += partial.amount
        return amounts

    def _prepare_receipt(self, partner, amount):
        """Return the values of a row about money booked without a payment."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "statement_line_id": self.id,
            "reference": self.payment_ref or self.name,
            "source": "statement",
            "currency_id": self.company_id.currency_id.id,
            "amount": amount,
            "amount_company": amount,
            "date": self.date,
        }
