from odoo import api, fields, models


class MediaBookingEvent(models.Model):
    """What happened to a booking: who did what, and when. Append-only."""

    _name = "media.booking.event"
    _description = "Media Booking Event"
    _inherit = ["evidence.mixin"]
    _order = "id desc"

    booking_id = fields.Many2one(
        "media.booking", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="booking_id.company_id", store=True, index=True, precompute=True
    )
    verb = fields.Selection(
        [
            ("hold", "Held"),
            ("option", "Option taken"),
            ("promote", "Promoted"),
            ("renew", "Renewed"),
            ("challenge", "Challenged"),
            ("transfer", "Transferred"),
            ("move", "Moved"),
            ("extend", "Extended"),
            ("book", "Booked"),
            ("filler", "Filler placed"),
            ("creative", "Creative changed"),
            ("post", "Posted"),
            ("remove", "Taken down"),
            ("expire", "Lapsed"),
            ("release", "Released"),
            ("cancel", "Cancelled"),
            ("import", "Imported"),
        ],
        required=True,
    )
    user_id = fields.Many2one("res.users", string="By", required=True)
    done_on = fields.Datetime(string="At", required=True)
    state = fields.Char(string="Status After", required=True)
    face_id = fields.Many2one("media.face", required=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    partner_id = fields.Many2one("res.partner")
    creative = fields.Char()
    note = fields.Char()

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The history of a booking is evidence: it is neither written by hand nor"
            " changed. Use the buttons of the booking."
        )

    def _log(self, bookings, verb, note=None):
        """Add one row for each booking, as it is now; the only way to add any."""
        values = {
            "verb": verb,
            "user_id": self.env.uid,
            "done_on": fields.Datetime.now(),
            "note": note,
        }
        events = self._append(
            [{**values, **booking._prepare_event()} for booking in bookings]
        )
        bookings.invalidate_recordset(["event_ids"], flush=False)
        return events
