from odoo import models
from odoo.exceptions import UserError

from .order_execution_document import GENERAL_MANAGER

CONTACT_LIMIT = "department_contact"


class DepartmentContact(models.Model):
    """What people do with a contact sheet."""

    _inherit = "department.contact"

    # === VERBS === #

    def send(self):
        """Send the sheet to the head of the receiving department."""
        self._check_requester(("draft",))
        if self.needs_permission and self.permission != "granted":
            raise UserError(
                self.env._(
                    "%s needs the permission of the general manager: ask for it first.",
                    self.display_name,
                )
            )
        if self.required_on <= self._now():
            raise UserError(
                self.env._(
                    "%s: the time until which it is to be solved is over.",
                    self.display_name,
                )
            )
        head = self._get_head()
        self._move("sent", responsible_id=head.id, sent_on=self._now())
        # Counted back from the time that the sheet itself gives.
        self._deadline_start(CONTACT_LIMIT, start=self.required_on, user=head)
        self._tell(head, self.subject, self.problem)
        return True

    def _get_head(self):
        """Return the head of the receiving department, or say that there is none."""
        # sudo: people read few employees
        head = self.sudo().to_department_id.manager_id.user_id
        if not head.active:
            raise UserError(
                self.env._(
                    "%s has no head with a login: enter the manager of the department.",
                    self.to_department_id.display_name,
                )
            )
        return head

    def reply(self, answer):
        """Answer as the head of the receiving department; stops the clock."""
        self._check_verb(("sent",))
        if not self._is_responsible():
            raise UserError(
                self.env._(
                    "%(sheet)s is answered by the head of %(department)s.",
                    sheet=self.display_name,
                    department=self.to_department_id.display_name,
                )
            )
        answer = self._clean(answer, self.env._("Answer"))
        self._move(
            "answered",
            answer=answer,
            answered_on=self._now(),
            answered_by_id=self.env.uid,
        )
        self._deadline_stop(CONTACT_LIMIT)
        self._tell(self.requester_id, self.env._("Answered: %s", self.subject), answer)
        return True

    def close(self):
        """Accept the answer."""
        self._check_requester(("answered",))
        self._move("closed")
        return True

    def reopen(self, reason):
        """Send the sheet back: the answer does not solve the problem."""
        self._check_requester(("answered",))
        reason = self._clean(reason, self.env._("Reason"))
        self._move("sent", answered_on=False, answered_by_id=False)
        self._deadline_start(
            CONTACT_LIMIT, start=self.required_on, user=self.responsible_id
        )
        self._tell(self.responsible_id, self.env._("Not solved yet"), reason)
        return True

    def _check_requester(self, states):
        self._check_verb(states)
        self._check_author()

    # === PERMISSION === #

    def ask_permission(self):
        """Ask the general manager whether the sheet may be sent."""
        self._check_requester(("draft",))
        users = self._get_group_users(GENERAL_MANAGER)
        if not users:
            raise UserError(
                self.env._(
                    "%s has no general manager: give somebody the group first.",
                    self.company_id.name,
                )
            )
        self._engine_write({"permission": "asked"})
        self._tell(users, self.env._("Permit the contact sheet"), self.subject)
        return True

    def decide_permission(self, granted, note=None):
        """Permit or refuse the sheet, as the general manager."""
        self._check_verb(("draft",), GENERAL_MANAGER)
        if self.permission != "asked":
            raise UserError(
                self.env._("%s: nobody asks for permission.", self.display_name)
            )
        if not granted:
            note = self._clean(note, self.env._("Reason"))
        self._move(
            "draft",
            permission="granted" if granted else "refused",
            permitted_on=self._now(),
            permitted_by_id=self.env.uid,
            permission_note=note or False,
        )
        summary = self.env._("Permitted") if granted else self.env._("Refused")
        self._tell(self.requester_id, summary, note, act=False)
        return True

    # === BUTTONS === #

    def action_send(self):
        """Send the sheet."""
        return self.send()

    def action_reply(self):
        """Ask for the answer."""
        return self._ask("reply")

    def action_close(self):
        """Accept the answer."""
        return self.close()

    def action_reopen(self):
        """Ask what is not solved."""
        return self._ask("reopen")

    def action_ask_permission(self):
        """Ask the general manager."""
        return self.ask_permission()

    def action_permit(self):
        """Permit the sheet."""
        return self.decide_permission(True)

    def action_refuse(self):
        """Ask why the sheet is refused."""
        return self._ask("refuse")

    def action_print(self):
        """Print the sheet."""
        return self._print("department_contact_report")

    # === PRINT === #

    def _get_print_answer(self):
        """Return the answer with its time, and room to write it by hand."""
        return self.answer or "\n\n\n\n"

    def _get_print_head(self):
        """Return the name of the head who is asked, or who answered."""
        return (self.answered_by_id or self.responsible_id).name
