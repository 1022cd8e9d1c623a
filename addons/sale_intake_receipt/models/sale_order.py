from odoo import fields, models


class SaleOrder(models.Model):
    """Prepaid means arrived, where the company confirms its receipts."""

    _inherit = "sale.order"

    def _get_prepaid_on(self):
        """Return when confirmed money covered the prepayment, or False."""
        if not self.company_id.require_confirmed_prepayment:
            return super()._get_prepaid_on()
        arrived = self._get_confirmed_prepayments()[self.id]
        required = self._get_prepayment_to_confirm()
        if self.currency_id.compare_amounts(arrived, required) < 0:
            return False
        return fields.Datetime.now()
