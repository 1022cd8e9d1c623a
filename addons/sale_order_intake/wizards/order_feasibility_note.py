from odoo import api, fields, models
from odoo.exceptions import UserError

TITLES = {
    "ask": "Ask for Feasibility",
    "negotiate": "Negotiate with the Customer",
    "agree": "Later Date Agreed",
    "refuse": "Ask Not to Accept the Order",
    "decide": "Do Not Accept the Order",
    "decline": "Accept the Order",
}


class OrderFeasibilityNote(models.TransientModel):
    """Asks for the words that a verb of feasibility or refusal needs."""

    _name = "order.feasibility.note"
    _description = "Feasibility Note"

    order_id = fields.Many2one("sale.order")
    refusal_id = fields.Many2one("order.refusal")
    verb = fields.Selection(list(TITLES.items()), required=True)
    text = fields.Text()
    date = fields.Date()
    contact = fields.Char(string="Who of the Customer")
    attachment_ids = fields.Many2many("ir.attachment", string="Customer's Papers")
    kind = fields.Selection(selection="_selection_kind", string="Reason")
    answer_text = fields.Text(
        string="Answers", compute="_compute_answer_text", compute_sudo=True
    )

    def _selection_kind(self):
        refusals = self.env["order.refusal"]
        return refusals._fields["kind"]._description_selection(self.env)

    @api.depends("order_id", "refusal_id")
    def _compute_answer_text(self):
        for note in self:
            note.answer_text = note._get_answer_text()

    def _get_answer_text(self):
        """Return what the departments said, for those who may see the record."""
        refusal, order = self.refusal_id.sudo(False), self.order_id.sudo(False)
        if refusal and refusal.has_access("read"):
            return "\n".join(filter(None, (refusal.reason, refusal.feasibility_text)))
        if order and order.has_access("read"):
            return order._get_feasibility_answer()
        return ""

    @api.model
    def _get_title(self, verb):
        """Return the title of the dialog in the language of the user."""
        return dict(self._fields["verb"]._description_selection(self.env))[verb]

    def action_apply(self):
        """Do what was asked for; the verbs check everything."""
        self.ensure_one()
        order, refusal, text = self.order_id, self.refusal_id, self.text
        if not (refusal if self.verb in {"decide", "decline"} else order):
            raise UserError(self.env._("Save and choose a document first."))
        verbs = {
            "ask": lambda: order.intake_ask_feasibility(text),
            "negotiate": lambda: order.intake_negotiate_date(text),
            "agree": lambda: order.intake_agree_date(
                self.date, text, self.contact, self.attachment_ids.ids
            ),
            "refuse": lambda: order.intake_ask_refusal(self.kind, text),
            "decide": lambda: refusal.refusal_decide(True, text),
            "decline": lambda: refusal.refusal_decide(False, text),
        }
        verbs[self.verb]()
        return {"type": "ir.actions.act_window_close"}
