from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

#: Bills are drafted so many days before their period begins.
AHEAD = 15


class AccountMove(models.Model):
    """The vendor bill of one period of a lease; each period has one."""

    _inherit = "account.move"

    media_lease_id = fields.Many2one(
        "media.lease",
        string="Lease",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    media_lease_from = fields.Date(string="Lease from", readonly=True, copy=False)
    media_lease_to = fields.Date(string="Lease until", readonly=True, copy=False)

    _media_lease_uniq = models.UniqueIndex(
        "(media_lease_id, media_lease_from) WHERE media_lease_id IS NOT NULL",
        "This period of the lease has been billed already.",
    )


class MediaLease(models.Model):
    """Drafts the bills of running leases, each period once."""

    _inherit = "media.lease"

    def action_bill(self):
        """Draft the bills that are due now, for people who may."""
        self.check_access("write")
        if not self.env["account.move"].has_access("create"):
            raise AccessError(
                self.env._("Bills are drafted by accounting, or overnight by Odoo.")
            )
        stopped = self.filtered(lambda lease: not lease.running)
        if stopped:
            raise UserError(
                self.env._("Lease %s is not running: switch it on.", stopped[0].name)
            )
        self._draft_bills()

    def action_view_bills(self):
        """Open the vendor bills of the lease."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_move_in_invoice_type"
        )
        domain = [("media_lease_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"create": False}}

    @api.model
    def _cron_bill(self):
        """Draft the bills that are due; what exists is never drafted again."""
        cron = self.env["ir.cron"]
        leases = self.search(Domain("running", "=", True))
        for lease in leases:
            lease._draft_bills()
            if not cron._commit_progress(1):
                break

    def _draft_bills(self):
        """Draft the bills of all periods that begin by the horizon."""
        horizon = fields.Date.context_today(self) + relativedelta(days=AHEAD)
        vals_list = [
            vals for lease in self for vals in lease._prepare_due_bills(horizon)
        ]
        # sudo: the lease decides what is billed; accounting posts or deletes it.
        return self.env["account.move"].sudo().create(vals_list)

    def _prepare_due_bills(self, horizon):
        """Return the values of the bills of one lease that are due."""
        vals_list, start = [], self.next_bill_date
        while start <= min(horizon, self.date_to):
            full = start + relativedelta(months=self.interval_months, days=-1)
            end = min(full, self.date_to)
            share = ((end - start).days + 1) / ((full - start).days + 1)
            vals_list.append(self._prepare_bill(start, end, self.amount * share))
            start = end + relativedelta(days=1)
        return vals_list

    def _prepare_bill(self, start, end, amount):
        """Return the values of the draft bill of one period."""
        line = {
            "name": self.env._(
                "Rent of %(site)s, lease %(lease)s, %(start)s – %(end)s",
                site=self.site_id.display_name,
                lease=self.name,
                start=start,
                end=end,
            ),
            "quantity": 1,
            "price_unit": self.currency_id.round(amount),
        }
        return {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "invoice_date": start,
            "ref": f"{self.name} {start}",
            "media_lease_id": self.id,
            "media_lease_from": start,
            "media_lease_to": end,
            "invoice_line_ids": [Command.create(line)],
        }
