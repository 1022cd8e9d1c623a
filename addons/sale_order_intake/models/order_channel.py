from odoo import fields, models


class OrderChannel(models.Model):
    """How orders reach the company."""

    _name = "order.channel"
    _description = "Order Channel"
    _order = "sequence, id"
    _rec_names_search = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Fixed name of the channel for imports.")
    kind = fields.Selection(
        [
            ("direct", "Customer direct"),
            ("salesperson", "Entered for the customer"),
            ("partner", "Agent, distributor, partner"),
            ("platform", "Online platform"),
        ],
        required=True,
        default="direct",
    )
    needs_document = fields.Boolean(
        string="Papers Needed",
        help="The customer's application form and contract are attached to the order.",
    )
    needs_signature = fields.Boolean(
        string="Signature Needed",
        default=True,
        help="The customer signs the order confirmation before the order is a sale.",
    )
    responsible_id = fields.Many2one(
        comodel_name="res.users",
        domain="[('share', '=', False)]",
        help="Is told of orders of this channel that are to be checked.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a channel with this code already."
    )
