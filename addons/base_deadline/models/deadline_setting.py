from odoo import api, models

from ..cache import forget


class DeadlineSetting(models.AbstractModel):
    """Rows that the registry remembers: the next document feels a change of them."""

    _name = "deadline.setting"
    _description = "Remembered Setting"

    @api.model_create_multi
    def create(self, vals_list):
        settings = super().create(vals_list)
        forget(self.env)
        return settings

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result

    def unlink(self):
        result = super().unlink()
        forget(self.env)
        return result
