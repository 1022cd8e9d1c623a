from odoo import fields, models

MODEL = "sale.change.notice"
SHIPPED_FLOW = "sale_change_notice.review_flow_change_notice"


class ResCompany(models.Model):
    _inherit = "res.company"

    order_changes = fields.Boolean(
        string="Change Notices",
        compute="_compute_order_changes",
        inverse="_inverse_order_changes",
        help="Confirmed orders change by approved change notices only.",
    )
    order_change_fallback_id = fields.Many2one(
        comodel_name="res.users",
        string="Change Notice Fallback",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Decides a change notice when nobody else may.",
    )
    order_change_department_ids = fields.Many2many(
        comodel_name="hr.department",
        relation="res_company_change_department_rel",
        string="Departments Told of Changes",
        domain="[('company_id', 'in', [id, False])]",
        help="Each gets the applied change notice and acknowledges it.",
    )

    def _compute_order_changes(self):
        flows = self.env["review.flow"]
        for company in self:
            company.order_changes = bool(flows._get_flow(MODEL, company))

    def _inverse_order_changes(self):
        # sudo: who may change the company may switch its reviews
        shipped = self.env.ref(SHIPPED_FLOW).sudo()
        for company in self:
            shipped._switch_for_company(
                company, company.order_changes, company.order_change_fallback_id
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("order_change_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                flows._find_of_company(MODEL, company)._set_fallback(
                    company.order_change_fallback_id
                )
        return result
