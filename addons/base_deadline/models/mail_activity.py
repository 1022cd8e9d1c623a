from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    deadline_clock_id = fields.Many2one(
        comodel_name="deadline.clock",
        ondelete="set null",
        index="btree_not_null",
        export_string_translation=False,
        help="The clock that reminds; its stop removes the activity.",
    )
