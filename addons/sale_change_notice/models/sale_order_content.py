from odoo import fields, models

from odoo.addons.base_review.tools import canonical_json, fingerprint, read_values

#: What a change notice was drafted on: another value asks for another notice.
BASE_FIELDS = (
    "company_id",
    "commitment_date",
    "currency_id",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "pricelist_id",
    "state",
)
#: What was agreed about a line.
LINE_FIELDS = (
    "product_id",
    "product_uom_qty",
    "product_uom_id",
    "price_unit",
    "discount",
    "tax_ids",
)


class SaleOrder(models.Model):
    """What was agreed, as it is compared and as it is kept."""

    _inherit = "sale.order"

    def _change_get_lines(self):
        """Return the lines that change notices are about."""
        return self.order_line.filtered(lambda line: not line._change_is_exempt())

    def _change_get_print(self):
        """Return the SHA-256 of what is agreed on the single order."""
        lines = [
            [line.id, canonical_json(read_values(line, LINE_FIELDS))]
            for line in self._change_get_lines()
        ]
        return fingerprint(canonical_json(read_values(self, BASE_FIELDS)), lines)

    def _change_content(self):
        """Return what is agreed as ordered pairs; keys, no labels."""
        self.ensure_one()
        lines = self._change_get_lines()
        return [
            ["commitment_date", fields.Datetime.to_string(self.commitment_date)],
            ["lines", [[line.id, line._change_content()] for line in lines]],
            ["total", self.amount_total],
        ]
