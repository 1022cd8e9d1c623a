from odoo import api, fields, models
from odoo.tools import format_date

#: Answers of process control that a hold can be made of.
POSITIVE = ("free", "alternative")


class MediaEnquiryLine(models.Model):
    """One wanted face, or some faces of a district and format, and the answer."""

    _name = "media.enquiry.line"
    _description = "Line of a Media Enquiry"
    _order = "enquiry_id, sequence, id"
    _check_company_auto = True

    enquiry_id = fields.Many2one(
        "media.enquiry", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="enquiry_id.company_id", store=True, index=True, precompute=True
    )
    user_id = fields.Many2one(related="enquiry_id.user_id", store=True, index=True)
    partner_id = fields.Many2one(related="enquiry_id.partner_id")
    state = fields.Selection(related="enquiry_id.state", string="Enquiry Status")
    sequence = fields.Integer(default=10)
    # what is wanted
    face_id = fields.Many2one(
        "media.face", string="Wanted Face", check_company=True, ondelete="restrict"
    )
    district_id = fields.Many2one("media.district", ondelete="restrict")
    format_id = fields.Many2one("media.format", ondelete="restrict")
    quantity = fields.Integer(required=True, default=1)
    date_from = fields.Date(
        string="From",
        compute="_compute_dates",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_to = fields.Date(
        string="Until",
        compute="_compute_dates",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    # what process control answers
    answer = fields.Selection(
        [
            ("free", "Free"),
            ("alternative", "Alternative"),
            ("not_free", "Not free"),
        ],
        copy=False,
    )
    answer_face_id = fields.Many2one(
        "media.face",
        string="Confirmed Face",
        check_company=True,
        copy=False,
        ondelete="restrict",
    )
    answer_from = fields.Date(string="Confirmed from", copy=False)
    answer_to = fields.Date(string="Confirmed until", copy=False)
    answer_note = fields.Char(string="Remark", copy=False)
    list_price = fields.Monetary(
        readonly=True,
        copy=False,
        help="List price of the confirmed face and dates when the answer was given.",
    )
    currency_id = fields.Many2one(related="enquiry_id.currency_id")
    # what the salesperson makes of it
    take = fields.Boolean(string="Hold it", default=True, copy=False)
    booking_ids = fields.One2many(
        "media.booking", "enquiry_line_id", string="Bookings", readonly=True
    )
    booking_id = fields.Many2one("media.booking", compute="_compute_booking")
    booking_state = fields.Selection(
        selection="_get_booking_states",
        string="Booking Status",
        compute="_compute_booking",
    )

    _wanted_check = models.Constraint(
        "CHECK(num_nonnulls(face_id, district_id, format_id) > 0)",
        "Say which face is wanted, or of which district or format.",
    )
    _quantity_check = models.Constraint(
        "CHECK(quantity BETWEEN 0 AND 500"
        " AND (face_id IS NULL OR quantity BETWEEN 0 AND 1))",
        "A wanted face is one; of a district or format there are at most 500.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from AND date_to - date_from < 3660)",
        "A wanted period ends after it begins, within ten years.",
    )
    _answer_dates_check = models.Constraint(
        "CHECK(answer_to >= answer_from)",
        "A confirmed period ends after it begins.",
    )
    _window_idx = models.Index(
        "(answer_face_id, answer_to) INCLUDE (answer_from)"
        " WHERE answer IN ('free', 'alternative')"
    )

    # === COMPUTE METHODS === #

    def _get_booking_states(self):
        """Return the states of bookings in the language of the reader."""
        field = self.env["media.booking"]._fields["state"]
        return field._description_selection(self.env)

    @api.depends("enquiry_id.date_from", "enquiry_id.date_to")
    def _compute_dates(self):
        for line in self:
            line.date_from = line.enquiry_id.date_from
            line.date_to = line.enquiry_id.date_to

    @api.depends("booking_ids.state")
    def _compute_booking(self):
        for line in self:
            line.booking_id = line.booking_ids[:1]
            line.booking_state = line.booking_id.state

    @api.depends(
        *("face_id.code", "district_id.name", "format_id.name", "quantity"),
        *("date_from", "date_to", "enquiry_id.date_from", "enquiry_id.date_to"),
    )
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._get_wanted()

    # === BUSINESS METHODS === #

    def _get_wanted(self):
        """Return what is wanted in words."""
        self.ensure_one()
        text = self.face_id.display_name or " · ".join(
            filter(None, (self.district_id.name, self.format_id.name))
        )
        if self.quantity > 1:
            text = f"{text} × {self.quantity}"
        period = self.date_from, self.date_to
        if period == (self.enquiry_id.date_from, self.enquiry_id.date_to):
            return text
        first, last = (format_date(self.env, day) for day in period)
        return f"{text} ({first} – {last})"

    def _get_answer_text(self):
        """Return the answer in words, as the printed form shows it."""
        self.ensure_one()
        answer = dict(self._fields["answer"]._description_selection(self.env))
        return " ".join(filter(None, (answer.get(self.answer), self.answer_note)))

    def _transition(self, vals):
        """Write what no user writes; the caller has checked it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _create_answers(self, vals_list):
        """Create the further rows that an answer needs; the caller has checked it."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch
