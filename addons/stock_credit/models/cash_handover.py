from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base_review.tools import check_records

CASHIER = "account_receipt_confirmation.group_receipt_cashier"


class CashHandover(models.Model):
    """Evidence that a customer paid cash when the goods were handed over.

    The cash is with whoever received it until the cashier has confirmed the money:
    what is open follows from the receipts of the payments registered for the row.
    """

    _name = "cash.handover"
    _description = "Cash on Delivery"
    _inherit = ["credit.evidence"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_name = "picking_id"

    picking_id = fields.Many2one(
        comodel_name="stock.picking",
        string="Delivery",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(comodel_name="res.company", required=True)
    currency_id = fields.Many2one(comodel_name="res.currency", required=True)
    amount = fields.Monetary(string="Cash Received")
    amount_waived = fields.Monetary(
        string="Let Go Unpaid",
        help="A delivery supervisor let the goods go without this part.",
    )
    reason = fields.Char()
    date = fields.Date(required=True)
    received_by = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="restrict"
    )
    recorded_by = fields.Many2one(
        comodel_name="res.users", required=True, ondelete="restrict"
    )
    payment_ids = fields.One2many(
        comodel_name="account.payment",
        inverse_name="cash_handover_id",
        string="Payments",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    amount_open = fields.Monetary(
        string="Not Yet at the Cashier",
        compute="_compute_amount_open",
        compute_sudo=True,
    )
    is_open = fields.Boolean(
        compute="_compute_amount_open", search="_search_is_open", compute_sudo=True
    )

    _amount_check = models.Constraint(
        "CHECK (amount >= 0 AND amount < 1e15 AND amount_waived >= 0"
        " AND amount_waived < 1e15 AND amount + amount_waived > 0)",
        "Record how much cash was received, or how much was let go unpaid.",
    )
    _waived_check = models.Constraint(
        "CHECK (amount_waived = 0 OR COALESCE(reason, '') <> '')",
        "Say why goods were let go unpaid.",
    )

    @api.depends("payment_ids.receipt_ids", "amount")
    def _compute_amount_open(self):
        for row in self:
            receipts = row.payment_ids.receipt_ids.filtered(
                lambda receipt, own=row: receipt.currency_id == own.currency_id
            )
            left = row.amount - sum(receipts.mapped("amount"))
            row.amount_open = max(0.0, row.currency_id.round(left))
            row.is_open = bool(row.amount_open)

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["account.payment"].flush_model(["cash_handover_id"])
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                """%s IN (
                SELECT h.id FROM cash_handover h
                  LEFT JOIN account_payment p ON p.cash_handover_id = h.id
                  LEFT JOIN receipt_confirmation r
                    ON r.payment_id = p.id AND r.currency_id = h.currency_id
                 GROUP BY h.id HAVING h.amount > COALESCE(SUM(r.amount), 0))""",
                SQL.identifier(alias, "id"),
            )
        )

    def action_register_payment(self):
        """Open a payment over what is still with the receiver, for the cashier."""
        row = check_records(self, single=True)
        row.check_access("read")
        if not self.env.user.has_group(CASHIER):
            raise AccessError(self.env._("Only a cashier registers the cash."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Payment"),
            "res_model": "account.payment",
            "view_mode": "form",
            "context": {
                "default_payment_type": "inbound",
                "default_partner_type": "customer",
                "default_partner_id": row.partner_id.id,
                "default_currency_id": row.currency_id.id,
                "default_amount": row.amount_open,
                "default_memo": row.order_id.sudo().name,  # sudo: cashiers see none
                "default_cash_handover_id": row.id,
            },
        }
