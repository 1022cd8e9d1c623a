from odoo import fields, models


class MediaBooking(models.Model):
    _inherit = "media.booking"

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    # Process control sees for which order it keeps a face, not the order itself.
    sale_order_id = fields.Many2one(
        related="sale_line_id.order_id", string="Order", compute_sudo=True
    )

    def _describe_source(self):
        """Name the order first: readers look there for the dates."""
        # sudo: whoever may read the booking may know its order's number.
        number = self.sudo().sale_order_id.name
        return " / ".join(filter(None, (number, super()._describe_source())))
