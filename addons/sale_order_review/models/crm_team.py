from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmTeam(models.Model):
    """A sales team is a business unit; its leader is the unit's supervisor."""

    _inherit = "crm.team"

    parent_id = fields.Many2one(
        "crm.team",
        string="Parent Unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Its leader approves what exceeds the authority of this unit's leader.",
    )
    child_ids = fields.One2many("crm.team", "parent_id", string="Sub-units")
    accountant_id = fields.Many2one(
        "res.users",
        string="Unit Accountant",
        check_company=True,
        domain="[('share', '=', False)]",
        help="Certifies the credit data of the unit's customers.",
    )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A business unit cannot be above itself. Choose another.")
            )
