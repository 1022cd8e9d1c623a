from odoo import Command, api, models

RULE = "sale_change_credit.review_rule_change_credit"
STEP = "sale_change_credit.review_step_change_credit"


class ReviewFlow(models.Model):
    _inherit = "review.flow"

    @api.model
    def _add_change_credit_step(self):
        """Add rule and step to the flows of companies that lack them."""
        rule, step = self.env.ref(RULE), self.env.ref(STEP)
        flows = self.with_context(active_test=False).search(
            [("model", "=", "sale.change.notice"), ("id", "!=", rule.flow_id.id)]
        )
        for flow in flows:
            if rule.code in flow.rule_ids.mapped("code"):
                continue
            copy = rule.copy({"flow_id": flow.id, "step_ids": False})
            step.copy({"flow_id": flow.id, "rule_ids": [Command.set(copy.ids)]})
