"""Fields that Odoo does not bring."""

from odoo import fields


class OrderedJson(fields.Json):
    """JSON that keeps the order in which it was written.

    ``jsonb`` sorts the keys of an object by their length; people read what was
    submitted from top to bottom.
    """

    _column_type = ("json", "json")
