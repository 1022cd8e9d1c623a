from odoo import fields, models

#: The switch of the company that each of our flows follows.
SHIPPED_FLOWS = {
    "purchase.order": "purchase_review.review_flow_purchase_order",
    "payment.request": "purchase_review.review_flow_payment_request",
}


class ResCompany(models.Model):
    _inherit = "res.company"

    purchase_review = fields.Boolean(
        compute="_compute_purchase_review",
        inverse="_inverse_purchase_review",
        help="Purchase orders are confirmed after their review only.",
    )
    payment_review = fields.Boolean(
        string="Payment Requests",
        compute="_compute_purchase_review",
        inverse="_inverse_payment_review",
        help="Vendors are paid from approved payment requests only.",
    )
    purchase_review_fallback_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.ref("base.user_admin", raise_if_not_found=False),
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Decides a purchase or a payment when nobody else may.",
    )
    purchase_single_source_amount = fields.Monetary(
        string="Compare Suppliers From",
        default=10000.0,
        help="From this total on, an order without alternatives says why only one "
        "supplier was asked. 0 means every order.",
    )

    _purchase_single_source_check = models.Constraint(
        "CHECK(purchase_single_source_amount >= 0"
        " AND purchase_single_source_amount < 1e15)",
        "The amount from which suppliers are compared cannot be negative.",
    )

    def _compute_purchase_review(self):
        flows = self.env["review.flow"]
        for company in self:
            company.purchase_review = bool(flows._get_flow("purchase.order", company))
            company.payment_review = bool(flows._get_flow("payment.request", company))

    def _inverse_purchase_review(self):
        for company in self:
            company._switch_purchase_flow("purchase.order", company.purchase_review)

    def _inverse_payment_review(self):
        for company in self:
            company._switch_purchase_flow("payment.request", company.payment_review)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("purchase_review_fallback_id"):
            # sudo: the steps follow the setting of the company
            flows = self.env["review.flow"].sudo()
            for company in self:
                for model in SHIPPED_FLOWS:
                    flows._find_of_company(model, company)._set_fallback(
                        company.purchase_review_fallback_id
                    )
        return result

    def _switch_purchase_flow(self, model, active):
        # sudo: who may change the company may switch its reviews
        shipped = self.env.ref(SHIPPED_FLOWS[model]).sudo()
        shipped._switch_for_company(self, active, self.purchase_review_fallback_id)
