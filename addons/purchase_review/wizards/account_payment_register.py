from odoo import fields, models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    payment_request_id = fields.Many2one("payment.request")

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        return {**vals, **self._prepare_payment_request(batch_result)}

    def _create_payment_vals_from_batch(self, batch_result):
        vals = super()._create_payment_vals_from_batch(batch_result)
        return {**vals, **self._prepare_payment_request(batch_result)}

    def _prepare_payment_request(self, batch_result):
        """Return the approved request of the one bill that is paid, if there is one."""
        bill = batch_result["lines"].move_id
        if len(bill) != 1 or not bill._needs_payment_request():
            return {}
        request = self.payment_request_id
        if request.move_id != bill:
            request = bill.payment_request_ids.filtered(
                lambda request: request.state == "approved"
            ).sorted("id")[:1]
        return {"payment_request_id": request.id} if request else {}
