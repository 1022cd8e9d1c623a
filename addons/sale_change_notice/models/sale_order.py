from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

#: Where a transaction remembers the orders whose approved notice is being applied.
OPENED = "sale_change_notice.opened"
#: Leaving ``sale`` for these would open what a change notice guards.
QUOTATION_STATES = ("draft", "sent")


class SaleOrder(models.Model):
    """A confirmed order is closed: only an approved change notice opens it."""

    _inherit = "sale.order"

    order_changes = fields.Boolean(
        related="company_id.order_changes", string="Company with Change Notices"
    )
    change_version = fields.Integer(
        string="Version",
        readonly=True,
        copy=False,
        help="How many change notices were applied to the order.",
    )
    change_notice_ids = fields.One2many(
        comodel_name="sale.change.notice",
        inverse_name="order_id",
        string="Change Notices",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )
    change_version_ids = fields.One2many(
        comodel_name="sale.order.version",
        inverse_name="order_id",
        string="Versions",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )
    change_notice_count = fields.Integer(
        compute="_compute_change_notice_count",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("change_notice_ids")
    def _compute_change_notice_count(self):
        counts = dict(
            self.env["sale.change.notice"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.change_notice_count = counts.get(order._origin, 0)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("change_version"):
                self._refuse_change_version()
        # Explicit values, so that a default_* key in the context is ignored.
        return super().create([{**vals, "change_version": 0} for vals in vals_list])

    def write(self, vals):
        if "change_version" in vals:
            self._refuse_change_version()
        if "commitment_date" in vals or vals.get("state") in QUOTATION_STATES:
            self._change_check_write(vals)
        return super().write(vals)

    def _refuse_change_version(self):
        raise AccessError(
            self.env._("The version of an order counts its applied change notices.")
        )

    def _change_write(self, vals):
        """Write what only applied notices write; the guards above do not apply."""
        # sudo: whoever applies an approved notice need not edit orders
        return super(SaleOrder, self.sudo()).write(vals)

    # === DOOR === #

    def _change_get_closed(self):
        """Return the orders that only a change notice may change now."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        if not confirmed:
            return confirmed
        opened = self.env.cr.cache.get(OPENED) or ()
        # sudo: the switch counts for whoever writes, in whatever company
        return confirmed.filtered(
            lambda order: (
                order.id not in opened and order.sudo().company_id.order_changes
            )
        )

    def _change_check_write(self, vals):
        """Refuse another delivery date, and the way back to a quotation."""
        closed = self._change_get_closed()
        if not closed:
            return
        back = vals.get("state") in QUOTATION_STATES
        date = fields.Datetime.to_datetime(vals.get("commitment_date") or False)
        for order in closed:
            moved = "commitment_date" in vals and (order.commitment_date or None) != (
                date or None
            )
            if back or moved:
                order._change_refuse()

    def _change_refuse(self):
        """Raise for the first of the closed orders."""
        for order in self:
            raise UserError(order._change_get_closed_message())

    def _change_get_closed_message(self):
        """Return why the single confirmed order cannot be edited, and what to do."""
        return self.env._(
            "%s is confirmed: what was agreed changes by an approved change notice "
            "only. Use 'Request a Change' on the order.",
            self.display_name,
        )

    @contextmanager
    def _change_open(self):
        """Open the single order for the edits of its approved notice.

        The transaction remembers it, no context: a caller cannot pass it.
        """
        opened = self.env.cr.cache.setdefault(OPENED, set())
        opened.add(self.id)
        try:
            yield
        finally:
            opened.discard(self.id)

    def _change_is_opened(self):
        """Return whether an approved notice is being applied to the single order."""
        return self.id in (self.env.cr.cache.get(OPENED) or ())

    def _change_take_turn(self):
        """Modify the orders before they are read: of two changes, or of a change and
        a cancellation, Odoo retries one with what the other has left.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE sale_order SET state = state WHERE id IN (SELECT id FROM "
                "sale_order WHERE id IN %s ORDER BY id FOR UPDATE) RETURNING id",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset()

    # === ACTION METHODS === #

    def action_request_change(self):
        """Open a new change notice of the order."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request a Change"),
            "res_model": "sale.change.notice",
            "view_mode": "form",
            "context": {"default_order_id": self.id},
        }

    def action_view_change_notices(self):
        """Open the change notices of the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale_change_notice.sale_change_notice_action"
        )
        return {
            **action,
            "domain": [("order_id", "=", self.id)],
            "context": {"default_order_id": self.id},
        }
