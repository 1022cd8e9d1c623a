from collections import defaultdict

from odoo import fields, models


class AccountPayment(models.Model):
    """What bank transactions say about the arrival of a payment."""

    _inherit = "account.payment"

    def _receipt_sync(self):
        """Add the rows that bring the evidence in line with the bank transactions."""
        # Evidence follows the books, whoever changes them.
        payments = (
            self.sudo()
            .exists()
            .filtered(lambda payment: payment.receipt_ids or payment._is_receipt())
        )
        if not payments:
            return
        payments._receipt_lock()
        for payment in payments:
            if not payment._is_receipt():
                payment.receipt_ids._reverse(
                    note=payment.env._("The payment was cancelled or reset.")
                )
                continue
            matched = payment._get_matched_amounts()
            payment._receipt_reverse_unmatched(matched)
            payment._receipt_confirm_matched(matched)

    def _get_matched_amounts(self):
        """Return ``{bank transaction: amount in the currency of the payment}``."""
        self.ensure_one()
        liquidity_lines, _counterpart, _writeoff = self._seek_for_lines()
        amounts = defaultdict(float)
        for partial in liquidity_lines.matched_credit_ids:
            if transaction := partial.credit_move_id.move_id.statement_line_id:
                amounts[transaction] += partial.debit_amount_currency
        return amounts

    def _receipt_reverse_unmatched(self, matched):
        """Reverse what bank transactions confirmed that are not reconciled any more."""
        by_transaction = self.receipt_ids.filtered(
            lambda row: row.source == "statement"
        ).grouped("statement_line_id")
        for transaction, rows in by_transaction.items():
            confirmed = sum(row._get_open_amount() for row in rows)
            excess = confirmed - matched.get(transaction, 0)
            if self.currency_id.compare_amounts(excess, 0) > 0:
                rows._reverse(
                    excess,
                    self.env._("The bank transaction is not reconciled any more."),
                )

    def _receipt_confirm_matched(self, matched):
        """Confirm what bank transactions prove beyond what is already confirmed.

        A transaction first proves what the cashier confirmed before: the two never
        add up to more than the larger of them.
        """
        proven = sum(matched.values())
        for transaction, amount in matched.items():
            rows = self.receipt_ids.filtered(
                lambda row, line=transaction: (
                    row.source == "statement" and row.statement_line_id == line
                )
            )
            new = min(
                amount - sum(row._get_open_amount() for row in rows),
                proven - sum(self.receipt_ids.mapped("amount")),
                self._get_receipt_open_amount(),
            )
            if self.currency_id.compare_amounts(new, 0) > 0:
                vals = self._prepare_receipt(
                    self.currency_id.round(new), transaction.date, source="statement"
                )
                vals["statement_line_id"] = transaction.id
                self.env["receipt.confirmation"]._append([vals])

    def _get_receipt_open_amount(self):
        """Return what nobody has confirmed yet, in the currency of the payment."""
        self.ensure_one()
        # The cashier's rules must not hide rows of the same payment.
        return self.amount - sum(self.sudo().receipt_ids.mapped("amount"))

    def _prepare_receipt(self, amount, date, **values):
        """Return the values of a row about the single payment."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "payment_id": self.id,
            "reference": self.name,
            "currency_id": self.currency_id.id,
            "amount": amount,
            "amount_company": self._get_receipt_company_amount(amount),
            "date": fields.Date.to_date(date),
            **values,
        }

    def _get_receipt_company_amount(self, amount):
        """Return the part of the booked amount; the last row takes the rounding."""
        booked = self.amount_company_currency_signed
        if (
            self.currency_id.compare_amounts(amount, self._get_receipt_open_amount())
            == 0
        ):
            return booked - sum(self.sudo().receipt_ids.mapped("amount_company"))
        return self.company_currency_id.round(booked * amount / self.amount)
