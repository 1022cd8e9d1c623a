from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base_review.tools import check_records


class StockPicking(models.Model):
    """A delivery is released by the settlement type of its orders."""

    _inherit = "stock.picking"

    #: Another order behind the goods means other money: it is signed for as well.
    _review_lines = {
        "move_ids": ("product_id", "product_uom_qty", "product_uom", "sale_line_id")
    }

    cash_handover_ids = fields.One2many(
        comodel_name="cash.handover",
        inverse_name="picking_id",
        groups="stock.group_stock_user,account.group_account_invoice",
    )
    cash_is_due = fields.Boolean(
        compute="_compute_cash_is_due",
        compute_sudo=True,
        groups="base.group_user",
        help="Cash has to be recorded before these goods are handed over.",
    )

    def _compute_cash_is_due(self):
        for picking in self:
            is_open = picking.state not in ("draft", "done", "cancel")
            picking.cash_is_due = is_open and bool(picking._get_cash_dues())

    # === RELEASE === #

    def _release_take_turn(self):
        """Take the turn on the orders and the credit of their customers, too."""
        super()._release_take_turn()
        self._get_release_orders()._release_take_turn()

    def _release_blockers(self):
        """Hold deliveries whose money, credit or contract is not in place."""
        blockers = super()._release_blockers()
        taken = {}
        for picking in self.sudo():  # sudo: storekeepers see no orders and no credit
            problems = []
            for order in picking._get_release_orders():
                problems += order._get_delivery_blockers(picking, taken)
            if problems:
                blockers.setdefault(picking.id, []).extend(problems)
            else:
                picking._count_taken(taken)
        return blockers

    def _count_taken(self, taken, handed=False):
        """Count what one delivery takes against those that follow in the same call."""
        for order in self._get_release_orders():
            value = order._get_leaving_value(self, handed)
            taken[order.id] = taken.get(order.id, 0.0) + value

    def _departure_blockers(self):
        """Hold cash deliveries until the cash is recorded."""
        blockers = super()._departure_blockers()
        taken = {}
        for picking in self.sudo():  # sudo: as in `_release_blockers`
            dues = picking._get_cash_dues(taken)
            for order, due in dues.items():
                problem = ("cash", order._get_cash_due_message(due))
                blockers.setdefault(picking.id, []).append(problem)
            if not dues:
                picking._count_taken(taken, handed=True)
        return blockers

    def _get_cash_dues(self, taken=None):
        """Return ``{order: amount}`` of the cash still to record, by hand-over."""
        dues = {}
        for order in self._get_release_orders():
            if order.settlement_type == "cash_on_delivery":
                due = order._get_cash_due(self, (taken or {}).get(order.id, 0.0))
                if due:
                    dues[order] = due
        return dues

    def _get_release_orders(self):
        """Return the orders whose goods leave, or have left, with these transfers."""
        return self.move_ids._filter_departures().sale_line_id.order_id

    # === REVIEW === #

    def _review_excluded_users(self):
        """Who sold the goods does not sign for them."""
        return super()._review_excluded_users() | self._get_release_orders().user_id

    def _review_snapshot(self):
        labels = dict(
            self.env["sale.order"]
            ._fields["settlement_type"]
            ._description_selection(self.env)
        )
        orders = [
            [order.name, labels.get(order.settlement_type, "")]
            for order in self._get_release_orders()
        ]
        return {**super()._review_snapshot(), self.env._("Orders"): orders}

    # === CASH === #

    def action_record_cash(self):
        """Open the dialog in which the storekeeper records the cash of a delivery."""
        picking = check_records(self, single=True)
        picking.check_access("write")
        orders = picking.sudo()._get_cash_dues()  # sudo: as in `_release_blockers`
        if not orders:
            raise UserError(self.env._("No cash is due for %s.", picking.display_name))
        order = next(iter(orders))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record Cash"),
            "res_model": "cash.handover.record",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_picking_id": picking.id,
                "default_order_id": order.id,
            },
        }
