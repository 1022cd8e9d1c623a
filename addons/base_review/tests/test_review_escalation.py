from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ReviewCommon

LATE = "2026-03-02 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestReviewEscalation(ReviewCommon):
    """Half an hour for the supervisor, then the director is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "Asia/Shanghai", "company_id": cls.env.company.id}
        )
        cls.env.company.resource_calendar_id = calendar
        cls.limit = cls.env["deadline.limit"].create(
            {
                "name": "Half an hour",
                "code": "review_test",
                "value": 30,
                "unit": "minute",
            }
        )
        cls.first_step.write(
            {"limit_id": cls.limit.id, "escalate_user_id": cls.director.id}
        )

    def _run_out(self, moment=LATE):
        with freeze_time(moment):
            self.env["deadline.clock"]._lock_due()._notify()

    def _states(self, document):
        return {task.user_id: task.state for task in self._tasks(document)}

    def test_superior_is_added(self):
        document = self._submit()
        self._run_out()

        self.assertEqual(
            self._states(document), {self.supervisor: "todo", self.director: "todo"}
        )
        added = self._tasks(document).filtered("escalated_from_id")
        self.assertEqual(added.origin_user_id, self.supervisor)
        self.assertEqual(document.review_state, "open")
        message = self._get_notification(document)
        self.assertIn(self.director.partner_id, message.partner_ids)

    def test_either_of_the_two_decides(self):
        for winner, loser in (
            (self.supervisor, self.director),
            (self.director, self.supervisor),
        ):
            document = self._submit()
            self._run_out()
            self._approve(document, winner)

            self.assertEqual(document.review_state, "approved")
            self.assertEqual(
                self._states(document), {winner: "approved", loser: "skipped"}
            )
            skipped = self._tasks(document).filtered(lambda t: t.state == "skipped")
            self.assertIn(winner.name, skipped.reason)
            with self.assertRefused("not under review any more"):
                self._call(loser, document, "review_approve", 1)
            self.assertFalse(document.sudo().activity_ids)

    def test_superior_replaces_the_reviewer(self):
        self.first_step.escalation_policy = "replace"
        document = self._submit()
        self._run_out()

        self.assertEqual(
            self._states(document),
            {self.supervisor: "escalated", self.director: "todo"},
        )
        with self.assertRefused("not your turn", AccessError):
            self._call(self.supervisor, document, "review_approve", 1)
        self._approve(document, self.director)
        self.assertEqual(document.review_state, "approved")

    def test_only_tell(self):
        self.first_step.escalation_policy = "none"
        document = self._submit()
        self._run_out()

        self.assertEqual(self._states(document), {self.supervisor: "todo"})

    def test_soft_limit_asks_nobody(self):
        self.limit.soft = True
        document = self._submit()
        self._run_out()

        self.assertEqual(self._states(document), {self.supervisor: "todo"})

    def test_manager_of_the_reviewer(self):
        manager, employee = self.env["hr.employee"].create(
            [
                {"name": "Manager", "user_id": self.colleague.id},
                {"name": "Reviewer", "user_id": self.supervisor.id},
            ]
        )
        employee.parent_id = manager
        self.first_step.write({"escalate_user_id": False, "escalate_to_manager": True})
        document = self._submit()
        self._run_out()

        self.assertIn(self.colleague, self._states(document))

    def test_superior_who_may_not_decide_is_not_asked(self):
        """Separation of duties holds for superiors too."""
        document = self._submit(owner_id=self.director.id)
        self._run_out()

        self.assertEqual(self._states(document), {self.supervisor: "todo"})

    def test_decided_in_time_leaves_nothing_to_do(self):
        document = self._submit()
        task = self._tasks(document)
        self._approve(document, self.supervisor)

        self.assertFalse(task._escalate())
        self.assertEqual(self._states(document), {self.supervisor: "approved"})

    def test_escalates_once(self):
        document = self._submit()
        self._run_out()
        self._run_out("2026-03-02 05:00:00")
        self._tasks(document)[0]._escalate()

        self.assertEqual(len(self._tasks(document)), 2)

    def test_group_task_is_added_to(self):
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(self.colleague.ids)]}
        )
        self.first_step.write({"assign_by": "group", "group_id": group.id})
        document = self._submit()
        self._run_out()
        self._approve(document, self.colleague)

        tasks = self._tasks(document)
        self.assertEqual(tasks.mapped("state"), ["approved", "skipped"])

    def test_member_of_all_has_an_alternative_of_his_own(self):
        users = self.supervisor | self.colleague
        group = self.env["res.groups"].create(
            {"name": "Committee", "user_ids": [Command.set(users.ids)]}
        )
        self.first_step.write(
            {"assign_by": "group", "group_id": group.id, "policy": "all"}
        )
        document = self._submit()
        self._run_out()
        self._approve(document, self.director)
        self.assertEqual(document.review_state, "open")
        waiting = [
            user for user, state in self._states(document).items() if state == "todo"
        ]

        self.assertEqual(len(waiting), 1)
        self._approve(document, waiting[0])
        self.assertEqual(document.review_state, "approved")

    def test_delegated_row_keeps_its_alternative(self):
        """The supervisor leaves after his superior was asked: still one duty."""
        document = self._submit()
        self._run_out()
        with freeze_time("2026-03-02 04:00:00"):
            self.env["review.delegation"].with_user(self.supervisor).create(
                {"delegate_id": self.colleague.id, "date_to": "2026-03-05"}
            )
            self._approve(document, self.colleague)

        self.assertEqual(
            self._states(document),
            {
                self.supervisor: "transferred",
                self.colleague: "approved",
                self.director: "skipped",
            },
        )

    def test_one_refusal_does_not_stop_the_others(self):
        first, second = self._submit(), self._submit()
        first.sudo().review_request_id._close("recalled", "x")
        self._tasks(first)._evidence_write({"state": "todo"})
        clocks = self.env["deadline.clock"].search([("res_model", "=", "review.task")])
        clocks.filtered(lambda clock: clock.state == "running")
        self._run_out()

        self.assertEqual(
            self._states(second), {self.supervisor: "todo", self.director: "todo"}
        )
