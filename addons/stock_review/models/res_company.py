from odoo import fields, models

SHIPPED_FLOW = "stock_review.review_flow_stock_picking"


class ResCompany(models.Model):
    _inherit = "res.company"

    delivery_release = fields.Boolean(
        compute="_compute_delivery_release",
        inverse="_inverse_delivery_release",
        help="Goods leave the store after the supervisor has signed the delivery only.",
    )
    delivery_release_fallback_id = fields.Many2one(
        comodel_name="res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Signs when no delivery supervisor may: absent, or involved already.",
    )

    def _compute_delivery_release(self):
        flows = self.env["review.flow"]
        for company in self:
            company.delivery_release = bool(flows._get_flow("stock.picking", company))

    def _inverse_delivery_release(self):
        # sudo: who may change the company may switch its release
        shipped = self.env.ref(SHIPPED_FLOW).sudo()
        for company in self:
            shipped._switch_for_company(
                company,
                company.delivery_release,
                company.delivery_release_fallback_id,
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("delivery_release_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                flows._find_of_company("stock.picking", company)._set_fallback(
                    company.delivery_release_fallback_id
                )
        return result
