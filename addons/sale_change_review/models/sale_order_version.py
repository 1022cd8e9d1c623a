from odoo import api, fields, models


class SaleOrderVersion(models.Model):
    _inherit = "sale.order.version"

    review_fingerprint = fields.Char(
        readonly=True,
        help="What the review compares, as it was after the change.",
    )

    @api.model
    def _prepare_version(self, order, number, content, changes):
        return {
            **super()._prepare_version(order, number, content, changes),
            "review_fingerprint": order._review_get_fingerprint(),
        }
