from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    """The copy of the approved Sales Application that finance keeps."""

    _inherit = "sale.order"

    finance_copy_state = fields.Selection(
        [("none", "None"), ("sent", "To File"), ("filed", "Filed")],
        string="Finance Copy",
        required=True,
        readonly=True,
        default="none",
        copy=False,
        index=True,
        help="Opened when the Sales Application is approved, ticked by finance.",
    )
    finance_copy_sent_on = fields.Datetime(
        string="Copy Sent On", readonly=True, copy=False
    )
    finance_copy_filed_on = fields.Datetime(
        string="Copy Filed On", readonly=True, copy=False
    )
    finance_copy_filed_by_id = fields.Many2one(
        "res.users", string="Copy Filed By", readonly=True, copy=False
    )

    def action_file_finance_copy(self):
        """Tick the finance copies that have arrived, by finance only."""
        if not self.env.user.has_group("sale_order_review.group_order_finance"):
            raise AccessError(
                self.env._("Only finance files the finance copy of an application.")
            )
        self.check_access("read")
        for order in self:
            if order.finance_copy_state != "sent":
                raise UserError(
                    self.env._("Order %s has no finance copy to file.", order.name)
                )
        # sudo: finance has no right to change orders, only to tick their own copy.
        self.sudo()._order_review_write(
            {
                "finance_copy_state": "filed",
                "finance_copy_filed_on": fields.Datetime.now(),
                "finance_copy_filed_by_id": self.env.uid,
            }
        )

    def _open_finance_copy(self):
        """Send finance a fresh copy of what was just approved."""
        self._order_review_write(
            {
                "finance_copy_state": "sent",
                "finance_copy_sent_on": fields.Datetime.now(),
                "finance_copy_filed_on": False,
                "finance_copy_filed_by_id": False,
            }
        )
