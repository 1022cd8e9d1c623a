from odoo import api, fields, models


class MediaFace(models.Model):
    """One face of a site: what is booked."""

    _name = "media.face"
    _description = "Media Face"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin"]
    _order = "code, id"
    _rec_names_search = ["code", "name", "site_id.name"]
    _check_company_auto = True

    code = fields.Char(required=True, copy=False, tracking=True)
    name = fields.Char(help="Where on the site, such as: north side.")
    active = fields.Boolean(default=True, tracking=True)
    site_id = fields.Many2one(
        "media.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    district_id = fields.Many2one(
        related="site_id.district_id", store=True, precompute=True
    )
    road = fields.Char(related="site_id.road", store=True, precompute=True)
    latitude = fields.Float(related="site_id.latitude", store=True, precompute=True)
    longitude = fields.Float(related="site_id.longitude", store=True, precompute=True)
    format_id = fields.Many2one(
        "media.format", required=True, index=True, ondelete="restrict", tracking=True
    )
    kind = fields.Selection(related="format_id.kind")
    area = fields.Float(related="format_id.area")
    facing = fields.Char(help="What passes in front of it, and from where.")
    lit = fields.Boolean(tracking=True)
    lit_from = fields.Float(string="Lit from")
    lit_to = fields.Float(string="Lit until")
    slot_count = fields.Integer(
        string="Loop Slots",
        compute="_compute_slot_count",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Customers that share the face at the same time: 1 unless it is a loop.",
    )
    component_ids = fields.Many2many(
        "media.face",
        "media_face_component_rel",
        "composite_id",
        "component_id",
        string="Parts",
        check_company=True,
        context={"active_test": False},
        help="A composite face is booked as a whole and free when all its parts are.",
    )
    composite_ids = fields.Many2many(
        "media.face",
        "media_face_component_rel",
        "component_id",
        "composite_id",
        string="Part of",
        context={"active_test": False},
    )
    restricted_industry_ids = fields.Many2many(
        "res.partner.industry",
        string="Closed to",
        help="Industries whose advertisements may not be shown here.",
    )
    valid_from = fields.Date(string="To Let from", tracking=True)
    valid_to = fields.Date(string="To Let until", tracking=True)
    min_days = fields.Integer(string="Shortest Booking (days)", default=1)
    vendor_id = fields.Many2one(
        "res.partner",
        string="Bought in from",
        index="btree_not_null",
        help="Owner of a face that we do not own and book in for our customers.",
    )
    vendor_cost = fields.Monetary(string="Owner's Price per Month")
    booking_ids = fields.One2many("media.booking", "face_id")
    note = fields.Text()

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "A face of this code exists already in this company."
    )
    _code_idx = models.Index("(code, id) WHERE active")
    _place_idx = models.Index("(district_id, format_id) WHERE active")
    _slots_check = models.Constraint(
        "CHECK(slot_count BETWEEN 1 AND 1000)",
        "A face has between 1 and 1,000 slots.",
    )
    _validity_check = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A face cannot stop being to let before it starts.",
    )
    _lit_check = models.Constraint(
        "CHECK(coalesce(lit_from, 0) BETWEEN 0 AND 24"
        " AND coalesce(lit_to, 0) BETWEEN 0 AND 24)",
        "Lighting hours lie between 0 and 24.",
    )
    _cost_check = models.Constraint(
        "CHECK(abs(coalesce(vendor_cost, 0)) < 1e15 AND coalesce(min_days, 1) >= 1)",
        "The owner's price is an amount, the shortest booking at least one day.",
    )

    @api.depends("format_id")
    def _compute_slot_count(self):
        for face in self:
            face.slot_count = face.format_id.slot_count or 1

    @api.depends("code", "site_id.name", "name")
    def _compute_display_name(self):
        for face in self:
            parts = (face.code, face.site_id.name, face.name)
            face.display_name = " ".join(filter(None, parts))

    def action_view_bookings(self):
        """Open the bookings of the face in a calendar."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "media_booking.media_booking_action_face"
            ),
            "context": {"active_id": self.id, "default_face_id": self.id},
        }
