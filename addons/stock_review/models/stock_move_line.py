from odoo import api, models

#: What moves stock when it is written on a line that has left.
DOOR_FIELDS = frozenset(
    (
        "state",
        "quantity",
        "product_uom_id",
        "location_id",
        "location_dest_id",
        "move_id",
        "picking_id",
        "quant_id",
    )
)


class StockMoveLine(models.Model):
    """The narrowest door: here stock changes."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines that take out more than was signed for."""
        known = {vals["move_id"] for vals in vals_list if vals.get("move_id")}
        before = self.env["stock.move"].browse(known)._release_get_left()
        lines = super().create(vals_list)
        lines.move_id._release_check_grown(before)
        return lines

    def write(self, vals):
        """Refuse changes that take out more than was signed for."""
        if DOOR_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self.move_id._release_get_left()
        result = super().write(vals)
        self.move_id._release_check_grown(before)
        return result

    def _action_done(self):
        """Check what reaches this door past the one of the moves."""
        departing = self.env["stock.picking"]._release_get_departing()
        self.move_id._filter_departures().filtered(
            lambda move: move.picking_id.id not in departing
        )._release_check()
        return super()._action_done()
