from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What a file says, and what it is attached to.
FILE_FIELDS = frozenset(
    ("raw", "datas", "db_datas", "store_fname", "url", "type", "res_model", "res_id")
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        """Keep the contents of the vendor's invoice, too."""
        if not FILE_FIELDS.isdisjoint(vals):
            self._unlink_except_payment_evidence()
        return super().write(vals)

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
