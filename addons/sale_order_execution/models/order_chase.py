from datetime import datetime

from pytz import utc

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .order_execution_document import CLERK, GENERAL_MANAGER, PRODUCTION


class OrderChase(models.Model):
    """催促单: the final delivery date agreed with the customer, told to those who
    answer for it.
    """

    _name = "order.chase"
    _description = "Chase Sheet"
    _inherit = ["order.execution.document"]
    _order = "id desc"
    _check_company_auto = True

    _sequence_code = "order.chase"
    _engine_fields = {
        "name": False,
        "state": "draft",
        "date_state": "none",
        "date_before": False,
        "date_note": False,
        "issued_on": False,
        "issued_by_id": False,
        "acknowledged_on": False,
        "acknowledged_by_id": False,
    }
    _content_fields = frozenset(
        (
            *("order_id", "company_id", "final_date", "reason"),
            *("agreed_with", "agreed_on"),
        )
    )

    name = fields.Char(string="Number", readonly=True, copy=False)
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'sale')]",
    )
    order_name = fields.Char(related="order_id.name", string="Order Number", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id", string="Customer", store=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("acknowledged", "Acknowledged"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    final_date = fields.Date(
        string="Final Delivery Date", required=True, copy=False, tracking=True
    )
    reason = fields.Text(required=True)
    agreed_with = fields.Char(help="Who of the customer agreed to the final date.")
    agreed_on = fields.Date(default=fields.Date.context_today, copy=False)
    date_before = fields.Datetime(string="Promised Before", readonly=True, copy=False)
    date_state = fields.Selection(
        [
            ("none", "Not issued"),
            ("applied", "Promised date moved"),
            ("proposed", "Proposed only"),
        ],
        default="none",
        string="Promised Date",
        readonly=True,
        copy=False,
    )
    date_note = fields.Text(readonly=True, copy=False)
    issued_on = fields.Datetime(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.constrains("order_id", "company_id")
    def _check_order(self):
        for chase in self.sudo():  # sudo: not everybody reads the order
            order = chase.order_id
            if order.state != "sale" or order.company_id != chase.company_id:
                raise UserError(
                    self.env._(
                        "%s is not confirmed: there is nothing to chase yet.",
                        order.display_name,
                    )
                )

    # === VERBS === #

    def issue(self):
        """Send the final date to production and the general manager."""
        self._check_verb(("draft",), CLERK)
        self._check_agreed()
        before = self.order_id.commitment_date
        self._move(
            "issued",
            date_before=before,
            issued_on=self._now(),
            issued_by_id=self.env.uid,
        )
        self._follow_date()
        users = self._get_group_users(PRODUCTION)
        users |= self._get_group_users(GENERAL_MANAGER)
        summary = self.env._(
            "Chase: deliver by %s", format_date(self.env, self.final_date)
        )
        self._tell(users, summary, self.reason)
        self._tell_delay()
        return True

    def acknowledge(self):
        """Take the chase over, as production."""
        self._check_verb(("issued",), PRODUCTION)
        self._move(
            "acknowledged",
            acknowledged_on=self._now(),
            acknowledged_by_id=self.env.uid,
        )
        self._tell(self.issued_by_id, self.env._("Acknowledged"), act=False)
        return True

    def close(self):
        """Close the chase: it was delivered, or something else holds now."""
        self._check_verb(("issued", "acknowledged"), CLERK)
        self._move("closed")
        return True

    def cancel(self):
        """Drop a chase that was not issued yet."""
        self._check_verb(("draft",), CLERK)
        self._move("cancelled")
        return True

    def action_issue(self):
        """Send the final date."""
        return self.issue()

    def action_acknowledge(self):
        """Take the chase over."""
        return self.acknowledge()

    def action_close(self):
        """Close the chase."""
        return self.close()

    def action_cancel(self):
        """Drop the draft."""
        return self.cancel()

    def action_print(self):
        """Print the chase in its copies."""
        return self._print("order_chase_report")

    # === STEPS === #

    def _check_agreed(self):
        """Refuse a final date that no customer agreed to, or that is over."""
        if not self.agreed_with or not self.agreed_on:
            raise UserError(
                self.env._(
                    "%s: contact the customer first and enter who agreed to the "
                    "final date.",
                    self.display_name,
                )
            )
        if self.final_date < fields.Date.context_today(self):
            raise UserError(
                self.env._("%s: the final date is over.", self.display_name)
            )

    def _follow_date(self):
        """Move the promised date of the order, or say why it is only proposed."""
        blocker = self.order_id._execution_date_blocker() or self._move_date()
        self._engine_write(
            {
                "date_state": "proposed" if blocker else "applied",
                "date_note": blocker or False,
            }
        )

    def _move_date(self):
        """Move the promised date; return what refused it, if something did."""
        try:
            with self.env.cr.savepoint():
                self.order_id._execution_move_date(self._get_final_moment())
        except UserError as error:
            return str(error)
        return False

    def _get_final_moment(self):
        """Return the final date at the time of day that was promised before."""
        tz = self._get_tz(self.company_id)
        before = utc.localize(self.date_before or self._now()).astimezone(tz)
        moment = tz.localize(datetime.combine(self.final_date, before.time()))
        return moment.astimezone(utc).replace(tzinfo=None)

    def _tell_delay(self):
        """Tell the customer the final date, in their language."""
        order = self.order_id
        # sudo: whoever may issue need not read the customer
        lang = order.sudo().partner_id.lang or self.env.lang
        spoken = self.with_context(lang=lang)
        text = spoken.env._(
            "As agreed with %(who)s, we deliver your order %(order)s by %(date)s.",
            who=self.agreed_with,
            order=order.sudo().name,
            date=format_date(spoken.env, self.final_date),
        )
        self._tell_customer(order, text)
