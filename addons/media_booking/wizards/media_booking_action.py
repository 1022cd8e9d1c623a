from odoo import fields, models


class MediaBookingAction(models.TransientModel):
    """Asks for what a verb needs to know: dates, a reason, a person, a picture."""

    _name = "media.booking.action"
    _description = "Act on a Booking"

    booking_ids = fields.Many2many("media.booking", required=True)
    verb = fields.Selection(
        [
            ("move", "Move"),
            ("extend", "Extend"),
            ("make_good", "Make Good"),
            ("overshow", "Overshow"),
            ("transfer", "Transfer"),
            ("creative", "Change Creative"),
            ("cancel", "Cancel Booking"),
        ],
        required=True,
    )
    face_id = fields.Many2one("media.face")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    user_id = fields.Many2one("res.users", string="Salesperson")
    partner_id = fields.Many2one("res.partner", string="Customer")
    creative = fields.Char()
    reason = fields.Char()

    def action_apply(self):
        """Do it, with the rights of whoever asked."""
        self.ensure_one()
        return getattr(self, f"_apply_{self.verb}")(self.booking_ids)

    def _apply_move(self, bookings):
        bookings.move(self.date_from, self.date_to, self.face_id.id or None)

    def _apply_extend(self, bookings):
        bookings.extend(self.date_to)

    def _apply_make_good(self, bookings):
        face = self.face_id.id or None
        return self._open(bookings.make_good(self.date_from, self.date_to, face))

    def _apply_overshow(self, bookings):
        return self._open(bookings.make_good(None, self.date_to, kind="overshow"))

    def _apply_transfer(self, bookings):
        bookings.transfer(
            self.user_id.id or None, self.partner_id.id or None, self.reason
        )

    def _apply_creative(self, bookings):
        bookings.change_creative(self.creative, self.reason)

    def _apply_cancel(self, bookings):
        bookings.cancel(self.reason)

    def _open(self, booking_id):
        return {
            "type": "ir.actions.act_window",
            "res_model": "media.booking",
            "res_id": booking_id,
            "views": [(False, "form")],
        }
