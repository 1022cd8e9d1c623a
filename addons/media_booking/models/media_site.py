from odoo import fields, models


class MediaSite(models.Model):
    """A place with a structure that carries one or more faces."""

    _name = "media.site"
    _description = "Media Site"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin"]
    _order = "code, id"
    _rec_names_search = ["code", "name", "road"]
    _check_company_auto = True

    code = fields.Char(required=True, copy=False, tracking=True)
    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    district_id = fields.Many2one("media.district", index=True, tracking=True)
    road = fields.Char()
    latitude = fields.Float(digits=(9, 6), help="WGS-84, as a GPS receiver shows it.")
    longitude = fields.Float(digits=(9, 6), help="WGS-84, as a GPS receiver shows it.")
    structure = fields.Selection(
        [
            ("column", "Single column"),
            ("wall", "Wall"),
            ("roof", "Roof"),
            ("bridge", "Bridge"),
            ("shelter", "Bus shelter"),
            ("furniture", "Street furniture"),
            ("station", "Station"),
            ("vehicle", "Vehicle"),
            ("screen", "Screen"),
            ("other", "Other"),
        ],
        required=True,
        default="column",
    )
    landlord_id = fields.Many2one("res.partner", index="btree_not_null")
    face_ids = fields.One2many("media.face", "site_id")
    note = fields.Text()

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "A site of this code exists already in this company."
    )
    _position_check = models.Constraint(
        "CHECK(coalesce(latitude, 0) BETWEEN -90 AND 90"
        " AND coalesce(longitude, 0) BETWEEN -180 AND 180)",
        "A latitude lies between -90 and 90, a longitude between -180 and 180.",
    )
