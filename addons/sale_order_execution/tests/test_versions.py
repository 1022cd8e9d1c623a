from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, PROMISED, ExecutionCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVersions(ExecutionCommon):
    def test_changed_order_issues_a_new_version(self):
        """OCM-14, SOM-05: production works by the newest version, and says so again."""
        instruction = self._create_acknowledged()
        order = instruction.sudo().order_id
        order.order_line.product_uom_qty = 12
        order._instruction_follow("Change notice 7")
        self.assertRecordValues(
            instruction,
            [{"state": "issued", "version": 2, "acknowledged_on": False}],
        )
        newest, oldest = instruction.version_ids
        self.assertEqual(newest.reason, "Change notice 7")
        self.assertEqual(oldest.content["lines"][0]["quantity"], 10)
        self.assertEqual(newest.content["lines"][0]["quantity"], 12)
        self.assertEqual(oldest.acknowledged_by_id, self.maker)
        self.assertFalse(newest.acknowledged_by_id)
        self.assertIn("bg-warning-subtle", newest.content_html)
        self.assertNotIn("bg-warning-subtle", oldest.content_html)
        self.assertTrue(self._get_activities(instruction, self.maker))

    def test_many_changes_of_one_transaction_are_one_version(self):
        """OCM-14: the instruction follows at the end of the transaction."""
        instruction = self._create_issued(self.goods, self.other)
        order = instruction.sudo().order_id
        for line in order.order_line:
            line.product_uom_qty = 7
        order.write(
            {
                "commitment_date": PROMISED + timedelta(days=3),
                "order_line": [
                    Command.create({"product_id": self.goods.id, "product_uom_qty": 1})
                ],
            }
        )
        self._follow()
        self.assertEqual(instruction.version, 2)
        self.assertEqual(instruction.line_ids.mapped("quantity"), [7.0, 7.0, 1.0])
        self.assertEqual(instruction.date_promised, PROMISED + timedelta(days=3))
        order._instruction_follow("Nothing new")
        self.assertEqual(instruction.version, 2)

    def test_draft_follows_without_a_version(self):
        order = self._create_order(self.goods, self.other)
        order.sudo().order_line[1].product_uom_qty = 0
        self._follow()
        instruction = self._get_instruction(order)
        self.assertEqual(instruction.line_ids.product_id, self.goods)
        self.assertEqual(instruction.version, 0)

    def test_version_is_acknowledged_as_it_was_read(self):
        """MRC-03: production takes over what it has seen, nothing newer."""
        instruction = self._create_issued()
        order = instruction.sudo().order_id
        order.order_line.product_uom_qty = 12
        order._instruction_follow("Change notice 8")
        made = instruction.with_user(self.maker)
        with self.assertRaisesRegex(UserError, "read the new version"):
            made.with_context(instruction_version=1).action_acknowledge()
        made.with_context(instruction_version=2).action_acknowledge()
        self.assertEqual(instruction.state, "acknowledged")

    def test_revised_instruction_is_issued_again(self):
        """MRC-02: packing is corrected by a new version, the old one stays."""
        instruction = self._create_acknowledged()
        line = instruction.line_ids
        with self.assertRaisesRegex(UserError, "revise"):
            line.packing_method = "Carton"
        instruction.revise("Other packing")
        line.packing_method = "Carton"
        instruction.action_issue()
        self.assertEqual(instruction.version, 2)
        self.assertEqual(instruction.version_ids[0].reason, "Other packing")
        packings = [
            version.content["lines"][0]["packing"]
            for version in instruction.version_ids
        ]
        self.assertEqual(packings, ["Carton", ""])

    def test_text_of_the_order_is_followed(self):
        """OCM-14: a technical change in the text of the order reaches production."""
        instruction = self._create_issued()
        order = instruction.sudo().order_id
        order.order_line.name = "Sprayer, red"
        self._follow()
        self.assertEqual(instruction.line_ids.specification, "Sprayer, red")
        self.assertEqual(instruction.version, 2)

    def test_versions_are_evidence(self):
        """MRC-03: nobody edits or deletes what was issued, administrators included."""
        version = self._create_issued().version_ids.sudo()
        with self.assertRaises(AccessError):
            version.reason = "Forged"
        with self.assertRaises(AccessError):
            version.unlink()
        with self.assertRaises(AccessError):
            version.create(
                {
                    "instruction_id": version.instruction_id.id,
                    "number": 9,
                    "content": {"lines": []},
                    "issued_on": NOW,
                }
            )
