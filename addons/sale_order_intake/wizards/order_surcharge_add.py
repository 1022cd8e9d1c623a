from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OrderSurchargeAdd(models.TransientModel):
    """Charges a change of shape by the company's table."""

    _name = "order.surcharge.add"
    _description = "Add Surcharge"

    order_id = fields.Many2one("sale.order", required=True)
    line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        domain="[('order_id', '=', order_id), ('product_id', '!=', False)]",
    )
    surcharge_ids = fields.Many2many(
        "order.surcharge", compute="_compute_surcharge_ids", string="Surcharges"
    )
    surcharge_id = fields.Many2one(
        "order.surcharge", required=True, domain="[('id', 'in', surcharge_ids)]"
    )
    amount = fields.Float(compute="_compute_amount")

    @api.depends("line_id")
    def _compute_surcharge_ids(self):
        for wizard in self:
            table = self.env["order.surcharge"]._get_table(wizard.order_id.company_id)
            wizard.surcharge_ids = table.filtered(
                lambda row, line=wizard.line_id: line and row._fits(line)
            )

    @api.depends("line_id", "surcharge_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = (
                wizard.surcharge_id._get_charge(wizard.line_id)
                if wizard.line_id and wizard.surcharge_id
                else 0.0
            )

    def action_add(self):
        """Add the line of the surcharge below the others."""
        self.ensure_one()
        self.order_id._intake_add_surcharge(self.line_id, self.surcharge_id)
        return {"type": "ir.actions.act_window_close"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_intake_surcharge(self):
        """Ask which line is charged for which change."""
        self._intake_check_access()
        self._intake_check_open()
        goods = self.order_line.filtered(
            lambda line: line._is_intake_goods() and not line.surcharge_id
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Surcharge"),
            "res_model": "order.surcharge.add",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_order_id": self.id,
                "default_line_id": goods.id if len(goods) == 1 else False,
            },
        }

    def _intake_add_surcharge(self, line, surcharge):
        """Add the surcharge of one line as a line of its own."""
        self._intake_check_access()
        self._intake_check_open()
        if line.order_id != self or not surcharge._fits(line):
            raise UserError(
                self.env._(
                    "%(surcharge)s is not for %(product)s.",
                    surcharge=surcharge.name,
                    product=line.product_id.display_name,
                )
            )
        charge = surcharge._get_charge(line)
        before = self.order_line
        vals = {
            "product_id": surcharge.product_id.id,
            "name": f"{surcharge.name}: {line.product_id.display_name}",
            "product_uom_qty": 1,
            "price_unit": charge,
        }
        self.write({"order_line": [Command.create(vals)]})
        (self.order_line - before)._surcharge_write(
            {
                "surcharge_id": surcharge.id,
                "surcharge_line_id": line.id,
                "surcharge_amount": charge,
            }
        )
        self._intake_follow()
