from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ExecutionCommon

MODULE = "sale_order_execution"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEscalation(ExecutionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rungs = cls.env["order.escalation.rung"].with_context(active_test=False)
        rungs.search([("company_id", "!=", False)]).unlink()
        cls.head = cls._create_user("head", "base.group_user")
        cls.group_boss = cls._create_user(
            "group", f"{MODULE}.group_execution_group_manager"
        )
        cls.workshop = cls._create_department("Workshop", cls.head)
        cls.env["hr.employee"].create(
            {
                "name": "Handler",
                "user_id": cls.colleague.id,
                "company_id": cls.company.id,
                "parent_id": cls.workshop.manager_id.id,
            }
        )

    def _create_escalation(self, **values):
        escalations = self.env["order.escalation"].with_user(self.colleague)
        return escalations.create({"subject": "Machine is broken", **values})

    def _get_rungs(self, escalation):
        escalation.invalidate_recordset()
        return [self._short(rung) for rung in escalation.hop_ids.rung_id]

    def _short(self, rung):
        names = {
            self.env.ref(f"{MODULE}.order_escalation_rung_{name}"): name
            for name in (
                *("head", "production", "order_management"),
                *("general_manager", "group_manager"),
            )
        }
        return names[rung.sudo().with_env(self.env)]

    def test_ladder_is_climbed_rung_by_rung(self):
        """OCM-79: own head, production, order management, general manager."""
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        self.assertEqual(self._get_rungs(escalation), ["head"])
        self.assertEqual(escalation.hop_ids.to_user_ids, self.head)
        self.assertTrue(self._get_activities(escalation, self.head))
        for user, said in (
            (self.head, "I cannot mend it"),
            (self.maker, "No spare part"),
            (self.clerk, "The customer waits"),
        ):
            escalation.with_user(user).raise_next(said)
        self.assertEqual(
            self._get_rungs(escalation),
            ["head", "production", "order_management", "general_manager"],
        )
        self.assertIn(self.boss, escalation.hop_ids[-1].to_user_ids)
        self.assertEqual(set(escalation.hop_ids.mapped("hopped_at")), {NOW})
        self.assertEqual(escalation.hop_ids[1].from_user_id, self.head)
        with self.assertRaisesRegex(UserError, "nobody stands higher"):
            escalation.with_user(self.boss).raise_next("Higher")

    def test_outsourcing_reaches_the_group(self):
        """OCM-79: about outsourcing, the group general manager is asked last."""
        escalation = self._create_escalation(outsourcing=True)
        escalation.raise_first("Too much work")
        for _rung in range(4):
            escalation.raise_next("Still too much")
        self.assertEqual(self._get_rungs(escalation)[-1], "group_manager")
        self.assertIn(self.group_boss, escalation.hop_ids[-1].to_user_ids)

    def test_empty_rung_says_so_and_the_next_is_asked(self):
        """OCM-79: nobody on a rung: the hop is recorded and goes on."""
        nobody = self.env["res.groups"].create({"name": "Nobody"})
        self._create_rungs(
            {"name": "Head", "kind": "manager"},
            {"name": "Empty", "group_id": nobody.id},
            {"name": "Foreman", "kind": "user", "user_id": self.maker.id},
        )
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        escalation.raise_next("Still")
        escalation.invalidate_recordset()
        self.assertEqual(
            escalation.hop_ids.mapped("rung_name"), ["Head", "Empty", "Foreman"]
        )
        skipped = escalation.hop_ids[1]
        self.assertFalse(skipped.to_user_ids)
        self.assertIn("Nobody stands", skipped.said)

    def test_who_was_asked_is_not_asked_again(self):
        """OCM-79: one person on two rungs: the hop says so and goes on."""
        self._create_rungs(
            {"name": "Head", "kind": "manager"},
            {"name": "Foreman", "kind": "user", "user_id": self.head.id},
            {"name": "Manager", "kind": "user", "user_id": self.boss.id},
        )
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        escalation.with_user(self.head).raise_next("I cannot mend it")
        escalation.invalidate_recordset()
        again = escalation.hop_ids[1]
        self.assertIn("Asked already", again.said)
        self.assertEqual(escalation.hop_ids[2].to_user_ids, self.boss)

    def _create_rungs(self, *rungs):
        company = {"company_id": self.company.id}
        self.env["order.escalation.rung"].create(
            [
                {"sequence": number, **company, **rung}
                for number, rung in enumerate(rungs)
            ]
        )

    def test_two_at_a_time_are_one_hop(self):
        """OCM-79: who looked at an older state is told, no rung is jumped."""
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        seen = escalation.hop_count
        escalation.with_user(self.head).raise_next("Now", seen)
        with self.assertRaisesRegex(UserError, "meanwhile"):
            escalation.raise_next("Now", seen)

    def test_resolved_through_the_dialog(self):
        """OCM-79: resolved by whom, when and how."""
        escalation = self._create_escalation()
        self._apply(escalation.action_raise(), self.colleague, "It stands still")
        asked = escalation.with_user(self.head)
        self._apply(asked.action_resolve(), self.head, "Mended")
        self.assertRecordValues(
            escalation,
            [
                {
                    "state": "resolved",
                    "resolution": "Mended",
                    "resolved_by_id": self.head.id,
                    "resolved_on": NOW,
                }
            ],
        )
        with self.assertRaises(UserError):
            escalation.raise_next("Again")

    def _apply(self, action, user, text):
        notes = self.env[action["res_model"]].with_user(user)
        note = Form(notes.with_context(**action["context"]))
        note.text = text
        note.save().action_apply()

    def test_a_company_may_have_its_own_ladder(self):
        """OCM-79: the rungs are data."""
        foreman = {"name": "Foreman", "kind": "user", "user_id": self.maker.id}
        self._create_rungs(foreman)
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        self.assertEqual(escalation.hop_ids.rung_name, "Foreman")
        with self.assertRaisesRegex(UserError, "nobody stands higher"):
            escalation.raise_next("Higher")

    def test_others_see_and_do_nothing(self):
        """OCM-79: who raised it and who was asked, nobody else; hops are evidence."""
        escalation = self._create_escalation()
        escalation.raise_first("It stands still")
        for user in (self.maker, self.salesperson):
            with self.assertRaises(AccessError):
                escalation.with_user(user).read(["subject"])
            with self.assertRaises(AccessError):
                escalation.with_user(user).raise_next("Mine")
        for vals in ({"said": "x"}, {"to_user_ids": [Command.clear()]}):
            with self.assertRaises(AccessError):
                escalation.hop_ids.sudo().write(vals)
        for vals in ({"state": "resolved"}, {"raised_by_id": self.head.id}):
            with self.assertRaises(AccessError):
                escalation.sudo().write(vals)
        with self.assertRaises(UserError):
            escalation.subject = "Something else"
