from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDeadlineSecurity(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._create_limit()
        cls.workday = cls.env["deadline.workday"].create({"date": "2026-11-21"})
        cls.document = cls._create_document()
        cls.clock = cls.document._deadline_start("test_answer", user=cls.clerk)
        cls.other = cls.env["res.company"].create({"name": "Another Company"})
        cls.stranger = cls._create_user(
            "deadline_stranger", "base_deadline.group_deadline_manager"
        )
        cls.env.ref("base.user_admin").company_ids += cls.company
        cls.stranger.write(
            {"company_ids": [Command.set(cls.other.ids)], "company_id": cls.other.id}
        )

    def _as_stranger(self, record):
        return record.with_user(self.stranger).with_context(
            allowed_company_ids=self.other.ids
        )

    def test_nobody_writes_clocks(self):
        for user in (self.clerk, self.manager, self.env.ref("base.user_admin")):
            clock = self.clock.with_user(user)
            self.assertTrue(clock.has_access("read"))
            for operation in ("write", "create", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    self.assertFalse(clock.has_access(operation))

    def test_users_read_limits_and_managers_change_them(self):
        for record in (self.limit, self.workday):
            reader, editor = (
                record.with_user(self.clerk),
                record.with_user(self.manager),
            )
            self.assertTrue(reader.has_access("read"))
            for operation in ("write", "create", "unlink"):
                with self.subTest(record=record._name, operation=operation):
                    self.assertFalse(reader.has_access(operation))
                    self.assertTrue(editor.has_access(operation))

    def test_other_companies_see_only_what_holds_for_all(self):
        self.assertFalse(self._as_stranger(self.clock).has_access("read"))
        self.assertTrue(self._as_stranger(self.limit).has_access("read"))

        self.limit.company_id = self.company
        self.workday.company_id = self.company

        for record in (self.limit, self.workday):
            with self.assertRaises(AccessError):
                self._as_stranger(record).read(["company_id"])

    def test_a_clock_hides_the_name_of_a_closed_document(self):
        clock = self.clock.with_user(self.clerk)
        self.assertEqual(clock.document_name, "D1")
        self.env["ir.model.access"].search(
            [("model_id.model", "=", self.document._name)]
        ).unlink()
        self.env.invalidate_all()

        self.assertFalse(clock.document_name)

    def test_the_document_opens_from_the_clock(self):
        action = self.clock.with_user(self.clerk).action_open_document()

        self.assertEqual(action["res_model"], self.document._name)
        self.assertEqual(action["res_id"], self.document.id)
