from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Hand over the open reviews of whoever is archived, so that nothing hangs."""
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            # sudo: whoever archives a user need not be a reviewer
            tasks = (
                self.env["review.task"]
                .sudo()
                .search([("state", "=", "todo"), ("user_id", "in", self.ids)])
            )
            tasks._reassign(self, self.env._("The reviewer was archived."))
        return result
