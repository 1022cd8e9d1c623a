from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base_review.tools import check_records

CONTACT = "purchase_supplier_contact"
DELAY = "purchase_delay_report"


class PurchaseOrder(models.Model):
    """What the buyer owes until the goods arrive: a call before, news of a delay."""

    _inherit = "purchase.order"

    supplier_contacted_on = fields.Datetime(readonly=True, copy=False)
    supplier_contacted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    delay_to_report = fields.Boolean(
        readonly=True,
        copy=False,
        help="The supplier is late and the head of purchasing was not told yet.",
    )

    def write(self, vals):
        state = vals.get("state")
        moved = self.filtered(lambda order: state and order.state != state)
        result = super().write(vals)
        watched = moved.filtered("purchase_review") if moved else moved
        if state == "purchase":
            watched._start_contact_clock()
        elif state == "cancel" and watched:
            watched._deadline_stop(cancelled=True)
        return result

    def action_supplier_contacted(self):
        """Note that the supplier was called about the arrival."""
        orders = check_records(self)
        orders.check_access("write")
        for order in orders:
            if order.state != "purchase":
                raise UserError(self.env._("%s is not placed yet.", order.name))
        orders.write(
            {
                "supplier_contacted_on": fields.Datetime.now(),
                "supplier_contacted_by_id": self.env.uid,
            }
        )
        orders._deadline_stop(CONTACT)
        for order in orders:
            order.message_post(body=self.env._("The supplier was contacted."))

    def action_report_delay(self):
        """Tell the heads of purchasing that the supplier is late."""
        orders = check_records(self)
        orders.check_access("write")
        for order in orders:
            if not order.delay_to_report:
                raise UserError(self.env._("%s has no delay to report.", order.name))
        # sudo: whoever reports need not see the members of a group.
        heads = self.env.ref("purchase_review.group_purchase_head").sudo().all_user_ids
        for order in orders:
            told = heads.filtered(
                lambda user, order=order: order.company_id in user.company_ids
            )
            order.message_notify(
                body=self.env._(
                    "%(supplier)s is late: arrival on %(date)s.",
                    supplier=order.partner_id.display_name,
                    date=order._format_day(order.date_planned),
                ),
                subject=self.env._("Delay of %s", order.name),
                partner_ids=(told - self.env.user).partner_id.ids,
            )
        orders.delay_to_report = False
        orders._deadline_stop(DELAY)

    def _start_contact_clock(self):
        """Start the clock of the call, where the arrival leaves time for it."""
        now = fields.Datetime.now()
        for order in self.filtered("date_planned"):
            limit = self.env["deadline.limit"]._get_limit(CONTACT, order.company_id)
            start = order.date_planned
            calendar = order.company_id.resource_calendar_id
            if limit and limit._plan_due([start], calendar)[0] > now:
                order._deadline_start(CONTACT, start=start)

    def _follow_arrival(self, promised):
        """Follow a new date of arrival of the single order."""
        if not self.purchase_review or not promised or self.date_planned == promised:
            return
        if not self.supplier_contacted_on:
            self._deadline_stop(CONTACT, cancelled=True)
            self._start_contact_clock()
        if self.date_planned and self.date_planned > promised:
            self.delay_to_report = True
            self._deadline_start(DELAY)
