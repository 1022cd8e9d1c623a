from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_term_orders = fields.Boolean(
        string="Unexecuted orders",
        default=True,
        help="What confirmed orders still have to deliver counts as exposure.",
    )
    credit_term_deliveries = fields.Boolean(
        string="Delivered, not invoiced",
        default=True,
        help="What is delivered and not invoiced yet counts as exposure.",
    )

    def _credit_control_switched_on(self):
        """Back-fill the figures of running orders."""
        super()._credit_control_switched_on()
        for company in self:
            self.env["sale.order"]._backfill_credit(company)
