from odoo import models


class StockMove(models.Model):
    """Which moves take goods out of the house, and which of them need a signature."""

    _name = "stock.move"
    _inherit = ["stock.move", "review.line.mixin"]

    _review_parent_field = "picking_id"
    _review_exempt_fields = ("state", "location_dest_id")

    def _review_line_is_exempt(self):
        """Return whether the move takes nothing out: cancelled, or thrown away."""
        return self.state == "cancel" or self.location_dest_id.usage == "inventory"

    def _filter_departures(self):
        """Return the moves by which goods leave, where deliveries are released."""
        if not self.env["review.flow"]._is_live("stock.picking"):
            return self.browse()
        # sudo: the gate sees every step, whatever the storekeeper may read
        return self.sudo().filtered(lambda move: move._is_departure())

    def _is_departure(self):
        """Return whether the single move is a step on the way to somebody else.

        Returns, receipts, drop-shipping and sales over the counter are none.
        """
        self.ensure_one()
        flow = self.env["review.flow"]._get_flow("stock.picking", self.company_id)
        picking = self.picking_id
        return bool(
            flow
            and self.state != "cancel"
            and self.location_id.usage not in ("customer", "supplier")
            and self._is_outward()
            and (self.picking_type_id or picking.picking_type_id)._is_release_required()
            and not picking._is_counter_sale()
        )

    def _is_outward(self):
        """Return whether the move, or a later step of it, ends outside the house."""
        if self.location_dest_id.usage in ("supplier", "inventory", "production"):
            return False
        ends = (
            self.location_dest_id
            | self.location_final_id
            | self.move_line_ids.location_dest_id
        )
        return any(end._is_outgoing() for end in ends)

    def _is_covered(self, seen=()):
        """Return whether an earlier step drew the goods under a signature.

        The signature belongs to the step that draws the goods from the store; packing
        and shipping follow under the same signature.
        """
        self.ensure_one()
        origins = self.move_orig_ids.filtered(lambda move: move.state != "cancel")
        return bool(origins) and all(
            origin.id not in seen
            and self._continues(origin)
            and (
                origin.picking_id.review_state == "approved"
                or origin._is_covered((*seen, self.id))
            )
            for origin in origins
        )

    def _continues(self, origin):
        """Return whether the single move takes on what ``origin`` has brought."""
        sources = self.location_id | self.move_line_ids.location_id
        return (
            origin._is_departure()
            and origin.product_id == self.product_id
            and self._is_for_receiver_of(origin)
            and not origin.location_dest_id._is_outgoing()
            and all(source._child_of(origin.location_dest_id) for source in sources)
        )

    def _is_for_receiver_of(self, origin):
        """Return whether the goods go to whom ``origin`` was signed for."""
        signed = origin.picking_id.partner_id.commercial_partner_id
        return not signed or signed == self.picking_id.partner_id.commercial_partner_id

    def _needs_signature(self):
        """Return whether the single move needs the signature of its own transfer."""
        return self._is_departure() and not self._is_covered()

    def _get_release_row(self):
        """Return what the supervisor sees of the single move."""
        goods, unit = self.product_id.display_name, self.product_uom.name
        return [goods, self.product_uom_qty, unit]

    # === QUANTITIES, in the unit of the product === #

    def _get_leaving_quantity(self):
        """Return how much leaves, or has left, with the single move."""
        lines = self.move_line_ids
        if self.state != "done" and (self.picked or self._is_any_picked()):
            lines = lines.filtered(lambda line: line.picked or line.state == "done")
        return sum(lines.mapped("quantity_product_uom"))

    def _is_any_picked(self):
        return any(self.picking_id.move_ids.mapped("picked"))

    def _get_left_quantity(self):
        """Return how much has left with the single move."""
        lines = self.move_line_ids
        if self.state != "done":
            lines = lines.filtered(lambda line: line.state == "done")
        return sum(lines.mapped("quantity_product_uom"))

    def _get_signed_quantity(self):
        """Return how much of the single move a signature covers."""
        if not self._is_covered():
            return self.product_qty
        origins = self.move_orig_ids.filtered(lambda move: move.state == "done")
        others = origins.move_dest_ids - self
        drawn = sum(move._get_left_quantity() for move in origins)
        return drawn - sum(move._get_left_quantity() for move in others)

    def _get_quantity_blocker(self):
        """Return why the single move may not take so much, or an empty text."""
        leaving, signed = self._get_leaving_quantity(), self._get_signed_quantity()
        unit = self.product_id.uom_id
        if unit.compare(leaving, signed) <= 0:
            return ""
        return self.env._(
            "%(product)s: %(leaving)s %(unit)s would leave, %(signed)s are signed for. "
            "Reduce the quantity, or change the demand and request the release again.",
            product=self.product_id.display_name,
            leaving=unit.round(leaving),
            signed=unit.round(max(signed, 0.0)),
            unit=unit.name,
        )
