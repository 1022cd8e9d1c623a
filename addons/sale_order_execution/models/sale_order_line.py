from odoo import api, models

#: Changes of a line that the instruction follows.
FOLLOWED = {"product_id", "product_uom_qty", "product_uom_id", "name"}


class SaleOrderLine(models.Model):
    """Lines tell production what to make."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._follow_confirmed()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            self._follow_confirmed()
        return result

    def unlink(self):
        confirmed = self.order_id.filtered(lambda order: order.state == "sale")
        result = super().unlink()
        confirmed._instruction_follow_later()
        return result

    def _follow_confirmed(self):
        orders = self.order_id.filtered(lambda order: order.state == "sale")
        orders._instruction_follow_later()

    # === HOOKS === #

    def _is_produced(self):
        """Tell whether production has something to make for the single line."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_expense
            and self.product_id.type == "consu"
            and self.product_id.is_produced
            and self.product_uom_qty > 0
        )

    def _prepare_instruction_line(self):
        """Return what the instruction says of the single line."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "order_line_id": self.id,
            "product_id": self.product_id.id,
            "quantity": self.product_uom_qty,
            "uom_id": self.product_uom_id.id,
            "date_promised": self.order_id.commitment_date,
            "source_text": self.name,
            "source_packing": False,
        }
