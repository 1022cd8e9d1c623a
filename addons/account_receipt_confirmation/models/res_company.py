from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    receipt_confirmation_since = fields.Date(
        string="Receipts Confirmed Since",
        help="Payments before this date count as arrived without a confirmation. "
        "Leave it empty to ask for a confirmation of every payment.",
    )

    def _get_today(self):
        """Return the date where the company works, whoever asks from wherever.

        A colleague without a time zone, or a scheduled action, lives in UTC: until
        eight in the morning that is yesterday for a company in Shanghai.
        """
        self.ensure_one()
        # sudo: the working calendar is read for its time zone only
        calendar = self.sudo().resource_calendar_id
        calendar = calendar.with_context(prefetch_fields=False)
        timezone = calendar.tz or self.env.user.tz or "UTC"
        return fields.Date.context_today(self.with_context(tz=timezone))
