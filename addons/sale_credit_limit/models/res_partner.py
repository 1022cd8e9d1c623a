from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.readonly
    def action_credit_open_orders(self):
        """Open the confirmed orders that count towards the exposure."""
        self._check_credit_user()
        return self._get_credit_orders_action()

    def _get_credit_orders_action(self):
        action = self.env["ir.actions.actions"]._for_xml_id("sale.action_orders")
        domain = [
            ("credit_partner_id", "=", self.commercial_partner_id.id),
            ("company_id", "=", self.env.company.id),
            ("credit_open", "!=", 0),
        ]
        return {**action, "domain": domain, "context": {"create": False}}
