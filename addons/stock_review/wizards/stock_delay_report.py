from odoo import fields, models
from odoo.exceptions import UserError


class StockDelayReport(models.TransientModel):
    """The store reports on the same day why goods cannot leave, and when they will."""

    _name = "stock.delay.report"
    _description = "Report of a Delayed Shipment"

    picking_id = fields.Many2one(
        comodel_name="stock.picking", string="Delivery", required=True, readonly=True
    )
    reason = fields.Char(required=True)
    date_possible = fields.Datetime(string="Possible Shipping Date", required=True)
    date_arrival = fields.Date(string="Estimated Arrival")

    def action_report(self):
        """Plan the delivery anew and tell who asked for it."""
        self.ensure_one()
        picking = self.picking_id
        picking.check_access("write")
        picking._release_check_open()
        if self.date_possible < fields.Datetime.now():
            raise UserError(self.env._("Give a shipping date in the future."))
        picking.scheduled_date = self.date_possible
        # sudo: the clock is evidence, this report is what stops it
        picking.sudo()._deadline_stop("shipment_report")
        picking._release_tell(
            self.env._(
                "%(delivery)s cannot leave as planned: %(reason)s. Possible shipping "
                "date: %(date)s. Estimated arrival: %(arrival)s.",
                delivery=picking.name,
                reason=self.reason,
                date=fields.Datetime.to_string(
                    fields.Datetime.context_timestamp(picking, self.date_possible)
                ),
                arrival=fields.Date.to_string(self.date_arrival) or "-",
            ),
            picking._release_get_planners(),
        )
        return {"type": "ir.actions.act_window_close"}
