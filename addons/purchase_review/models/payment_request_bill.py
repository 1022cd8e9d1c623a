from odoo import models
from odoo.tools import SQL


class PaymentRequest(models.Model):
    """What is left of a bill: requests together never ask for more."""

    _inherit = "payment.request"

    def _lock_bill(self):
        """Let concurrent requests for the same bill wait for each other.

        The row of the bill is modified: the later transaction is retried.
        """
        self.env.execute_query(
            SQL(
                "UPDATE account_move SET payment_request_version ="
                " COALESCE(payment_request_version, 0) + 1 WHERE id IN %s RETURNING id",
                tuple(self.move_id.ids) or (0,),
            )
        )

    def _get_bill_left(self):
        """Return what no other live request of the bill asks for yet."""
        self.ensure_one()
        bill = self.move_id._origin
        # sudo: requests of others count, too.
        others = self.sudo().search(
            [("move_id", "=", bill.id), ("state", "!=", "cancelled")]
        )
        others -= self._origin
        unpaid = sum(
            request.amount - request.amount_paid
            for request in others
            if request.state != "paid"
        )
        asked = sum(others.mapped("amount"))
        return min(bill.amount_residual - unpaid, bill.amount_total - asked)

    def _get_amount_blocker(self):
        """Return why the amount of the single request is too high, or an empty text."""
        left = self._get_bill_left()
        if self.currency_id.compare_amounts(self.amount, left) <= 0:
            return ""
        return self.env._(
            "%(bill)s has only %(left)s left that was neither paid nor asked for.",
            bill=self.move_id.display_name,
            left=self.currency_id.format(max(left, 0.0)),
        )
