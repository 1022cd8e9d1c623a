from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.media_booking.const import LIVE_STATES

MEDIA_FIELDS = frozenset(
    ("media_face_id", "media_date_from", "media_date_to", "media_slot_qty")
)


class SaleOrderLine(models.Model):
    """A line may sell one face for one period."""

    _inherit = "sale.order.line"

    media_face_id = fields.Many2one(
        "media.face", string="Face", index="btree_not_null", check_company=True
    )
    media_date_from = fields.Date(string="Shown from")
    media_date_to = fields.Date(string="Shown until")
    media_slot_qty = fields.Integer(string="Slots of the Loop", default=1)
    media_booking_ids = fields.One2many(
        "media.booking", "sale_line_id", string="Bookings", readonly=True
    )
    media_state = fields.Selection(
        [
            ("hold", "Held"),
            ("booked", "Booked"),
            ("posted", "Posted"),
            ("removed", "Taken down"),
        ],
        string="Media",
        compute="_compute_media_state",
        compute_sudo=True,
    )

    _media_dates_check = models.Constraint(
        "CHECK(media_face_id IS NULL OR (media_date_from IS NOT NULL"
        " AND media_date_to IS NOT NULL AND media_date_to >= media_date_from"
        " AND media_slot_qty BETWEEN 1 AND 1000))",
        "A line that sells a face needs its first and its last day.",
    )

    # === COMPUTE METHODS === #

    @api.depends("media_booking_ids.state")
    def _compute_media_state(self):
        for line in self:
            live = line.media_booking_ids.filtered(lambda b: b.state in LIVE_STATES)
            line.media_state = live[:1].state

    @api.onchange("media_face_id")
    def _onchange_media_face_id(self):
        """Sell the face as its format says."""
        product = self.media_face_id.format_id.product_id
        if product and self.product_id != product:
            self.product_id = product

    @api.depends("media_face_id", "media_date_from", "media_date_to")
    def _compute_name(self):
        """Extend with the face and its dates."""
        super()._compute_name()

    def _get_sale_order_line_multiline_description_sale(self):
        text = super()._get_sale_order_line_multiline_description_sale()
        line = self.sudo()  # sudo: the customer's paper names the face for everybody
        if not line.media_face_id:
            return text
        say_date = self.env["media.booking"]._say_date
        period = f"{say_date(line.media_date_from)} – {say_date(line.media_date_to)}"
        return f"{text}\n{line.media_face_id.display_name}\n{period}"

    @api.depends("media_face_id", "media_date_from", "media_date_to")
    def _compute_price_unit(self):
        """Extend with the rate card of the face."""
        super()._compute_price_unit()

    def _get_display_price(self):
        """Return the rate card's price of the whole period, if the face has one."""
        price = super()._get_display_price()
        rate = self.sudo()._get_media_rate()  # sudo: rates are for everybody who sells
        return price if rate is None else rate

    def _get_media_rate(self):
        face, start, end = self.media_face_id, self.media_date_from, self.media_date_to
        if not face or not start or not end or end < start:
            return None
        rate = self.env["media.rate"]._get_list_price(face, start, end)[face.id]
        if rate is None:
            return None
        return face.currency_id._convert(
            rate, self.currency_id, self.company_id, self._get_order_date()
        ) * (self.media_slot_qty or 1)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Book what is added to a confirmed order, or refuse it."""
        lines = super().create(vals_list)
        added = lines.filtered(lambda line: line.state == "sale")
        added._media_add()
        return lines

    def write(self, vals):
        """Move the bookings of confirmed lines with their dates, or refuse it."""
        if not MEDIA_FIELDS.intersection(vals):
            return super().write(vals)
        sold = self.filtered(lambda line: line.state == "sale")
        had_face = sold.filtered("media_face_id")
        result = super().write(vals)
        for line in had_face:
            line._media_amend(vals)
        (sold - had_face)._media_add()
        return result

    def unlink(self):
        """Give back what deleted lines hold."""
        self._media_drop()
        return super().unlink()

    def _media_drop(self):
        # sudo: the hold goes with the line, whoever may delete that.
        holds = self.sudo().media_booking_ids.filtered(
            lambda booking: booking.state in {"hold", "option"}
        )
        if holds:
            holds._release(self.env._("Order line deleted"))

    def _media_add(self):
        """Book the faces of lines that belong to confirmed orders."""
        lines = self.filtered("media_face_id")
        reasons = lines._media_get_blockers()
        if reasons:
            raise UserError("\n".join(reasons.values()))
        lines._media_book()
