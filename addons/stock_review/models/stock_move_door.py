from odoo import api, models
from odoo.exceptions import UserError

#: What can make goods count as gone, or more of them.
DOOR_FIELDS = frozenset(
    (
        "state",
        "picked",
        "quantity",
        "location_id",
        "location_dest_id",
        "location_final_id",
        "move_line_ids",
        "picking_id",
        "picking_type_id",
        "product_uom",
    )
)


class StockMove(models.Model):
    """The hard door: goods leave only with a transfer that may let them go."""

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse moves created as done without a signature."""
        moves = super().create(vals_list)
        moves._release_check_grown({})
        return moves

    def write(self, vals):
        """Refuse goods that go, or go in a larger quantity, by writing on moves."""
        if DOOR_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._release_get_left()
        result = super().write(vals)
        self._release_check_grown(before)
        return result

    def _action_done(self, cancel_backorder=False):
        """Let goods go only when nothing stands against it."""
        leaving = self._filter_departures().filtered(
            lambda move: (
                move.state != "done" and move.picked and move._get_leaving_quantity()
            )
        )
        leaving._release_check()
        with leaving.picking_id._release_departing():
            return super()._action_done(cancel_backorder=cancel_backorder)

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        """Start the clock of the shipping notice."""
        moves = super()._action_confirm(
            merge=merge, merge_into=merge_into, create_proc=create_proc
        )
        moves._filter_departures().picking_id._release_start_notice()
        return moves

    def _action_cancel(self):
        """Forget holds and clocks of deliveries that are not to leave any more."""
        result = super()._action_cancel()
        if self.env["review.flow"]._is_live("stock.picking"):
            self.sudo().picking_id._release_forget_cancelled()  # sudo: bookkeeping
        return result

    # === CHECKS === #

    def _release_check(self):
        """Raise for these moves unless their transfers may let them go now.

        :raise UserError: naming each transfer with its reasons and remedies
        """
        for move in self:
            if not move.picking_id:
                raise UserError(
                    self.env._(
                        "%s would leave without a delivery that somebody could sign. "
                        "Create a delivery for it.",
                        move.product_id.display_name,
                    )
                )
        self.picking_id._release_check_departure()

    def _release_get_left(self):
        """Return ``{move id: quantity that has left}`` of the moves that go outside."""
        return {
            move.id: move._get_left_quantity() for move in self._filter_departures()
        }

    def _release_check_grown(self, before):
        """Check the moves by which more has left than ``before``."""
        departing = self.env["stock.picking"]._release_get_departing()
        self._filter_departures().filtered(
            lambda move: (
                move.picking_id.id not in departing
                and move.product_id.uom_id.compare(
                    move._get_left_quantity(), before.get(move.id, 0.0)
                )
                > 0
            )
        )._release_check()
