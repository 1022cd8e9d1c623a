from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import LIVE_STATES

LIVE = "state IN ('hold', 'booked', 'posted', 'removed')"
PERIOD = "daterange(date_from, date_to, '[]')"


class MediaBooking(models.Model):
    """One face, or one slot of its loop, for one period.

    The exclusion constraint decides which bookings can stand beside each other; every
    other check only says the same earlier and in better words.
    """

    _name = "media.booking"
    _description = "Media Booking"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _rec_names_search = ["face_id.code", "face_id.site_id.name", "partner_id.name"]
    _check_company_auto = True

    face_id = fields.Many2one(
        "media.face",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    slot = fields.Integer(required=True, default=1)
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="Until", required=True, tracking=True)
    state = fields.Selection(
        [
            ("option", "Option"),
            ("hold", "Hold"),
            ("booked", "Booked"),
            ("posted", "Posted"),
            ("removed", "Removed"),
            ("filler", "Filler"),
            ("expired", "Expired"),
            ("released", "Released"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="hold",
        copy=False,
        tracking=True,
        group_expand=True,
    )
    kind = fields.Selection(
        [
            ("paid", "Paid"),
            ("free", "Free"),
            ("overshow", "Overshow"),
            ("makegood", "Make-good"),
            ("psa", "Public service"),
            ("maintenance", "Maintenance"),
        ],
        required=True,
        default="paid",
        tracking=True,
    )
    rank = fields.Integer(
        readonly=True, copy=False, help="Place in the queue of options, 1 is next."
    )
    hold_until = fields.Datetime(readonly=True, copy=False, tracking=True)
    challenge_until = fields.Datetime(readonly=True, copy=False, tracking=True)
    renewal_count = fields.Integer(string="Renewals", readonly=True, copy=False)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        related="face_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    site_id = fields.Many2one(related="face_id.site_id")
    district_id = fields.Many2one(related="face_id.district_id")
    origin_id = fields.Many2one(
        "media.booking",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="The booking that this make-good or extension belongs to.",
    )
    slot_qty = fields.Integer(
        string="Slots",
        default=1,
        help="How many slots of the loop this booking takes at the same time.",
    )
    loop = fields.Boolean(
        readonly=True, copy=False, help="One slot of a face that several share."
    )
    reminded = fields.Boolean(readonly=True, copy=False)
    parent_id = fields.Many2one(
        "media.booking",
        string="Part of",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="cascade",
        help="The booking of a composite face or of several slots that this serves.",
    )
    child_ids = fields.One2many("media.booking", "parent_id", string="Rows")
    amount = fields.Monetary(tracking=True, help="Agreed price of the whole period.")
    creative = fields.Char(readonly=True, copy=False, tracking=True)
    event_ids = fields.One2many("media.booking.event", "booking_id", string="History")
    close_reason = fields.Char(string="Reason", readonly=True, copy=False)
    posted_on = fields.Date(readonly=True, copy=False, tracking=True)
    removed_on = fields.Date(readonly=True, copy=False, tracking=True)
    note = fields.Text()

    _overlap_excl = models.Constraint(
        f"EXCLUDE USING gist (face_id WITH =, slot WITH =, {PERIOD} WITH &&)"
        f" WHERE ({LIVE})",
        "This face is already held or booked in that period.",
    )
    _filler_excl = models.Constraint(
        f"EXCLUDE USING gist (face_id WITH =, slot WITH =, {PERIOD} WITH &&)"
        " WHERE (state = 'filler')",
        "This face already has a filler in that period.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)", "A booking cannot end before it begins."
    )
    _hold_check = models.Constraint(
        "CHECK(state <> 'hold' OR hold_until IS NOT NULL)",
        "A hold ends at a certain time.",
    )
    _slot_check = models.Constraint("CHECK(slot >= 1)", "Slots are counted from 1.")
    _amount_check = models.Constraint(
        "CHECK(amount IS NULL OR (amount >= 0 AND amount < 1e15))",
        "The price of a booking is a positive amount.",
    )
    _live_idx = models.Index(
        f"(face_id, date_to) INCLUDE (date_from, state, hold_until, loop) WHERE {LIVE}"
    )
    _slots_check = models.Constraint(
        "CHECK(slot_qty IS NULL OR slot_qty BETWEEN 1 AND 1000)",
        "A booking takes between 1 and 1,000 slots.",
    )
    _lapse_idx = models.Index("(hold_until) WHERE state = 'hold'")
    _queue_idx = models.Index("(face_id, rank) WHERE state = 'option'")

    @api.depends("face_id.code", "date_from", "date_to")
    def _compute_display_name(self):
        for booking in self:
            booking.display_name = (
                f"{booking.face_id.code} {booking.date_from} – {booking.date_to}"
            )

    def _prepare_event(self):
        """Return what the history keeps of the booking at this moment."""
        self.ensure_one()
        return {
            "booking_id": self.id,
            "state": self.state,
            "face_id": self.face_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "partner_id": self.partner_id.id,
            "creative": self.creative,
        }

    # === WHAT STANDS IN THE WAY === #

    @api.model
    def _get_busy_domain(self, date_from, date_to):
        """Return the domain of the rows that keep a period from being held now.

        A hold that has lapsed is no obstacle: whoever asks next ends it.
        """
        now = fields.Datetime.now()
        return (
            Domain("state", "in", LIVE_STATES)
            & (Domain("state", "!=", "hold") | Domain("hold_until", ">=", now))
            & Domain("date_from", "<=", date_to)
            & Domain("date_to", ">=", date_from)
        )

    @api.model
    def _get_busy_sql(self, date_from, date_to, alias="b"):
        """Return the same as a condition on the table's ``alias``."""
        column = {
            name: SQL.identifier(alias, name)
            for name in ("state", "hold_until", "date_from", "date_to")
        }
        return SQL(
            "%(state)s IN %(live)s"
            " AND (%(state)s != 'hold' OR %(hold_until)s >= %(now)s)"
            " AND %(date_from)s <= %(end)s AND %(date_to)s >= %(start)s",
            live=LIVE_STATES,
            now=fields.Datetime.now(),
            start=date_from,
            end=date_to,
            **column,
        )
