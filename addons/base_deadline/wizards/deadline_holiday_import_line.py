from odoo import fields, models


class DeadlineHolidayImportLine(models.TransientModel):
    """What one row of the file would enter, or what is to be corrected there."""

    _name = "deadline.holiday.import.line"
    _description = "Row of an Import of Holidays"
    _order = "line, id"

    wizard_id = fields.Many2one(
        comodel_name="deadline.holiday.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    line = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    kind = fields.Selection(
        selection=[("holiday", "Holiday"), ("workday", "Make-up Workday")],
        readonly=True,
    )
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    name = fields.Char(readonly=True)
    hours = fields.Float(readonly=True)
    result = fields.Selection(
        selection=[
            ("new", "New"),
            ("there", "Already There"),
            ("wrong", "To Correct"),
        ],
        readonly=True,
    )
    text = fields.Text(string="Remark", readonly=True)
