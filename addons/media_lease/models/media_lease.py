from datetime import datetime, time

from dateutil.relativedelta import relativedelta
from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: The code of the time limit for the renewal of a lease.
EXPIRY = "media_lease_expiry"
#: Terms of a lease that stay as they are once it has been billed.
TERMS = {"site_id", "partner_id", "currency_id", "date_from", "interval_months"}


class MediaLease(models.Model):
    """What a site, or some of its faces, costs its landlord by landlord."""

    _name = "media.lease"
    _description = "Lease of a Site"
    _inherit = ["mail.thread", "mail.activity.mixin", "deadline.mixin"]
    _order = "date_to, id"
    _rec_names_search = ["name", "site_id.code", "partner_id.name"]
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, copy=False, tracking=True)
    site_id = fields.Many2one(
        "media.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    face_ids = fields.Many2many(
        "media.face",
        string="Only for Faces",
        domain="[('site_id', '=', site_id)]",
        check_company=True,
        help="Leave it empty for a lease of the whole site.",
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Landlord",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        help="Reminded before the lease ends.",
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="Until", required=True, tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(string="Rent per Interval", required=True, tracking=True)
    interval_months = fields.Integer(string="Every (months)", required=True, default=3)
    next_bill_date = fields.Date(
        string="Next Bill",
        compute="_compute_next_bill_date",
        help="The first day that no bill of the lease covers yet.",
    )
    running = fields.Boolean(
        tracking=True,
        copy=False,
        help="Vendor bills of a running lease are drafted by themselves.",
    )
    bill_ids = fields.One2many("account.move", "media_lease_id", string="Bills")
    bill_count = fields.Integer(compute="_compute_next_bill_date")
    active = fields.Boolean(default=True)
    note = fields.Text()

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "A lease of this number exists already."
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)", "A lease cannot end before it begins."
    )
    _figures_check = models.Constraint(
        "CHECK(interval_months BETWEEN 1 AND 120 AND amount >= 0 AND amount < 1e15)",
        "Rent is a positive amount for 1 to 120 months.",
    )

    @api.depends("bill_ids.media_lease_to", "bill_ids.state", "date_from")
    def _compute_next_bill_date(self):
        for lease in self:
            # sudo: whoever keeps the leases need not read the ledger.
            bills = lease.sudo().bill_ids
            ends = bills.filtered("media_lease_to").mapped("media_lease_to")
            lease.bill_count = len(bills)
            lease.next_bill_date = (
                max(ends) + relativedelta(days=1) if ends else lease.date_from
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        leases = super().create(vals_list)
        leases._restart_expiry()
        return leases

    def write(self, vals):
        billed = self.filtered("bill_count")
        if billed and TERMS & vals.keys():
            raise UserError(
                self.env._(
                    "Lease %s has been billed: its terms stay as they are. End it and"
                    " register a new one.",
                    billed[0].name,
                )
            )
        result = super().write(vals)
        if {"date_to", "user_id", "active"} & vals.keys():
            self._restart_expiry()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_billed(self):
        billed = self.filtered("bill_count")
        if billed:
            raise UserError(
                self.env._(
                    "Lease %s has been billed: archive it instead.", billed[0].name
                )
            )

    # === BUSINESS METHODS === #

    def _restart_expiry(self):
        """Watch the end of these leases on a clock, anew after each change."""
        self._deadline_stop(EXPIRY, cancelled=True)
        today = fields.Date.context_today(self)
        for lease in self:
            if lease.active and lease.date_to > today:
                lease._deadline_start(EXPIRY, start=lease._get_end())

    def _get_end(self):
        """Return the last moment of the lease where the company works."""
        calendar = self.company_id.resource_calendar_id
        midnight = datetime.combine(self.date_to, time(23, 59, 59))
        local = timezone(calendar.tz or "UTC").localize(midnight)
        return local.astimezone(utc).replace(tzinfo=None)

    @api.model
    def _get_costs(self, sites, date_from, date_to):
        """Return what the leases of sites cost in a period, by days.

        :return: ``{site id: amount in the currency of the company}``
        """
        # sudo: the cost of a site is shown to people who keep no leases.
        leases = self.sudo().search(
            Domain("site_id", "in", sites.ids)
            & Domain("date_from", "<=", date_to)
            & Domain("date_to", ">=", date_from)
        )
        costs = dict.fromkeys(sites.ids, 0.0)
        for lease in leases:
            first, last = max(lease.date_from, date_from), min(lease.date_to, date_to)
            months = relativedelta(months=lease.interval_months)
            days = (lease.date_from + months - lease.date_from).days
            share = ((last - first).days + 1) / days
            costs[lease.site_id.id] += lease.currency_id._convert(
                lease.amount * share, lease.company_id.currency_id, lease.company_id
            )
        return costs
