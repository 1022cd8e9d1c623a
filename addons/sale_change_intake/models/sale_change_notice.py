from odoo import models


class SaleChangeNotice(models.Model):
    """What a change means for the class and the confirmation of an order."""

    _inherit = "sale.change.notice"

    def _change_check(self):
        """No change while the order is a risk: it is amended and checked first."""
        messages = super()._change_check()
        order = self.order_id
        if order.order_intake and order._is_risk_order():
            messages.append(order._get_risk_text())
        return messages

    def _change_after_applied(self):
        """Bring class and confirmation of the order in line with what was agreed."""
        order = self.order_id
        if order.order_intake:
            if self.kind == "structure" and order.order_class == "standard":
                order.write(
                    {"order_class": "nonstandard", "nonstandard_reason": "new_design"}
                )
            if self._needs_paper() and order.customer_confirmed_on:
                order._intake_confirm("scan", self.partner_id.name)
        return super()._change_after_applied()
