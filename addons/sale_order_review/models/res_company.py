from odoo import fields, models
from odoo.fields import Command

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
        for company in self:
            # sudo: who may change the company may switch its review.
            flow = company.sudo()._find_order_review_flow()
            if company.order_review and not flow:
                flow = company.sudo()._create_order_review_flow()
            flow.active = company.order_review

    def write(self, vals):
        result = super().write(vals)
        if vals.get("order_review_fallback_id"):
            for company in self:
                # sudo: the steps follow the setting of the company.
                steps = company.sudo()._find_order_review_flow().step_ids
                steps.filtered(lambda step: not step.is_final).fallback_user_id = vals[
                    "order_review_fallback_id"
                ]
        return result

    def _find_order_review_flow(self):
        """Return the company's own flow for orders, in use or newest."""
        self.ensure_one()
        flows = self.env["review.flow"].with_context(active_test=False)
        return flows.search(
            [("model", "=", "sale.order"), ("company_id", "=", self.id)],
            order="active desc, id desc",
            limit=1,
        )

    def _create_order_review_flow(self):
        """Give the company its own copy of the shipped flow, to change as it likes."""
        self.ensure_one()
        shipped = self.env.ref(SHIPPED_FLOW)
        flow = self.env["review.flow"].create(
            {
                "name": shipped.name,
                "model_id": shipped.model_id.id,
                "company_id": self.id,
                "on_edit": shipped.on_edit,
                "sequence": shipped.sequence,
                "step_ids": [
                    Command.create(self._prepare_order_review_step(step))
                    for step in shipped.step_ids
                    if not step.is_final
                ],
            }
        )
        self._copy_order_review_terms(shipped, flow)
        flow._sync_order_review_rules(shipped)
        return flow

    def _prepare_order_review_step(self, step):
        """Return the values of the company's copy of a shipped step."""
        fallback = self.order_review_fallback_id or step.fallback_user_id
        return {
            "name": step.name,
            "sequence": step.sequence,
            "condition": step.condition,
            "assign_by": step.assign_by,
            "user_id": step.user_id.id,
            "group_id": step.group_id.id,
            "field_path": step.field_path,
            "policy": step.policy,
            "fallback_user_id": fallback.id,
            "limit_id": step.limit_id.id,
            "fold": step.fold,
        }

    def _copy_order_review_terms(self, shipped, flow):
        """Copy the translated names of the flow and its steps."""
        pairs = [(shipped, flow)]
        steps = flow.step_ids.grouped("sequence")
        pairs += [(step, steps[step.sequence][:1]) for step in shipped.step_ids]
        for source, target in pairs:
            translations, _context = source.get_field_translations("name")
            target.update_field_translations(
                "name",
                {term["lang"]: term["value"] for term in translations if term["value"]},
            )
