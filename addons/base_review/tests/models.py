"""A throw-away document with lines: the engine is tested without selling."""

from odoo import fields, models


class ReviewTestDocument(models.Model):
    _name = "review.test.document"
    _description = "Document of the Review Tests"
    _inherit = ["mail.thread", "mail.activity.mixin", "review.mixin"]
    _module = None

    _review_state_from = ("draft", "sent")
    _review_state_to = ("done",)
    _review_fields = ("partner_id", "amount")
    _review_lines = {"line_ids": ("name", "quantity", "price")}

    name = fields.Char(default="Document")
    company_id = fields.Many2one(
        comodel_name="res.company", default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(comodel_name="res.partner")
    owner_id = fields.Many2one(comodel_name="res.users")
    supervisor_id = fields.Many2one(comodel_name="res.users")
    amount = fields.Float()
    note = fields.Text()
    blocked = fields.Boolean()
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("done", "Done"),
            ("cancel", "Cancelled"),
        ],
        default="draft",
    )
    line_ids = fields.One2many(
        comodel_name="review.test.line", inverse_name="document_id"
    )

    def action_confirm(self):
        self.write({"state": "done"})
        return True

    def _review_check_amount(self):
        return {
            document.id: f"Amount {document.amount} is above 1000"
            for document in self
            if document.amount > 1000
        }

    def _review_check_partner(self):
        return {
            document.id: "No partner" for document in self if not document.partner_id
        }

    def _review_submit_blockers(self):
        blockers = super()._review_submit_blockers()
        for document in self.filtered("blocked"):
            blockers.setdefault(document.id, []).append(f"{document.name} is blocked")
        return blockers

    def _review_excluded_users(self):
        return super()._review_excluded_users() | self.owner_id

    def _review_get_amount(self):
        return self.amount

    def _review_snapshot(self):
        return {"Amount": self.amount, "Lines": [[line.name] for line in self.line_ids]}

    def _review_after_approved(self):
        for document in self:
            document.note = f"{document.note or ''}approved;"
        return super()._review_after_approved()

    def _review_after_step(self, tasks):
        names = ", ".join(tasks.mapped("step_name"))
        self.note = f"{self.note or ''}{names};"
        return super()._review_after_step(tasks)


class ReviewTestLine(models.Model):
    _name = "review.test.line"
    _description = "Line of the Review Tests"
    _inherit = ["review.line.mixin"]
    _module = None

    _review_parent_field = "document_id"

    document_id = fields.Many2one(
        comodel_name="review.test.document", ondelete="cascade"
    )
    name = fields.Char()
    display_type = fields.Selection(selection=[("line_note", "Note")])
    quantity = fields.Float(default=1.0)
    price = fields.Float()
    delivered = fields.Float()
