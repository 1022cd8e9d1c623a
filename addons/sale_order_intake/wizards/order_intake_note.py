from odoo import api, fields, models

from ..models.order_intake_log import SUBJECTS

TITLES = {
    "check": "Check",
    "risk": "Flag as Risk Order",
    "clear": "Clear the Risk",
    "clarify": "Clarify with the Customer",
    "answer": "Customer's Answer",
    "assign": "Assign Responsible Person",
    "scan": "Register Signed Copy",
    "progress": "Tell the Customer",
    "exception": "Report Delay or Shortage",
    "resolve": "Resolve",
}


class OrderIntakeNote(models.TransientModel):
    """Asks for the words that a verb of the order desk needs."""

    _name = "order.intake.note"
    _description = "Order Desk Note"

    order_id = fields.Many2one("sale.order", required=True)
    verb = fields.Selection(list(TITLES.items()), required=True)
    text = fields.Text()
    risk_reason = fields.Text(related="order_id.risk_reason")
    clarify_question = fields.Text(related="order_id.clarify_question")
    subject = fields.Selection(list(SUBJECTS.items()))
    result = fields.Selection([("ok", "Correct"), ("wrong", "Wrong")], default="ok")
    kind = fields.Selection(
        [("delay", "Delay"), ("shortage", "Shortage"), ("other", "Other")],
        default="delay",
    )
    user_id = fields.Many2one("res.users", domain="[('share', '=', False)]")
    signer = fields.Char(string="Signed By")
    attachment_ids = fields.Many2many("ir.attachment", string="Signed Copy")
    exception_id = fields.Many2one("order.exception")

    @api.model
    def _get_title(self, verb):
        """Return the title of the dialog in the language of the user."""
        return dict(self._fields["verb"]._description_selection(self.env))[verb]

    def action_apply(self):
        """Do what was asked for; the verbs check everything."""
        self.ensure_one()
        order, text = self.order_id, self.text
        verbs = {
            "check": lambda: order.intake_check(self.subject, self.result, text),
            "risk": lambda: order.intake_flag_risk(text),
            "clear": lambda: order.intake_clear_risk(text),
            "clarify": lambda: order.intake_clarify(text),
            "answer": lambda: order.intake_clarified(text),
            "assign": lambda: order.intake_assign(self.user_id.id),
            "scan": lambda: order._intake_register_scan(
                self.signer, self.attachment_ids
            ),
            "progress": lambda: order.intake_tell_progress(text),
            "exception": lambda: order.intake_report_exception(self.kind, text),
            "resolve": lambda: order.intake_resolve_exception(
                self.exception_id.id, text
            ),
        }
        verbs[self.verb]()
        return {"type": "ir.actions.act_window_close"}
