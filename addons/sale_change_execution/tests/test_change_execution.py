from odoo.tests import tagged

from odoo.addons.sale_change_notice.tests.common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeExecution(ChangeCommon):
    """Production works by what was agreed last, and knows by which notice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user(
            "clerk", "sale_order_execution.group_execution_clerk"
        )
        cls.company.order_execution = True
        cls.order = cls._create_order()
        cls.line, cls.other_line = cls.order.order_line

    def _get_instruction(self):
        return self.order.sudo()._get_instructions().with_user(self.clerk)

    def test_issued_instruction_follows_and_names_the_notice(self):
        """OCM-16: production gets the changed quantity, and reads why."""
        self._get_instruction().issue()
        notice = self._create_approved(self._change(new_quantity=3))
        self._apply(notice)

        self._assert_applied(notice)
        self.env.invalidate_all()
        instruction = self._get_instruction()
        self.assertEqual((instruction.version, instruction.state), (2, "issued"))
        changed = instruction.line_ids.filtered(
            lambda line: line.order_line_id == self.line
        )
        self.assertEqual(changed.quantity, 3)
        self.assertIn(notice.name, instruction.version_ids[0].reason)
        self.assertNotIn(notice.name, instruction.version_ids[1].reason or "")

    def test_draft_instruction_is_refreshed(self):
        """OCM-16: what production has not got yet is no version."""
        self._apply(self._create_approved(self._change(new_quantity=3)))

        instruction = self._get_instruction()
        self.assertEqual(instruction.state, "draft")
        self.assertIn(3, instruction.line_ids.mapped("quantity"))
        self.assertFalse(instruction.version_ids)

    def test_refused_change_leaves_the_instruction_alone(self):
        """OCM-16: nothing is applied, nothing is issued again."""
        self._get_instruction().issue()
        notice = self._create_approved(self._change(new_quantity=3))
        self._deliver(self.line, 4)
        self._apply(notice)

        self._assert_not_applied(notice, self.sprayer.name)
        self.assertEqual(self._get_instruction().version, 1)
        self.assertIn(5, self._get_instruction().line_ids.mapped("quantity"))

    def test_switched_off_nothing_follows(self):
        """OCM-16: a company without order execution changes its orders all the same."""
        self.company.order_execution = False
        self.order = self._create_order()
        change = self._change(self.order.order_line[0], new_quantity=3)
        notice = self._create_approved(change, order=self.order)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertFalse(self._get_instruction())
