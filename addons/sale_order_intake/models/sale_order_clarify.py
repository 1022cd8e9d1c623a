from odoo import fields, models
from odoo.exceptions import UserError

CLARIFY_ACTIVITY = "sale_order_intake.mail_activity_type_clarify"
DESK_ACTIVITY = "sale_order_intake.mail_activity_type_desk"


class SaleOrder(models.Model):
    """Questions to the customer, and the person responsible for the order."""

    _inherit = "sale.order"

    clarify_open = fields.Boolean(
        string="To Be Clarified", readonly=True, copy=False, tracking=True
    )
    clarify_question = fields.Text(string="Question", readonly=True, copy=False)
    intake_responsible_id = fields.Many2one(
        "res.users",
        string="Responsible Person",
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
        groups="base.group_user",
    )

    # === VERBS === #

    def intake_clarify(self, question):
        """Return the order: the salesperson clarifies it with the customer."""
        self._intake_check_access(desk=True)
        self._intake_check_open()
        question = self._intake_text(question, self.env._("Question to the customer"))
        self._intake_write({"clarify_open": True, "clarify_question": question})
        self._intake_log("clarify", question)
        self._intake_schedule(
            CLARIFY_ACTIVITY, self.user_id or self.create_uid, question
        )
        self._intake_tell("clarify", again=True)
        self._intake_follow()
        return True

    def intake_clarified(self, answer):
        """Note the customer's answer: the order goes back to the desk."""
        self._intake_check_access()
        answer = self._intake_text(answer, self.env._("Answer of the customer"))
        if not self.clarify_open:
            raise UserError(
                self.env._("Nothing is to be clarified on %s.", self.display_name)
            )
        self._intake_write({"clarify_open": False})
        self._intake_log("answer", answer)
        # sudo: the activity may be a colleague's
        self.sudo().activity_feedback([CLARIFY_ACTIVITY], feedback=answer)
        self._intake_remind(self.env._("Clarified: check again"), answer)
        self._intake_follow()
        return True

    def intake_assign(self, user_id):
        """Assign the checked order to the person responsible for it."""
        self._intake_check_access(desk=True)
        user = self.env["res.users"].browse(user_id).exists()
        if not user or not user.active or not user._is_internal():
            raise UserError(self.env._("Choose a colleague who is in office."))
        if self.company_id not in user.company_ids:
            raise UserError(
                self.env._("%s does not work for this company.", user.display_name)
            )
        if not self._intake_is_reviewed():
            raise UserError(
                self.env._(
                    "%s is assigned after its review: check it first.",
                    self.display_name,
                )
            )
        self._intake_assign(user)
        return True

    def action_intake_clarify(self):
        """Ask what is to be clarified with the customer."""
        return self._intake_ask("clarify")

    def action_intake_clarified(self):
        """Ask for the customer's answer."""
        return self._intake_ask("answer")

    def action_intake_assign(self):
        """Ask who is responsible."""
        return self._intake_ask("assign")

    # === HELPERS === #

    def _intake_assign(self, user):
        self._intake_write({"intake_responsible_id": user.id})
        self._intake_log("assign", user.name)
        self._intake_schedule(
            DESK_ACTIVITY, user, self.env._("You are responsible for this order.")
        )

    def _get_desk_user(self):
        """Return who of the order desk is told about the single order."""
        self.ensure_one()
        order = self.sudo()  # names of colleagues
        candidates = (
            order.intake_responsible_id,
            order.intake_channel_id.responsible_id,
            order.company_id.order_desk_user_id,
            order.user_id,
            order.create_uid,
        )
        return next(
            (user for user in candidates if user.active and user._is_internal()),
            self.env["res.users"],
        )

    def _intake_remind(self, summary, note=""):
        """Remind the order desk of the order."""
        for order in self:
            order._intake_schedule(DESK_ACTIVITY, order._get_desk_user(), note, summary)

    def _intake_drop_reminder(self):
        """Drop the reminder of the single order once nothing is left to check."""
        if self.risk_state != "flagged" and self._is_intake_checked():
            self.sudo().activity_unlink([DESK_ACTIVITY])  # sudo: a colleague's

    def _intake_schedule(self, activity_type, user, note, summary=None):
        """Give the user one activity of the type on the single order."""
        self.ensure_one()
        order = self.sudo()  # reminders also come from customers
        order.activity_unlink([activity_type])
        if user and user._is_internal():
            order.activity_schedule(
                activity_type, user_id=user.id, note=note, summary=summary
            )
