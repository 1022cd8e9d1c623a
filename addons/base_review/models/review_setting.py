from odoo import api, models


class ReviewSetting(models.AbstractModel):
    """Rows of the set-up of reviews: a change is felt by the next document."""

    _name = "review.setting"
    _description = "Review Setting"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
