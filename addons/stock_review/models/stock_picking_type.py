from odoo import api, fields, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    release_required = fields.Boolean(
        string="Signature before Goods Leave",
        compute="_compute_release_required",
        store=True,
        readonly=False,
        precompute=True,
        help="Deliveries of this type wait for the supervisor's signature where the "
        "company releases deliveries. In several steps the tick of the "
        "last one counts.",
    )

    @api.depends("code")
    def _compute_release_required(self):
        for kind in self:
            kind.release_required = kind.code == "outgoing"

    def _is_release_required(self):
        """Return whether goods that leave by this type need a signature.

        Every step of a delivery follows the type of the last one, so that another
        type is no way around it.
        """
        last = self if self.code == "outgoing" else self.warehouse_id.out_type_id
        return last.release_required if last else True
