from odoo import models


class ReviewSetting(models.AbstractModel):
    """Rows of the set-up of reviews: a change is felt by the next document."""

    _name = "review.setting"
    _inherit = ["deadline.setting"]
    _description = "Review Setting"
