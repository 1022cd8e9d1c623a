from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DOCUMENT, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewTurns(ReviewCommon):
    """What made somebody the reviewer must still hold when he decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["res.groups"].create({"name": "Checkers"})
        cls.checker = cls._create_member("review_checker")
        cls.flow.active = False
        cls.env.flush_all()
        cls.flow = cls._create_flow(
            [
                {
                    "name": "Check",
                    "assign_by": "group",
                    "group_id": cls.group.id,
                    "policy": "all",
                }
            ],
            active=True,
        )

    @classmethod
    def _create_member(cls, login):
        user = new_test_user(cls.env, login, groups="base.group_user")
        user.group_ids += cls.group
        return user

    def test_who_left_the_group_has_no_say(self):
        """ORD-13: a reviewer whose group was removed does not approve any more."""
        document = self._submit()
        self.assertEqual(self._tasks(document).user_id, self.checker)
        self.checker.group_ids -= self.group

        with self.assertRefused("not your turn", AccessError):
            self._approve(document, self.checker)

    def test_who_left_the_company_has_no_say(self):
        document = self._submit()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.checker.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )

        with self.assertRefused(".", AccessError):
            self._approve(document, self.checker)

    def test_who_became_the_seller_has_no_say(self):
        """ORD-13: nobody approves his own document, whenever it became his."""
        document = self._submit()
        document.sudo().owner_id = self.checker

        with self.assertRefused("somebody else", AccessError):
            self._approve(document, self.checker)

    def test_archiving_the_last_member_hands_the_group_s_task_over(self):
        self.flow.step_ids.filtered("group_id").policy = "any"
        document = self._submit()
        self.assertEqual(self._tasks(document).group_id, self.group)

        self.checker.active = False

        todo = self._tasks(document).filtered(lambda task: task.state == "todo")
        self.assertEqual(todo.user_id, self.fallback)

    def _submit_to_the_group(self):
        self.flow.step_ids.filtered("group_id").policy = "any"
        return self._submit()

    def _assert_handed_over(self, document):
        tasks = self._tasks(document)
        self.assertEqual(tasks.mapped("state"), ["transferred", "todo"])
        self.assertEqual(tasks[1].user_id, self.fallback)

    def test_emptied_group_hands_its_task_over(self):
        """Nothing hangs because somebody changed groups, by whatever door."""
        chief = self.env["res.groups"].create(
            {"name": "Chiefs", "implied_ids": [Command.link(self.group.id)]}
        )
        self.checker.group_ids = self.checker.group_ids - self.group + chief
        doors = (
            lambda: self.group.write({"implied_by_ids": [Command.clear()]}),
            lambda: chief.write({"implied_ids": [Command.clear()]}),
            lambda: chief.write({"user_ids": [Command.unlink(self.checker.id)]}),
            lambda: self.checker.write({"group_ids": [Command.unlink(chief.id)]}),
        )
        for leave in doors:
            document = self._submit_to_the_group()
            self.assertEqual(self._tasks(document).group_id, self.group)
            with self.cr.savepoint() as savepoint:
                leave()
                self._assert_handed_over(document)
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
            document.with_user(self.author).review_recall(1)

    def test_whoever_is_left_in_the_group_keeps_the_task(self):
        other = self._create_member("review_checker_two")
        document = self._submit_to_the_group()
        self.checker.group_ids -= self.group

        self.assertEqual(self._tasks(document).group_id, self.group)
        self._approve(document, other)
        self.assertEqual(document.review_state, "approved")

    def test_member_of_a_committee_who_leaves_it_is_replaced(self):
        document = self._submit()
        self.group.user_ids -= self.checker

        self._assert_handed_over(document)

    def test_members_elsewhere_are_no_reviewers(self):
        """Who left the company neither reviews nor is told of its documents."""
        document = self._submit_to_the_group()
        task = self._tasks(document)
        self.assertEqual(task._get_reviewers(), self.checker)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.checker.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )

        self.assertFalse(task._get_reviewers())
        self._assert_handed_over(document)

    def test_open_review_ends_when_the_document_passes_without_a_flow(self):
        """A document confirmed while the flow is off is not under review any more."""
        document = self._submit()
        self.flow.active = False

        document.action_confirm()

        self.assertEqual((document.state, document.review_state), ("done", "none"))
        document.amount = 5.0

    def test_change_of_an_exemption_is_an_edit(self):
        """ORD-13: a line cannot leave the review to be changed outside of it."""
        line_class = type(self.env["review.test.line"])
        self.patch(line_class, "_review_exempt_fields", ("delivered",))
        self.patch(
            line_class,
            "_review_line_is_exempt",
            lambda line: bool(line.display_type or line.delivered),
        )
        document = self._submit()
        self._approve(document, self.checker)
        document.action_confirm()

        with self.assertRefused("cannot change"):
            document.line_ids[0].delivered = 1.0

    def test_portal_users_do_not_read_the_review(self):
        portal = new_test_user(self.env, "review_reader", groups="base.group_portal")
        document = self.env[DOCUMENT].with_user(portal)
        shown = document.fields_get()
        for name in ("review_waiting_on", "review_exception_text", "review_log_html"):
            self.assertNotIn(name, shown)
