from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.order_execution_document import check_one

VERBS = {
    "progress": "Log Progress",
    "solve": "Solve the Problem",
    "track": "Track the Order",
    "remedy": "Answer with a Remedy",
    "report": "Report to the General Manager",
    "revise": "Revise the Instruction",
    "close": "Close the Instruction",
    "cancel": "Nothing to Produce",
    "tell": "Tell the Customer",
    "reply": "Answer the Contact Sheet",
    "reopen": "Not Solved Yet",
    "refuse": "Refuse the Contact Sheet",
    "raise": "Ask the Next Rung",
    "resolve": "Resolve",
}
#: The model of the verbs that are not those of an instruction.
MODELS = {
    **dict.fromkeys(("reply", "reopen", "refuse"), "department.contact"),
    **dict.fromkeys(("raise", "resolve"), "order.escalation"),
}


class OrderExecutionNote(models.TransientModel):
    """Asks for the words that a verb of the execution needs."""

    _name = "order.execution.note"
    _description = "Execution Note"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    verb = fields.Selection(list(VERBS.items()), required=True)
    text = fields.Text(string="Note")
    quantity = fields.Float(string="Quantity Done", digits="Product Unit")
    product_id = fields.Many2one("product.product")
    product_ids = fields.Many2many(
        "product.product", string="Products", compute="_compute_product_ids"
    )
    problem = fields.Boolean()
    result = fields.Selection(
        [("on_plan", "On plan"), ("behind", "Behind plan")], default="on_plan"
    )
    progress_id = fields.Many2one("production.progress")
    tracking_id = fields.Many2one("order.tracking")
    hop = fields.Integer()

    @api.depends("res_model", "res_id")
    def _compute_product_ids(self):
        for note in self:
            products = note.product_ids.browse()
            if note.res_model == "production.instruction":
                instruction = self.env[note.res_model].browse(note.res_id)
                products = instruction.line_ids.product_id
            note.product_ids = products

    @api.model
    def _open(self, document, verb, values):
        """Return the dialog for a verb of a document."""
        titles = dict(self._fields["verb"]._description_selection(self.env))
        if verb == "progress":
            values["product_id"] = document.line_ids.product_id[:1].id
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": document._name,
                "default_res_id": document.id,
                "default_verb": verb,
                **{f"default_{name}": value for name, value in values.items()},
            },
        }

    def action_apply(self):
        """Do what was asked for; the verbs check everything."""
        check_one(self)
        if self.res_model != MODELS.get(self.verb, "production.instruction"):
            raise UserError(self.env._("Save and choose a document first."))
        document = self.env[self.res_model].browse(self.res_id).exists()
        self._apply(document, self.text)
        return {"type": "ir.actions.act_window_close"}

    def _apply(self, document, text):
        calls = {
            "progress": lambda: document.log_progress(
                self.quantity, text, self.problem, self.product_id.id
            ),
            "solve": lambda: self.progress_id.solve(text),
            "track": lambda: document.track(self.result, text),
            "remedy": lambda: self.tracking_id.answer_remedy(text),
            "report": lambda: self.tracking_id.report_behind(text),
            "revise": lambda: document.revise(text),
            "close": lambda: document.close(text),
            "cancel": lambda: document.cancel(text),
            "tell": lambda: document.tell_customer(text),
            "reply": lambda: document.reply(text),
            "reopen": lambda: document.reopen(text),
            "refuse": lambda: document.decide_permission(False, text),
            "raise": lambda: self._apply_raise(document, text),
            "resolve": lambda: document.resolve(text),
        }
        calls[self.verb]()

    def _apply_raise(self, document, text):
        if document.state == "draft":
            document.raise_first(text)
        else:
            document.raise_next(text, self.hop)
