from odoo import fields, models


class CreditDrift(models.Model):
    """A figure that differed from its recomputation in the nightly proof."""

    _name = "credit.drift"
    _description = "Credit Figure Difference"
    _inherit = ["credit.evidence"]
    _order = "id desc"
    _rec_name = "figure"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", ondelete="set null"
    )
    res_model = fields.Char(string="Document model")
    res_id = fields.Many2oneReference(string="Document", model_field="res_model")
    figure = fields.Char(required=True)
    amount_stored = fields.Monetary(string="Stored")
    amount_expected = fields.Monetary(string="Recomputed")
    is_fixed = fields.Boolean(string="Corrected")
