from odoo import api, models

SHIPPED_FLOW = "sale_order_review.review_flow_sale_order"


class ReviewFlow(models.Model):
    _inherit = "review.flow"

    def _sync_order_review_rules(self, shipped):
        """Add the shipped rules that the flows lack, to the steps in the same place."""
        for flow in self:
            known = set(flow.rule_ids.mapped("code"))
            steps = flow.step_ids.grouped("sequence")
            missing = [rule for rule in shipped.rule_ids if rule.code not in known]
            for rule in missing:
                copy = rule.copy({"flow_id": flow.id, "step_ids": False})
                for step in rule.step_ids:
                    steps.get(step.sequence, step.browse()).rule_ids += copy

    @api.model
    def _sync_all_order_review_rules(self):
        """Bring rules that a module adds to the shipped flow into the companies' flows.

        Modules that ship such a rule call this from their ``post_init_hook``.
        """
        shipped = self.env.ref(SHIPPED_FLOW)
        flows = self.with_context(active_test=False).search(
            [("model", "=", "sale.order"), ("id", "!=", shipped.id)]
        )
        flows._sync_order_review_rules(shipped)
