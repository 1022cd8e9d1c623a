from datetime import datetime, time

from pytz import timezone, utc

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .contract_document_guard import ADMINISTRATION

EXPIRY = "contract_expiry"


class ContractDocument(models.Model):
    """The end of a contract: its owner takes notice in good time, on a clock."""

    _name = "contract.document"
    _inherit = ["contract.document", "deadline.mixin"]

    expiry_noted_by_id = fields.Many2one(
        "res.users", string="End Noted by", readonly=True, copy=False
    )
    expiry_noted_on = fields.Datetime(string="End Noted on", readonly=True, copy=False)

    # === ACTION METHODS === #

    def action_file(self):
        result = super().action_file()
        self._start_expiry()
        return result

    def action_close(self):
        result = super().action_close()
        self._deadline_stop(EXPIRY)
        return result

    def action_note_expiry(self):
        """Record that the owner knows of the end: renewed, or left to run out."""
        self.check_access("write")
        for contract in self:
            contract._check_can_note_expiry()
        self._transition(
            {
                "expiry_noted_by_id": self.env.uid,
                "expiry_noted_on": fields.Datetime.now(),
            }
        )
        self._deadline_stop(EXPIRY)

    # === BUSINESS METHODS === #

    def _start_expiry(self):
        """Start the clock of the contracts that end, counted back from their end."""
        today = fields.Date.context_today(self)
        ending = self.filtered(
            lambda contract: contract.date_end and contract.date_end >= today
        )
        for contract in ending:
            contract._deadline_start(EXPIRY, start=contract._get_end())

    def _get_end(self):
        """Return the last moment of the contract where the company works."""
        calendar = self.company_id.resource_calendar_id
        midnight = datetime.combine(self.date_end, time(23, 59, 59))
        local = timezone(calendar.tz or "UTC").localize(midnight)
        return local.astimezone(utc).replace(tzinfo=None)

    # === CHECKS === #

    def _get_protected_fields(self):
        return super()._get_protected_fields() | {
            "expiry_noted_by_id",
            "expiry_noted_on",
        }

    def _check_can_note_expiry(self):
        """Raise unless the contract ends and the user answers for it."""
        if self.state != "filed" or not self.date_end or self.expiry_noted_on:
            raise UserError(
                self.env._(
                    "The end of contract %s needs no notice: it is not filed, has no "
                    "end, or its end has been noted.",
                    self.display_name,
                )
            )
        administration = self.env.user.has_group(ADMINISTRATION)
        if self.user_id != self.env.user and not administration:
            raise AccessError(
                self.env._(
                    "Only %(person)s or administration notes the end of contract "
                    "%(contract)s.",
                    person=self.user_id.name or self.env._("the responsible person"),
                    contract=self.display_name,
                )
            )
