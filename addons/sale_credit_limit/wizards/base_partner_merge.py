from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _log_merge_operation(self, src_partners, dst_partner):
        """Find the customer of the orders again: the merge moved them by SQL."""
        super()._log_merge_operation(src_partners, dst_partner)
        # sudo: who merges contacts need not see all their orders
        orders = (
            self.env["sale.order"]
            .sudo()
            .search(
                [
                    "|",
                    ("partner_invoice_id", "child_of", dst_partner.id),
                    ("credit_partner_id", "=", dst_partner.id),
                ]
            )
        )
        self.env.add_to_compute(orders._fields["credit_partner_id"], orders)
        self.env.flush_all()
