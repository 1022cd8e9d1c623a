from odoo import fields, models


class MediaDistrict(models.Model):
    """A part of a city in which sites stand."""

    _name = "media.district"
    _description = "Media District"
    _order = "city, sequence, name, id"

    name = fields.Char(required=True)
    city = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(name, city) NULLS NOT DISTINCT",
        "There is already a district of this name in this city.",
    )
