from odoo import fields, models

#: The settings that change what counts towards the exposure.
CREDIT_TERMS = (
    "credit_term_receivable",
    "credit_term_advances",
    "credit_term_drafts",
    "credit_term_receipts",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_control = fields.Boolean(
        help="Hold what exceeds a customer's credit limit and guard the limits."
    )
    credit_term_receivable = fields.Boolean(
        string="Receivable balance",
        default=True,
        help="Posted customer items that are not settled yet count as exposure.",
    )
    credit_term_advances = fields.Boolean(
        string="Advances received",
        default=True,
        help="Advances and posted credit notes not allocated yet lower the exposure.",
    )
    credit_term_drafts = fields.Boolean(
        string="Unapproved invoices",
        default=True,
        help="Draft customer invoices count as exposure; draft credit notes never "
        "lower it.",
    )
    credit_term_receipts = fields.Boolean(
        string="Receipts not arrived",
        default=True,
        help="Registered receipts lower the exposure only once their arrival is "
        "confirmed.",
    )
    credit_certification_days = fields.Integer(
        string="Certification valid (days)",
        default=30,
        help="Days after which the accountant certifies the credit data again.",
    )
    credit_release_days = fields.Integer(
        string="Release valid (days)",
        default=7,
        help="Days during which a released order may still be confirmed.",
    )
    credit_block_invoice = fields.Boolean(
        string="Refuse invoices over the limit",
        help="Refuse to post a manual customer invoice that exceeds the limit.",
    )
    credit_certifier_id = fields.Many2one(
        comodel_name="res.users",
        string="Credit accountant",
        help="Gets the requests for certification of accounts without an owner.",
    )
    credit_approver_id = fields.Many2one(
        comodel_name="res.users",
        string="Credit approver",
        help="Gets the applications for a change of a credit limit.",
    )

    _credit_days_check = models.Constraint(
        "CHECK (credit_certification_days >= 0 AND credit_release_days >= 0)",
        "A number of days is not negative.",
    )

    def write(self, vals):
        switched_on = self.browse()
        if vals.get("credit_control"):
            switched_on = self.filtered(lambda company: not company.credit_control)
        result = super().write(vals)
        if switched_on:
            switched_on._credit_control_switched_on()
        return result

    def _credit_control_switched_on(self):
        """Prepare stored figures when the control starts; extended by the bridges."""
