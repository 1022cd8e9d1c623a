from odoo import api, models


class StockPicking(models.Model):
    """The cards by review step."""

    _inherit = "stock.picking"

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        """Open the column of what is to be requested, which the client would fold."""
        if (
            list(groupby[:1]) == ["review_step_id"]
            and kwargs.get("auto_unfold")
            and not kwargs.get("opening_info")
        ):
            limit = kwargs.get("unfold_read_default_limit", 80)
            unfolded = {"value": False, "folded": False, "limit": limit, "offset": 0}
            kwargs["opening_info"] = [unfolded]
        return super().web_read_group(domain, groupby, *args, **kwargs)
