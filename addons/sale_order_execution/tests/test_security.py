from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import MODULE, NOW, ExecutionCommon

FORGERIES = (
    *({"state": "acknowledged"}, {"stage": "ship"}, {"version": 9}),
    *({"issued_on": NOW}, {"name": "PI-1"}, {"tracked_date": NOW}),
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSecurity(ExecutionCommon):
    def test_states_are_not_forged(self):
        """MRC-03: not by the clerk, not by the superuser, not by the context."""
        instruction = self._get_instruction(self._create_order())
        for vals in FORGERIES:
            for document in (instruction, instruction.sudo()):
                with self.assertRaises(AccessError):
                    document.write(vals)
        with self.assertRaises(AccessError):
            instruction.sudo().with_context(default_state="issued").create(
                {
                    "order_id": self._create_order().id,
                    "company_id": self.company.id,
                    "state": "acknowledged",
                }
            )

    def test_lines_come_from_the_order(self):
        """OCM-14: nobody adds, changes or removes what was ordered."""
        instruction = self._get_instruction(self._create_order())
        line = instruction.line_ids
        for document in (line, line.sudo()):
            with self.assertRaises(AccessError):
                document.quantity = 99
            with self.assertRaises(AccessError):
                document.unlink()
        with self.assertRaises(AccessError):
            instruction.sudo().write(
                {"line_ids": [Command.create({"product_id": self.other.id})]}
            )

    def test_instruction_needs_a_confirmed_order(self):
        """OCM-14: no instruction for a quotation, however it is created."""
        quotation = self._create_quotation()
        with self.assertRaises(UserError):
            self.env["production.instruction"].sudo().create(
                {"order_id": quotation.id, "company_id": self.company.id}
            )
        with self.assertRaises(AccessError):
            self.env["production.instruction"].with_user(self.clerk).create(
                {"order_id": self._create_order().id, "company_id": self.company.id}
            )

    def test_verbs_ask_for_their_role(self):
        """MRC-03: order management issues, production acknowledges."""
        instruction = self._get_instruction(self._create_order())
        for user in (self.maker, self.boss, self.salesperson, self.colleague):
            with self.assertRaises(AccessError):
                instruction.with_user(user).action_issue()
        instruction.action_issue()
        for user in (self.boss, self.salesperson, self.clerk):
            with self.assertRaises(AccessError):
                instruction.with_user(user).action_acknowledge()
        with self.assertRaises(UserError):
            instruction.action_issue()

    def test_production_reads_no_prices(self):
        """MRC-03: the instruction is enough, the order stays with sales."""
        instruction = self._create_issued().with_user(self.maker)
        self.env.invalidate_all()
        specification = {
            "order_id": {"fields": {"display_name": {}}},
            "line_ids": {"fields": {"product_id": {"fields": {"display_name": {}}}}},
        }
        [values] = instruction.web_read(specification)
        self.assertTrue(values["order_id"]["display_name"])
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            instruction.order_id.read(["amount_total"])

    def test_salespeople_see_their_own_orders(self):
        """PPL-08: own orders in real time, not those of others."""
        instruction = self._create_issued()
        instruction.track("behind", "Late")
        own = self._get_instruction(instruction.sudo().order_id, self.salesperson)
        self.env.invalidate_all()
        self.assertTrue(own.read(["name", "percent_done"]))
        self.assertTrue(own.tracking_ids.read(["note"]))
        other = self._create_user("other", "sales_team.group_sale_salesman")
        for record in (own, own.tracking_ids, own.line_ids, own.version_ids):
            with self.assertRaises(AccessError):
                record.with_user(other).read(["id", "display_name"])

    def test_companies_are_kept_apart(self):
        """PPL-08: nobody of another company reads or does anything."""
        company = self.env["res.company"].create({"name": "Other Company"})
        stranger = new_test_user(
            self.env,
            login="execution_stranger",
            groups=f"{MODULE}.group_execution_clerk,{MODULE}.group_execution_production",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        instruction = self._create_issued()
        self.assertFalse(self._get_activities(instruction, stranger))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            instruction.with_user(stranger).read(["name"])
        with self.assertRaises(AccessError):
            instruction.with_user(stranger).action_acknowledge()
        found = self.env["production.instruction"].with_user(stranger).search([])
        self.assertNotIn(instruction, found)
        chases = self.env["order.chase"].with_user(stranger)
        with self.assertRaises(UserError):
            chases.create(
                {
                    "order_id": instruction.sudo().order_id.id,
                    "final_date": NOW.date(),
                    "reason": "Not mine",
                }
            )

    def test_issued_instruction_is_not_deleted(self):
        instruction = self._create_issued()
        with self.assertRaises(AccessError):
            instruction.unlink()
        with self.assertRaises(UserError):
            instruction.sudo().unlink()

    def test_nonsense_is_told_in_words(self):
        """OCM-14: no documents, several, and words that are none."""
        instruction = self._create_issued()
        both = instruction | self._create_issued()
        for documents in (both, both.browse()):
            for verb in ("action_issue", "action_track", "action_log_progress"):
                with self.assertRaises(UserError):
                    getattr(documents, verb)()
        for call in (
            lambda: instruction.track(["on_plan"]),
            lambda: instruction.track("on_plan", {"a": 1}),
            lambda: instruction.revise(7),
            lambda: instruction.tracking_ids.report_behind("x"),
            lambda: instruction.progress_ids.solve("x"),
        ):
            with self.assertRaises(UserError):
                call()

    def test_dialog_fits_its_document(self):
        """OCM-14: a dialog made up for another document does nothing."""
        instruction = self._create_issued()
        notes = self.env["order.execution.note"].with_user(self.clerk)
        values = {"res_id": instruction.id, "text": "x"}
        for model, verb in (
            ("production.instruction", "reply"),
            ("order.escalation", "revise"),
            ("res.users", "close"),
        ):
            note = notes.create({**values, "res_model": model, "verb": verb})
            with self.assertRaises(UserError):
                note.action_apply()
