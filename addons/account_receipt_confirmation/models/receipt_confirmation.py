from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

#: Customers' payments on a receivable account, less what was confirmed of them.
UNCONFIRMED = """
SELECT payment.partner_id,
       payment.amount_company_currency_signed
       - COALESCE(payment.receipt_confirmed_company, 0) AS amount
  FROM account_payment payment
 WHERE payment.company_id = %(company)s
   AND payment.payment_type = 'inbound'
   AND payment.partner_type = 'customer'
   AND payment.state IN ('in_process', 'paid')
   AND payment.receipt_state != 'confirmed'
   AND (%(since)s::date IS NULL OR payment.date >= %(since)s::date)
   AND %(payer)s
   AND EXISTS (
        SELECT FROM account_move_line item
          JOIN account_account account ON account.id = item.account_id
         WHERE item.move_id = payment.move_id
           AND item.parent_state = 'posted'
           AND account.account_type = 'asset_receivable'
       )
"""


class ReceiptConfirmation(models.Model):
    """Evidence that money of a customer has arrived, or has turned out not to.

    Rows are only ever added.  A bank statement line confirms by being reconciled, a
    cashier by a dated confirmation; what is no longer true is answered by a reversing
    row with a negative amount.
    """

    _name = "receipt.confirmation"
    _description = "Receipt Confirmation"
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "reference", "partner_id.name"]

    name = fields.Char(string="Number", required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    source = fields.Selection(
        selection=[
            ("cashier", "Cashier"),
            ("statement", "Bank Statement"),
            ("reversal", "Reversal"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(
        string="Arrived On",
        required=True,
        readonly=True,
        help="Day on which the money arrived, as the bank or the cashier states it.",
    )
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    statement_line_id = fields.Many2one(
        comodel_name="account.bank.statement.line",
        string="Bank Transaction",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    reference = fields.Char(
        readonly=True, help="Number of the payment or label of the bank transaction."
    )
    reversed_id = fields.Many2one(
        comodel_name="receipt.confirmation",
        string="Reversal Of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversal_ids = fields.One2many(
        comodel_name="receipt.confirmation",
        inverse_name="reversed_id",
        string="Reversals",
        readonly=True,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    amount = fields.Monetary(required=True, readonly=True)
    amount_company = fields.Monetary(
        string="Amount in Company Currency",
        currency_field="company_currency_id",
        readonly=True,
    )
    confirmed_by = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True
    )
    confirmed_at = fields.Datetime(required=True, readonly=True)
    note = fields.Char(readonly=True)

    _amount_check = models.Constraint(
        "CHECK (amount <> 0 AND abs(amount) < 1e15 AND abs(amount_company) < 1e15)",
        "A receipt confirmation needs an amount.",
    )
    _sign_check = models.Constraint(
        "CHECK ((source = 'reversal') = (amount < 0)"
        " AND (source = 'reversal') = (reversed_id IS NOT NULL))",
        "Only a reversal is negative, and it names what it reverses.",
    )
    _company_date_idx = models.Index("(company_id, date DESC, id DESC)")

    # === APPEND ONLY === #

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: rows are added by reconciling or by the cashier's confirmation."""
        raise AccessError(self._get_append_only_message())

    def write(self, vals):
        """Refuse: evidence is never changed."""
        raise AccessError(self._get_append_only_message())

    def unlink(self):
        """Refuse: evidence is never deleted."""
        raise AccessError(self._get_append_only_message())

    def _get_append_only_message(self):
        return self.env._(
            "Receipt confirmations are evidence: they are neither written by hand nor "
            "changed. Confirm the receipt on the payment, or reverse a confirmation."
        )

    def _append(self, vals_list):
        """Add rows of evidence; the only way to create them.

        The caller has locked the payments concerned (``_receipt_lock``) before it
        read what is still to be confirmed.
        """
        if not vals_list:
            return self.browse()
        # Accountants who reconcile are not cashiers, yet their work is evidence.
        rows = super(ReceiptConfirmation, self.sudo()).create(
            [{**self._prepare_row(vals["company_id"]), **vals} for vals in vals_list]
        )
        arrived = rows.filtered(lambda row: row.amount > 0)
        if arrived:
            arrived._after_confirmed()
        if reversals := rows - arrived:
            reversals._after_reversed()
        return rows

    def _prepare_row(self, company_id):
        """Return number, author and time of a new row of the company."""
        sequence = self.env["ir.sequence"].sudo()  # numbering is nobody's right
        numbered = sequence.with_company(company_id)
        return {
            "name": numbered.next_by_code("receipt.confirmation"),
            "confirmed_by": self.env.uid,
            "confirmed_at": fields.Datetime.now(),
        }

    # === REVERSAL === #

    def action_reverse(self):
        """Open the wizard that asks why the confirmation is taken back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reverse Confirmation"),
            "res_model": "receipt.reverse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_confirmation_id": self.id},
        }

    def _get_open_amount(self):
        """Return what of the single row has not been reversed, in its currency."""
        self.ensure_one()
        return self.amount + sum(self.reversal_ids.mapped("amount"))

    def _reverse(self, amount=None, note=None):
        """Add the rows that reverse ``self``, the newest first.

        :param float amount: at most this much, in the currency of the rows; all of it
            when left out
        """
        vals_list = []
        for row in self.sorted("id", reverse=True):
            taken = row._get_open_amount()
            if amount is not None:
                taken = min(taken, amount)
                amount -= max(taken, 0)
            if (
                row.source != "reversal"
                and row.currency_id.compare_amounts(taken, 0) > 0
            ):
                vals_list.append(row._prepare_reversal(taken, note))
        return self._append(vals_list)

    def _prepare_reversal(self, amount, note=None):
        self.ensure_one()
        share = amount / self.amount
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "payment_id": self.payment_id.id,
            "statement_line_id": self.statement_line_id.id,
            "reference": self.reference,
            "reversed_id": self.id,
            "source": "reversal",
            "currency_id": self.currency_id.id,
            "amount": -amount,
            "amount_company": -self.company_currency_id.round(
                self.amount_company * share
            ),
            "date": self.company_id._get_today(),
            "note": note,
        }

    # === HOOKS === #

    @api.model
    def _get_unconfirmed_sql(self, company, contact=None):
        """Return the SELECT of customers' payments whose arrival nobody confirmed.

        :param SQL contact: the id of the one contact who paid; all when left out
        :return: SQL yielding ``partner_id`` (who paid), ``amount`` (company currency)
        """
        self._flush_unconfirmed()
        payer = SQL("TRUE")
        if contact is not None:
            payer = SQL("payment.partner_id = %s", contact)
        return SQL(
            UNCONFIRMED,
            company=company.id,
            since=company.receipt_confirmation_since or None,
            payer=payer,
        )

    @api.model
    def _flush_unconfirmed(self):
        self.env["account.payment"].flush_model(
            [
                *("company_id", "partner_id", "payment_type", "partner_type", "state"),
                *("date", "move_id", "amount_company_currency_signed"),
                *("receipt_state", "receipt_confirmed_company"),
            ]
        )
        self.env["account.move.line"].flush_model(
            ["move_id", "account_id", "parent_state"]
        )
        self.env["account.account"].flush_model(["account_type"])

    def _after_confirmed(self):
        """Act on money that has just arrived; ``self`` are the new rows."""

    def _after_reversed(self):
        """Act on confirmations just taken back; ``self`` are the reversing rows."""
