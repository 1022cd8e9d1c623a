from odoo import api, fields, models
from odoo.fields import Domain


class OrderRiskRule(models.Model):
    """What makes an order a risk order by itself; a switch for each rule."""

    _name = "order.risk.rule"
    _description = "Order Risk Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("address", "Delivery address incomplete"),
            ("quantity", "Quantity beyond the limit"),
            ("price", "Price off the price list"),
            ("identity", "Customer's identity not verified"),
        ],
        required=True,
    )
    limit = fields.Float(
        help="Largest usual quantity of a line, or largest difference from the price "
        "list in percent. Not used by the other rules."
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: the rule of all companies."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _limit_check = models.Constraint(
        'CHECK("limit" >= 0 AND "limit" < 1e15)', "The limit is zero or more."
    )

    @api.model
    def _get_rules(self, company):
        """Return the rules of the company; its own replace the general of a kind."""
        rules = self.search(Domain("company_id", "in", [False, company.id]))
        own = rules.filtered("company_id")
        return own | (rules - own).filtered(
            lambda rule: rule.kind not in own.mapped("kind")
        )
