from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: The code of the time limit for the renewal of a permit.
EXPIRY = "media_permit_expiry"
#: A permit that ends within so many days is shown as ending.
SOON = 30


class MediaPermit(models.Model):
    """A permit to erect media (设置许可) at a site, or for some of its faces."""

    _name = "media.permit"
    _description = "Media Permit"
    _inherit = ["mail.thread", "mail.activity.mixin", "deadline.mixin"]
    _order = "date_to desc, id desc"
    _rec_names_search = ["number", "site_id.code", "site_id.name"]
    _check_company_auto = True

    number = fields.Char(required=True, copy=False, tracking=True)
    authority = fields.Char(help="The office that granted it.")
    site_id = fields.Many2one(
        "media.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    face_ids = fields.Many2many(
        "media.face",
        string="Only for Faces",
        domain="[('site_id', '=', site_id)]",
        check_company=True,
        help="Leave it empty for a permit that covers the whole site.",
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    date_from = fields.Date(string="Valid from", required=True, tracking=True)
    date_to = fields.Date(string="Valid until", required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        help="Reminded before the permit ends.",
    )
    state = fields.Selection(
        [
            ("coming", "Not yet valid"),
            ("valid", "Valid"),
            ("ending", "Ending"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
    )
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(string="File Name", copy=False)
    active = fields.Boolean(default=True)
    note = fields.Text()

    _number_uniq = models.UniqueIndex(
        "(company_id, number)", "A permit of this number exists already."
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)", "A permit cannot end before it begins."
    )

    # === COMPUTE METHODS === #

    @api.depends("date_from", "date_to")
    @api.depends_context("tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for permit in self:
            if not (permit.date_from and permit.date_to):
                permit.state = False
            elif permit.date_to < today:
                permit.state = "expired"
            elif permit.date_from > today:
                permit.state = "coming"
            else:
                ending = permit.date_to < today + timedelta(days=SOON)
                permit.state = "ending" if ending else "valid"

    @api.depends("number", "authority")
    def _compute_display_name(self):
        for permit in self:
            permit.display_name = " ".join(
                filter(None, (permit.number, permit.authority))
            )

    @api.constrains("face_ids", "site_id")
    def _check_faces(self):
        for permit in self:
            other = permit.face_ids.filtered(
                lambda face, site=permit.site_id: face.site_id != site
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "Permit %(permit)s is for site %(site)s: remove face %(face)s,"
                        " which stands elsewhere.",
                        permit=permit.number,
                        site=permit.site_id.display_name,
                        face=other[0].code,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        permits = super().create(vals_list)
        permits._restart_expiry()
        return permits

    def write(self, vals):
        result = super().write(vals)
        if {"date_to", "user_id", "active"} & vals.keys():
            self._restart_expiry()
        return result

    # === BUSINESS METHODS === #

    def _restart_expiry(self):
        """Watch the end of these permits on a clock, anew after each change."""
        self._deadline_stop(EXPIRY, cancelled=True)
        today = fields.Date.context_today(self)
        running = self.filtered(lambda permit: permit.active and permit.date_to > today)
        for permit in running:
            permit._deadline_start(EXPIRY, start=permit._get_end(), user=permit.user_id)

    def _get_end(self):
        """Return the last moment of the permit where the company works."""
        calendar = self.company_id.resource_calendar_id
        midnight = datetime.combine(self.date_to, time(23, 59, 59))
        local = timezone(calendar.tz or "UTC").localize(midnight)
        return local.astimezone(utc).replace(tzinfo=None)

    @api.model
    def _get_ends(self, faces):
        """Return until when the permits of faces run, None for those without one.

        :return: ``{face id: date}``, read in one query whatever the number of faces
        """
        permits = self.search_fetch(
            Domain("site_id", "in", faces.site_id.ids), ["site_id", "date_to"]
        )
        ends = dict.fromkeys(faces.ids)
        by_site = permits.grouped("site_id")
        for face in faces:
            for permit in by_site.get(face.site_id, self):
                if not permit.face_ids or face in permit.face_ids:
                    ends[face.id] = max(ends[face.id] or permit.date_to, permit.date_to)
        return ends
