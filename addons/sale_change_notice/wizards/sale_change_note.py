from odoo import fields, models

TITLES = [
    ("contact", "Customer's Answer"),
    ("supplement", "Supplementary Contract"),
    ("rereview", "Ask for a Full Review"),
    ("circulate", "Circulate"),
]


class SaleChangeNote(models.TransientModel):
    """Asks for the words that a verb of a change notice needs."""

    _name = "sale.change.note"
    _description = "Change Notice Note"

    notice_id = fields.Many2one("sale.change.notice", required=True)
    verb = fields.Selection(TITLES, required=True)
    text = fields.Text(string="Note")
    decision = fields.Selection(
        [("unneeded", "Not Needed"), ("needed", "To Be Signed"), ("signed", "Signed")],
        default="unneeded",
    )
    department_ids = fields.Many2many("hr.department", string="Departments")

    def action_apply(self):
        """Do what was asked for; the verbs check everything."""
        self.ensure_one()
        notice, text = self.notice_id, self.text
        verbs = {
            "contact": lambda: notice.change_contact(text),
            "supplement": lambda: notice.change_supplement(self.decision, text),
            "rereview": lambda: notice.change_rereview(text),
            "circulate": lambda: notice.change_circulate(self.department_ids.ids),
        }
        verbs[self.verb]()
        return {"type": "ir.actions.act_window_close"}


class SaleChangeNotice(models.Model):
    _inherit = "sale.change.notice"

    def action_contact(self):
        """Ask what the customer said."""
        return self._ask("contact")

    def action_supplement(self):
        """Ask whether a supplementary contract is needed."""
        return self._ask("supplement")

    def action_rereview(self):
        """Ask why a full review is needed."""
        return self._ask("rereview")

    def action_circulate(self):
        """Ask for more departments."""
        return self._ask("circulate")

    def _ask(self, verb):
        """Open the dialog of a verb of the single notice."""
        self.ensure_one()
        self.check_access("read")
        field = self.env["sale.change.note"]._fields["verb"]
        return {
            "type": "ir.actions.act_window",
            "name": dict(field._description_selection(self.env))[verb],
            "res_model": "sale.change.note",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_id": self.id, "default_verb": verb},
        }
