from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Where the cursor remembers the orders that are being closed: no caller reaches it.
CLOSING = "sale_order_closure.closing"


class SaleOrder(models.Model):
    """A confirmed order ends early through an approved closure, or not at all."""

    _inherit = "sale.order"

    order_closure = fields.Boolean(compute="_compute_order_closure")
    closure_ids = fields.One2many(
        comodel_name="sale.order.closure",
        inverse_name="order_id",
        readonly=True,
        groups="sales_team.group_sale_salesman,account.group_account_invoice",
    )
    closure_kind = fields.Selection(
        selection=[("short_close", "Short-closed"), ("cancel", "Cancelled")],
        string="Closed",
        compute="_compute_closure_kind",
        compute_sudo=True,
        search="_search_closure_kind",
    )

    @api.depends("company_id")
    def _compute_order_closure(self):
        for order in self:
            order.order_closure = order._closure_is_on()

    @api.depends("closure_ids.state")
    def _compute_closure_kind(self):
        for order in self:
            done = order.closure_ids.filtered(lambda closure: closure.state == "done")
            order.closure_kind = done.kind

    def _search_closure_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        closed = [
            ("closure_ids", "any!", [("state", "=", "done"), ("kind", "in", [*value])])
        ]
        return closed if False not in value else NotImplemented

    # === CRUD METHODS === #

    def write(self, vals):
        """Refuse to leave the state ``sale``, or to come back, without a closure."""
        self._closure_check_vals(vals)
        return super().write(vals)

    def _action_cancel(self):
        """Refuse before any delivery is touched."""
        self._closure_check_vals({"state": "cancel"})
        return super()._action_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        for order in self:
            if order.sudo().closure_ids:  # sudo: closures of colleagues count
                raise UserError(
                    self.env._(
                        "%s has a closure, which is kept: the order stays.", order.name
                    )
                )

    def _closure_check_vals(self, vals):
        for order in self if {"state", "company_id"} & vals.keys() else ():
            state = vals.get("state", order.state)
            company = vals.get("company_id", order.company_id.id)
            if order.state == "sale":
                leaves = state != "sale" or company != order.company_id.id
                if leaves and order._closure_is_on():
                    order._closure_check_closing()
            elif state != order.state and order.closure_kind:
                raise UserError(order._closure_get_closed_message())

    def _closure_check_closing(self):
        """Raise unless the single order is being closed by its closure."""
        if self.id not in self._closure_get_closing():
            raise UserError(self._closure_get_message())

    def _closure_check_cut(self):
        """Refuse quantities that leave nothing open on the single order (hook)."""
        self._closure_check_closing()

    # === CLOSING === #

    def _closure_is_on(self):
        """Return whether the single order ends early by a closure only."""
        # sudo: a switch, not a secret
        return bool(
            self.env["review.flow"]
            .sudo()
            ._get_flow("sale.order.closure", self.company_id)
        )

    @api.model
    def _closure_get_closing(self):
        """Return ``{order id: kind}`` of the orders that are being closed now."""
        return self.env.cr.cache.setdefault(CLOSING, {})

    @contextmanager
    def _closure_closing(self, kind):
        """Let the single order be ended by what runs in this block."""
        closing = self._closure_get_closing()
        closing[self.id] = kind
        try:
            yield
        finally:
            closing.pop(self.id, None)

    def _closure_take_turn(self):
        """Modify the orders, their lines and open transfers before they are read.

        A delivery and an invoice modify them too: of two transactions one is retried
        by Odoo, and then sees what the other has done.
        """
        if not self:
            return
        self.env.flush_all()
        for table, column in (
            ("sale_order", "id"),
            ("sale_order_line", "order_id"),
            ("stock_picking", "sale_id"),
        ):
            self.env.execute_query(
                SQL(
                    "UPDATE %(table)s SET write_date = write_date WHERE id IN (SELECT"
                    " id FROM %(table)s WHERE %(column)s IN %(ids)s ORDER BY id"
                    " FOR UPDATE) RETURNING id",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    ids=tuple(self.ids),
                )
            )
        self.env.invalidate_all(flush=False)

    # === MESSAGES === #

    def _closure_get_message(self):
        return self.env._(
            "%s is confirmed: it is cancelled or cut short by an approved closure only."
            " Use 'Close Order'.",
            self.display_name,
        )

    def _closure_get_closed_message(self):
        return self.env._(
            "%s was closed, for good. Enter a new order instead.", self.display_name
        )

    # === ACTION METHODS === #

    def action_close_order(self):
        """Open the order's closure, or a new one."""
        self.ensure_one()
        self.check_access("write")
        closure = self.closure_ids.filtered(lambda row: row.state != "withdrawn")[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Closure"),
            "res_model": "sale.order.closure",
            "view_mode": "form",
            "res_id": closure.id,
            "context": {"default_order_id": self.id},
        }
