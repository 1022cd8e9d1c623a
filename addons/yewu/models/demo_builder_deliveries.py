from odoo import models


class DemoBuilder(models.AbstractModel):
    """Deliveries: the desk requests, the supervisor signs, the store lets go."""

    _inherit = "yewu.demo.builder"

    def _tell_requested(self, order, story):
        """The shipping notice waits for the supervisor's signature."""
        self._tell_approved(order, story)
        for picking in self._get_deliveries(order):
            picking.review_submit()

    def _tell_tightened(self, order, story):
        """The accountant tightens the terms before the goods leave: they are held."""
        self._tell_approved(order, story)
        accounts = self._as("unit_accountant").env["credit.account"]
        account = accounts._ensure(order.partner_id, order.company_id)
        account.with_env(accounts.env).max_overdue_days = 30
        for picking in self._get_deliveries(order):
            picking.action_release_request()

    def _tell_released(self, order, story):
        """Signed: the storekeeper may hand the goods over."""
        self._tell_requested(order, story)
        for picking in self._get_deliveries(order):
            self._approve_next(picking)

    def _tell_delivered(self, order, story):
        self._tell_released(order, story)
        for picking in self._get_deliveries(order):
            picking.with_user(self._person("storekeeper")).button_validate()

    def _get_deliveries(self, order):
        """Return the deliveries of the order as its desk sees them."""
        desk = self._as("order_management")
        return order.sudo().picking_ids.with_env(desk.env)
