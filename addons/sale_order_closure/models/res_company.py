from odoo import fields, models

SHIPPED_FLOW = "sale_order_closure.review_flow_closure"


def _get_admin(company):
    return company.env.ref("base.user_admin", raise_if_not_found=False)


class ResCompany(models.Model):
    _inherit = "res.company"

    order_closure = fields.Boolean(
        compute="_compute_order_closure",
        inverse="_inverse_order_closure",
        help="Confirmed orders are cancelled or cut short by an approved closure only.",
    )
    order_closure_fallback_id = fields.Many2one(
        comodel_name="res.users",
        default=_get_admin,
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Decides on a closure when nobody else may.",
    )
    order_closure_accountant_id = fields.Many2one(
        comodel_name="res.users",
        default=_get_admin,
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Makes the credit notes, refunds and penalties that follow a closure.",
    )

    def _compute_order_closure(self):
        flows = self.env["review.flow"]
        for company in self:
            company.order_closure = bool(flows._get_flow("sale.order.closure", company))

    def _inverse_order_closure(self):
        # sudo: who may change the company may switch its closures
        shipped = self.env.ref(SHIPPED_FLOW).sudo()
        for company in self:
            shipped._switch_for_company(
                company, company.order_closure, company.order_closure_fallback_id
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("order_closure_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                flows._find_of_company("sale.order.closure", company)._set_fallback(
                    company.order_closure_fallback_id
                )
        return result
