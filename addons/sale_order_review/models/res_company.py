from odoo import fields, models

from .review_flow import SHIPPED_FLOW


class ResCompany(models.Model):
    _inherit = "res.company"

    order_review = fields.Boolean(
        compute="_compute_order_review",
        inverse="_inverse_order_review",
        help="Orders are confirmed after the review of their Sales Application only.",
    )
    order_review_fallback_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Decides an order when nobody else may: the leader is absent or sold it.",
    )

    def _compute_order_review(self):
        flows = self.env["review.flow"]
        for company in self:
            company.order_review = bool(flows._get_flow("sale.order", company))

    def _inverse_order_review(self):
        # sudo: who may change the company may switch its review
        shipped = self.env.ref(SHIPPED_FLOW).sudo()
        for company in self:
            shipped._switch_for_company(
                company, company.order_review, company.order_review_fallback_id
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("order_review_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                flows._find_of_company("sale.order", company)._set_fallback(
                    company.order_review_fallback_id
                )
        return result
