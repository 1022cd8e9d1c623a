from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_payment_evidence(self):
        """Keep the vendor's invoice that a payment was approved on."""
        bills = [
            file.res_id
            for file in self
            if file.res_model == "account.move" and not file.res_field and file.res_id
        ]
        if not bills:
            return
        # sudo: requests of every company count.
        request = (
            self.env["payment.request"]
            .sudo()
            .search(
                Domain("move_id", "in", bills)
                & Domain("state", "in", ("approved", "paid")),
                limit=1,
            )
        )
        if request:
            raise UserError(
                self.env._(
                    "Payment request %s was approved on this file: it stays.",
                    request.name,
                )
            )
