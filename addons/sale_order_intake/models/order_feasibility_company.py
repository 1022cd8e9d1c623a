from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_feasibility = fields.Boolean(
        string="Feasibility",
        compute="_compute_order_feasibility",
        inverse="_inverse_order_feasibility",
        help="Production, material control and, for non-standard orders, the technical "
        "department say that an order is feasible before it moves on.",
    )
    order_feasibility_fallback_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        string="Feasibility Fallback",
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Answers for a department when nobody else may.",
    )

    def _compute_order_feasibility(self):
        flows = self.env["review.flow"]
        for company in self:
            company.order_feasibility = bool(
                flows._get_flow("order.feasibility", company)
            )

    def _inverse_order_feasibility(self):
        # sudo: who may change the company may switch its reviews
        shipped = self.env.ref("sale_order_intake.review_flow_feasibility").sudo()
        for company in self:
            shipped._switch_for_company(
                company,
                company.order_feasibility,
                company.order_feasibility_fallback_id,
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("order_feasibility_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                flow = flows._find_of_company("order.feasibility", company)
                flow._set_fallback(company.order_feasibility_fallback_id)
        return result


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_feasibility = fields.Boolean(
        related="company_id.order_feasibility", readonly=False
    )
    order_feasibility_fallback_id = fields.Many2one(
        related="company_id.order_feasibility_fallback_id", readonly=False
    )
