from odoo import api, fields, models


class MediaFormat(models.Model):
    """What a face is like: its size, its material, how it shows pictures."""

    _name = "media.format"
    _description = "Media Format"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    code = fields.Char(help="OpenOOH or OAAA code of this kind of media.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("static", "Static"), ("digital", "Digital loop")],
        required=True,
        default="static",
    )
    width = fields.Float(string="Width (m)", digits=(8, 3))
    height = fields.Float(string="Height (m)", digits=(8, 3))
    visible_width = fields.Float(string="Visible Width (m)", digits=(8, 3))
    visible_height = fields.Float(string="Visible Height (m)", digits=(8, 3))
    bleed = fields.Float(string="Bleed (m)", digits=(8, 3))
    area = fields.Float(
        string="Area (m²)", digits=(10, 2), compute="_compute_area", store=True
    )
    material = fields.Char(help="What is printed on, such as backlit film or vinyl.")
    slot_count = fields.Integer(
        string="Loop Slots", default=1, help="Customers that share the loop."
    )
    spot_seconds = fields.Integer(string="Seconds per Spot")

    _name_uniq = models.UniqueIndex("(name)", "A format of this name exists already.")
    _size_check = models.Constraint(
        "CHECK(abs(coalesce(width, 0)) < 1e4 AND abs(coalesce(height, 0)) < 1e4"
        " AND coalesce(width, 0) >= 0 AND coalesce(height, 0) >= 0)",
        "Width and height of a format are metres: positive figures below 10,000.",
    )
    _slots_check = models.Constraint(
        "CHECK(slot_count >= 1 AND slot_count <= 1000"
        " AND (kind = 'digital' OR slot_count = 1))",
        "A static format has one slot, a digital one between 1 and 1,000.",
    )

    @api.depends("width", "height")
    def _compute_area(self):
        for record in self:
            record.area = record.width * record.height
