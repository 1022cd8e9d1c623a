from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OrderSurcharge(models.Model):
    """The special-shape change standard: what a change of the standard costs."""

    _name = "order.surcharge"
    _description = "Special-shape Surcharge"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    change = fields.Selection(
        [
            ("size", "Size"),
            ("shape", "Shape"),
            ("material", "Material"),
            ("colour", "Colour"),
            ("other", "Other"),
        ],
        required=True,
        default="size",
    )
    categ_id = fields.Many2one(
        "product.category", string="Product Category", ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", check_company=True, ondelete="cascade"
    )
    percent = fields.Float(string="% of the Price", digits=(16, 2))
    amount = fields.Float(
        string="Amount per Unit", help="In the currency of the company."
    )
    product_id = fields.Many2one(
        "product.product",
        string="Charged As",
        required=True,
        check_company=True,
        domain="[('type', '=', 'service')]",
        help="The service that stands on the line of the surcharge.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _charge_check = models.Constraint(
        "CHECK(percent >= 0 AND amount >= 0 AND percent + amount > 0"
        " AND percent <= 10000 AND amount < 1e15)",
        "A surcharge is a percentage or an amount above zero.",
    )

    @api.constrains("product_id")
    def _check_product(self):
        for surcharge in self:
            if surcharge.product_id.type != "service":
                raise ValidationError(
                    self.env._("%s is charged as a service.", surcharge.name)
                )

    def _fits(self, line):
        """Tell whether the surcharge is for the goods of the line."""
        self.ensure_one()
        product = line.product_id
        if self.product_tmpl_id:
            return self.product_tmpl_id == product.product_tmpl_id
        path = product.categ_id.parent_path or ""
        return not self.categ_id or path.startswith(self.categ_id.parent_path or "/")

    def _get_charge(self, line):
        """Return the untaxed surcharge of the line in the currency of the order."""
        self.ensure_one()
        order = line.order_id
        amount = order.company_id.currency_id._convert(
            self.amount,
            order.currency_id,
            order.company_id,
            order.date_order or fields.Date.context_today(self),
        )
        goods = line.price_unit * (1 - line.discount / 100) * self.percent / 100
        return order.currency_id.round((goods + amount) * line.product_uom_qty)

    @api.model
    def _get_table(self, company):
        """Return the surcharges that the company uses."""
        return self.search(Domain("company_id", "in", [False, company.id]))
