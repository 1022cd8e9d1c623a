from odoo import api, models
from odoo.exceptions import UserError


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse links to the payment of an order that may not be paid."""
        wizards = super().create(vals_list)
        for wizard in wizards.filtered(lambda link: link.res_model == "sale.order"):
            order = self.env["sale.order"].browse(wizard.res_id)
            for message in order._intake_payment_blockers().get(order.id, []):
                text = f"{order.name}: {message}"
                raise UserError(text)
        return wizards
