from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_control = fields.Boolean(related="company_id.credit_control", readonly=False)
    credit_term_receivable = fields.Boolean(
        related="company_id.credit_term_receivable", readonly=False
    )
    credit_term_advances = fields.Boolean(
        related="company_id.credit_term_advances", readonly=False
    )
    credit_term_drafts = fields.Boolean(
        related="company_id.credit_term_drafts", readonly=False
    )
    credit_term_receipts = fields.Boolean(
        related="company_id.credit_term_receipts", readonly=False
    )
    credit_certification_days = fields.Integer(
        related="company_id.credit_certification_days", readonly=False
    )
    credit_release_days = fields.Integer(
        related="company_id.credit_release_days", readonly=False
    )
    credit_block_invoice = fields.Boolean(
        related="company_id.credit_block_invoice", readonly=False
    )
    credit_certifier_id = fields.Many2one(
        related="company_id.credit_certifier_id", readonly=False
    )
    credit_approver_id = fields.Many2one(
        related="company_id.credit_approver_id", readonly=False
    )
