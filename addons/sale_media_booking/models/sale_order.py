from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Confirming books the faces of the lines; cancelling gives them back."""

    _inherit = "sale.order"

    media_count = fields.Integer(compute="_compute_media", compute_sudo=True)
    media_hold_until = fields.Datetime(
        string="Faces Held until", compute="_compute_media", compute_sudo=True
    )

    @api.depends("order_line.media_booking_ids.hold_until")
    def _compute_media(self):
        for order in self:
            bookings = order.order_line.media_booking_ids
            holds = bookings.filtered(lambda booking: booking.state == "hold")
            order.media_count = len(bookings)
            order.media_hold_until = min(holds.mapped("hold_until"), default=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Book the faces of orders that are created as confirmed sales."""
        orders = super().create(vals_list)
        sold = orders.filtered(lambda order: order.state == "sale")
        sold.order_line._media_book()
        return orders

    def write(self, vals):
        """Book on the way to a sale, whoever writes it; release on cancelling."""
        state = vals.get("state")
        entering = self.filtered(lambda o: state == "sale" and o.state != "sale")
        leaving = self.filtered(lambda o: state == "cancel" and o.state != "cancel")
        leaving._media_check_posted()
        result = super().write(vals)
        entering.order_line._media_book()
        leaving._media_give_back()
        return result

    def unlink(self):
        """Give back what deleted quotations hold: the database deletes their lines."""
        self.order_line._media_drop()
        return super().unlink()

    def _confirm_blockers(self):
        """Add why faces of the lines cannot be booked."""
        blockers = super()._confirm_blockers()
        reasons = self.order_line._media_get_blockers()
        for order in self:
            for line in order.order_line:
                if reason := reasons.get(line.id):
                    blockers.setdefault(order.id, []).append(("booking", reason))
        return blockers

    def _media_check_posted(self):
        """Raise for orders whose pictures hang."""
        # sudo: the salesperson who cancels may see less than all bookings.
        posted = self.sudo().order_line.media_booking_ids.filtered(
            lambda booking: booking.state == "posted"
        )
        if posted:
            raise UserError(
                self.env._(
                    "%(order)s cannot be cancelled: %(booking)s is posted. Let process"
                    " control take it down first.",
                    order=posted[0].sale_order_id.name,
                    booking=posted[0].display_name,
                )
            )

    def _media_give_back(self):
        """Cancel the bookings and release the holds of cancelled orders."""
        # sudo: see above.
        bookings = self.sudo().order_line.media_booking_ids
        reason = self.env._("Order cancelled")
        if booked := bookings.filtered(lambda booking: booking.state == "booked"):
            booked._cancel(reason)
        if held := bookings.filtered(lambda b: b.state in {"hold", "option"}):
            held._release(reason)

    # === ACTION METHODS === #

    def action_media_hold(self):
        """Hold the faces of the quotation."""
        self.check_access("write")
        for order in self:
            if order.state not in {"draft", "sent"}:
                raise UserError(self.env._("%s is no quotation.", order.name))
        self.order_line._media_hold()

    def action_media_pick(self):
        """Open the search for free faces."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "sale_media_booking.sale_media_picker_action"
            ),
            "context": {"default_order_id": self.id},
        }

    def action_media_view(self):
        """Open the bookings of the order."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "media_booking.media_booking_action"
            ),
            "domain": [("sale_line_id.order_id", "=", self.id)],
        }
