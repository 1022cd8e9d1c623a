from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    contract_count = fields.Integer(
        string="Contracts",
        compute="_compute_contract_count",
        groups="contract_register.group_contract_user",
    )

    def _compute_contract_count(self):
        groups = self.env["contract.document"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id"],
            ["__count"],
        )
        counts = dict(groups)
        for partner in self:
            partner.contract_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_contracts(self):
        """Open the contracts of the customer's commercial entity."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contract_register.contract_document_action"
        )
        partners = self.commercial_partner_id
        action["domain"] = [("commercial_partner_id", "in", partners.ids)]
        action["context"] = {"default_partner_id": partners[:1].id}
        return action
