from odoo import Command, api, models


class ReviewFlow(models.Model):
    """Each company gets its own copy of a shipped flow, to change as it likes.

    The callers hold the right to change the company; the flows follow in sudo.
    """

    _inherit = "review.flow"

    @api.model
    def _find_of_company(self, model, company):
        """Return the company's own flow for a kind of document, in use or newest."""
        return self.with_context(active_test=False).search(
            [("model", "=", model), ("company_id", "=", company.id)],
            order="active desc, id desc",
            limit=1,
        )

    def _switch_for_company(self, company, active, fallback):
        """Switch the company's own flow on or off; make it of the single shipped one.

        :param fallback: who decides in the copy when nobody else may
        """
        self.ensure_one()
        flow = self._find_of_company(self.model, company)
        if active and not flow:
            flow = self._copy_to_company(company, fallback)
        flow.active = active

    def _copy_to_company(self, company, fallback):
        """Return a copy of the single flow with steps and rules, switched off."""
        self.ensure_one()
        flow = self.copy({"name": self.name, "company_id": company.id})
        rules = {
            rule: rule.copy({"flow_id": flow.id, "step_ids": False})
            for rule in self.rule_ids
        }
        for step in self._get_steps():
            step.copy(
                {
                    "flow_id": flow.id,
                    "fallback_user_id": (fallback or step.fallback_user_id).id,
                    "rule_ids": [
                        Command.set([rules[rule].id for rule in step.rule_ids])
                    ],
                }
            )
        self._copy_name_to(flow)
        self._get_final_step()._copy_name_to(flow._get_final_step())
        return flow

    def _set_fallback(self, user):
        """Let ``user`` decide every step of the flows when nobody else may."""
        self.step_ids.filtered(lambda step: not step.is_final).fallback_user_id = user

    def _name_final_step(self, xmlid):
        """Give the final column an external id, so that its name is translated."""
        self.ensure_one()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": xmlid, "record": self._get_final_step(), "noupdate": True}]
        )


class ReviewSetting(models.AbstractModel):
    _inherit = "review.setting"

    def _copy_name_to(self, other):
        """Copy the name of the single record in every language."""
        terms, _context = self.get_field_translations("name")
        names = {term["lang"]: term["value"] or term["source"] for term in terms}
        other.update_field_translations("name", names)
