from odoo import fields, models


class BenchDocument(models.Model):
    """As little of a document as the review engine needs: it alone is measured."""

    _name = "bench.document"
    _description = "Document of the Benchmarks"
    _inherit = ["mail.thread", "mail.activity.mixin", "review.mixin"]

    _review_fields = ("partner_id", "amount")
    _review_lines = {"line_ids": ("name", "quantity", "price")}

    name = fields.Char()
    company_id = fields.Many2one(
        comodel_name="res.company", default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(comodel_name="res.partner")
    supervisor_id = fields.Many2one(comodel_name="res.users")
    amount = fields.Float()
    state = fields.Selection(
        selection=[("draft", "Draft"), ("done", "Done"), ("cancel", "Cancelled")],
        default="draft",
    )
    line_ids = fields.One2many(
        comodel_name="bench.document.line", inverse_name="document_id"
    )


class BenchDocumentLine(models.Model):
    _name = "bench.document.line"
    _description = "Line of the Benchmarks"
    _inherit = ["review.line.mixin"]

    _review_parent_field = "document_id"

    document_id = fields.Many2one(
        comodel_name="bench.document", index=True, ondelete="cascade"
    )
    name = fields.Char()
    quantity = fields.Float(default=1.0)
    price = fields.Float()
