from odoo import fields, models
from odoo.fields import Command

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
        for company in self:
            # sudo: who may change the company may switch its release
            flow = company.sudo()._find_delivery_release_flow()
            if company.delivery_release and not flow:
                flow = company.sudo()._create_delivery_release_flow()
            flow.active = company.delivery_release

    def write(self, vals):
        result = super().write(vals)
        if vals.get("delivery_release_fallback_id"):
            for company in self:
                # sudo: the steps follow the setting of the company
                steps = company.sudo()._find_delivery_release_flow().step_ids
                steps.filtered(
                    lambda step: not step.is_final
                ).fallback_user_id = company.delivery_release_fallback_id
        return result

    def _find_delivery_release_flow(self):
        """Return the company's own flow for deliveries, in use or newest."""
        self.ensure_one()
        flows = self.env["review.flow"].with_context(active_test=False)
        return flows.search(
            [("model", "=", "stock.picking"), ("company_id", "=", self.id)],
            order="active desc, id desc",
            limit=1,
        )

    def _create_delivery_release_flow(self):
        """Give the company its own copy of the shipped flow, to change as it likes."""
        self.ensure_one()
        shipped = self.env.ref(SHIPPED_FLOW)
        flow = self.env["review.flow"].create(
            {
                "name": shipped.name,
                "model_id": shipped.model_id.id,
                "company_id": self.id,
                "on_edit": shipped.on_edit,
                "step_ids": [
                    Command.create(self._prepare_delivery_release_step(step))
                    for step in shipped.step_ids
                    if not step.is_final
                ],
            }
        )
        steps = flow.step_ids.grouped("sequence")
        pairs = [(step, steps[step.sequence][:1]) for step in shipped.step_ids]
        for source, target in [(shipped, flow), *pairs]:
            terms, _context = source.get_field_translations("name")
            names = {term["lang"]: term["value"] for term in terms if term["value"]}
            target.update_field_translations("name", names)
        return flow

    def _prepare_delivery_release_step(self, step):
        """Return the values of the company's copy of a shipped step."""
        fallback = self.delivery_release_fallback_id or step.fallback_user_id
        return {
            "name": step.name,
            "sequence": step.sequence,
            "assign_by": step.assign_by,
            "group_id": step.group_id.id,
            "user_id": step.user_id.id,
            "field_path": step.field_path,
            "policy": step.policy,
            "fallback_user_id": fallback.id,
            "limit_id": step.limit_id.id,
        }
