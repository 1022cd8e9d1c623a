from odoo import api, models


class ReviewFlow(models.Model):
    """Each company gets its own copy of a shipped flow, to change as it likes."""

    _inherit = "review.flow"

    @api.model
    def _purchase_find_flow(self, model, company):
        """Return the company's own flow for a kind of document, in use or newest."""
        return self.with_context(active_test=False).search(
            [("model", "=", model), ("company_id", "=", company.id)],
            order="active desc, id desc",
            limit=1,
        )

    def _purchase_copy_to(self, company, fallback):
        """Return a copy of the single flow for ``company``, switched off."""
        self.ensure_one()
        flow = self.copy({"name": self.name, "company_id": company.id})
        flow.step_ids.filtered("is_final").name = self._get_final_step().name
        rules = {
            rule: rule.copy({"flow_id": flow.id, "step_ids": False})
            for rule in self.rule_ids
        }
        for step in self.step_ids.filtered(lambda step: not step.is_final):
            adding = [rules[rule].id for rule in step.rule_ids]
            step.copy(
                {
                    "flow_id": flow.id,
                    "rule_ids": [(6, 0, adding)],
                    "fallback_user_id": (fallback or step.fallback_user_id).id,
                }
            )
        flow._purchase_copy_names(self)
        return flow

    def _purchase_copy_names(self, shipped):
        """Copy the translated names of a flow and its final column."""
        pairs = [(shipped, self), (shipped._get_final_step(), self._get_final_step())]
        for source, target in pairs:
            translations, _context = source.get_field_translations("name")
            names = {
                term["lang"]: term["value"] for term in translations if term["value"]
            }
            target.update_field_translations("name", names)

    def _purchase_name_final_step(self, xmlid):
        """Give the final column an external id, so that its name is translated."""
        self.ensure_one()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": xmlid, "record": self._get_final_step(), "noupdate": True}]
        )
