from odoo import api, models

from ..cache import forget


class ResourceCalendarLeaves(models.Model):
    """Public holidays change the working time of all, personal time off does not."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._forget_timelines()
        return leaves

    def write(self, vals):
        public = self._has_public()
        result = super().write(vals)
        self._forget_timelines(public)
        return result

    def unlink(self):
        public = self._has_public()
        result = super().unlink()
        self.browse()._forget_timelines(public)
        return result

    def _has_public(self):
        return any(not leave.resource_id for leave in self)

    def _forget_timelines(self, public=False):
        if public or self._has_public():
            forget(self.env)
