from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ExecutionCommon, china

UNTIL = china(2026, 6, 2, 15)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContact(ExecutionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._create_user("head", "base.group_user")
        cls.purchasing = cls._create_department("Purchasing", cls.head)
        cls.workshop = cls._create_department("Workshop", cls.colleague)

    def _create_contact(self, user=None, **values):
        contacts = self.env["department.contact"].with_user(user or self.colleague)
        return contacts.create(
            {
                "subject": "Steel is missing",
                "problem": "Three tons of plate for the sprayers.",
                "required_on": UNTIL,
                "to_department_id": self.purchasing.id,
                **values,
            }
        )

    def test_sheet_is_sent_to_the_head_with_a_clock(self):
        """OCM-38: problem, required time, receiving department, its head answers."""
        contact = self._create_contact()
        self.assertEqual(contact.from_department_id, self.workshop)
        contact.action_send()
        self.assertRecordValues(
            contact, [{"state": "sent", "responsible_id": self.head.id}]
        )
        clock = self._get_clock(contact, "department_contact")
        self.assertRecordValues(
            clock, [{"due_at": UNTIL, "user_id": self.head.id, "state": "running"}]
        )
        self.assertEqual(clock.next_at, UNTIL - timedelta(hours=4))
        self.assertTrue(self._get_activities(contact, self.head))

    def test_head_answers_through_the_dialog(self):
        """OCM-38: the answer, in time."""
        contact = self._create_contact()
        contact.action_send()
        action = contact.with_user(self.head).action_reply()
        notes = self.env[action["res_model"]].with_user(self.head)
        note = Form(notes.with_context(**action["context"]))
        note.text = "It arrives at noon."
        note.save().action_apply()
        self.assertRecordValues(
            contact,
            [
                {
                    "state": "answered",
                    "answer": "It arrives at noon.",
                    "answered_by_id": self.head.id,
                    "is_late": False,
                }
            ],
        )
        clock = self._get_clock(contact, "department_contact")
        self.assertEqual(clock.state, "met")
        contact.action_close()
        self.assertEqual(contact.state, "closed")

    def test_late_sheets_are_flagged(self):
        """OCM-38: not answered until the required time."""
        contact = self._create_contact()
        contact.action_send()
        contacts = self.env["department.contact"].with_user(self.colleague)
        domain = [("is_late", "=", True)]
        self.assertNotIn(contact, contacts.search(domain))
        with freeze_time(UNTIL + timedelta(hours=2)):
            contact.invalidate_recordset()
            self.assertIn(contact, contacts.search(domain))
            contact.with_user(self.head).reply("Too late")
        self.assertTrue(contact.is_late)
        self.assertIn(contact, contacts.search(domain))
        self.assertEqual(self._get_clock(contact, "department_contact").state, "missed")

    def test_only_the_head_answers(self):
        """OCM-38: not the one who asks, nor order management."""
        contact = self._create_contact()
        contact.action_send()
        for user in (self.colleague, self.clerk):
            with self.assertRaisesRegex(UserError, "head of Purchasing"):
                contact.with_user(user).reply("Done")
        with self.assertRaises(AccessError):
            contact.with_user(self.maker).reply("Done")

    def test_unsolved_answer_goes_back(self):
        """OCM-38: what is not solved is asked again."""
        contact = self._create_contact()
        contact.action_send()
        contact.with_user(self.head).reply("Soon")
        contact.reopen("When exactly?")
        self.assertEqual(contact.state, "sent")
        clock = self._get_clock(contact, "department_contact")
        self.assertEqual(clock.state, "running")

    def test_sheet_needs_the_managers_permission_where_the_company_says_so(self):
        """PTC-03: horizontal coordination needs the general manager's permission."""
        self.company.contact_permission = True
        contact = self._create_contact()
        with self.assertRaisesRegex(UserError, "permission"):
            contact.action_send()
        contact.action_ask_permission()
        self.assertTrue(self._get_activities(contact, self.boss))
        with self.assertRaises(AccessError):
            contact.action_permit()
        contact.with_user(self.boss).action_permit()
        self.assertEqual(contact.permitted_by_id, self.boss)
        contact.problem = "Thirty tons, in fact."
        with self.assertRaisesRegex(UserError, "permission"):
            contact.action_send()
        contact.action_ask_permission()
        contact.with_user(self.boss).action_permit()
        contact.action_send()
        self.assertEqual(contact.state, "sent")

    def test_refused_permission_says_why(self):
        """PTC-03: refused with a reason."""
        self.company.contact_permission = True
        contact = self._create_contact()
        contact.action_ask_permission()
        with self.assertRaises(UserError):
            contact.with_user(self.boss).decide_permission(False)
        contact.with_user(self.boss).decide_permission(False, "Ask in the meeting")
        self.assertRecordValues(
            contact,
            [{"permission": "refused", "permission_note": "Ask in the meeting"}],
        )

    def test_nobody_forges_a_sheet(self):
        """OCM-38: state, answer and author are kept by the actions."""
        contact = self._create_contact(requester_id=self.head.id)
        self.assertEqual(contact.requester_id, self.colleague)
        forgeries = (
            *({"state": "answered"}, {"answer": "x"}, {"permission": "granted"}),
            {"requester_id": self.head.id},
        )
        for vals in forgeries:
            with self.assertRaises(AccessError):
                contact.sudo().write(vals)
        with self.assertRaises(AccessError):
            self._create_contact(state="sent")
        with self.assertRaises(AccessError):
            contact.with_user(self.head).problem = "Something easier"
        contact.action_send()
        with self.assertRaises(UserError):
            contact.problem = "Something else"

    def test_department_without_head_is_told(self):
        """OCM-38: nobody to answer, so nothing is sent."""
        contact = self._create_contact(
            to_department_id=self._create_department("Nobody").id
        )
        with self.assertRaisesRegex(UserError, "no head"):
            contact.action_send()
        late = self._create_contact(required_on=NOW - timedelta(hours=1))
        with self.assertRaisesRegex(UserError, "is over"):
            late.action_send()
