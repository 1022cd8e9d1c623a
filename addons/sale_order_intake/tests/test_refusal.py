from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .feasibility_common import FeasibilityCommon


@tagged("post_install", "-at_install")
class TestRefusal(FeasibilityCommon):
    """Only the management decides that an order is not accepted."""

    def _ask_refusal(self, order=None, kind="date"):
        order = order or self._create_order()
        order.with_user(self.salesperson).intake_ask_refusal(
            kind, "The customer cannot wait"
        )
        return order.sudo().refusal_ids[:1]

    def test_general_manager_refuses(self):
        """OCM-10: asked by sales, decided by the manager; the customer reads why."""
        order = self._ask()
        self._answer(self.production, order, False, "Busy until June")
        refusal = self._ask_refusal(order)
        self.assertEqual(refusal.state, "asked")
        self.assertIn("Busy until June", refusal.feasibility_text)
        told = refusal.activity_ids.user_id
        self.assertLessEqual(self.manager | self.deputy, told)
        refusal.with_user(self.manager).refusal_decide(True, "No capacity until June.")
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.feasibility_state, "refused")
        self.assertEqual(refusal.decided_by_id, self.manager)
        self.assertFalse(refusal.activity_ids)
        bodies = self._get_messages(order).mapped("body")
        self.assertTrue(any("No capacity until June." in body for body in bodies))
        self.assertEqual(order.intake_status, "cancelled")
        kinds = order.sudo().intake_log_ids.mapped("kind")
        self.assertIn("refusal", kinds)
        with self.assertRaisesRegex(UserError, "not accepted"):
            order.action_draft()
        with self.assertRaises(UserError):
            order.sudo().write({"state": "sale"})

    def test_deputy_decides_by_the_dialog(self):
        """OCM-10: the deputy decides as well, on the form."""
        order = self._create_order()
        refusal = self._ask_refusal(order, "capacity").with_user(self.deputy)
        self.env.invalidate_all()
        self.assertTrue(refusal.can_decide)
        action = refusal.action_refuse()
        notes = self.env[action["res_model"]].with_user(self.deputy)
        dialog = Form(notes.with_context(action["context"]))
        dialog.text = "Sorry"
        dialog.save().action_apply()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.refusal_reason, "Sorry")

    def test_nobody_else_refuses(self):
        """OCM-10: neither clerk nor seller nor administrator, nor who asked for it."""
        group = self.env.ref("sale_order_intake.group_order_refusal")
        group.user_ids += self.salesperson
        refusal = self._ask_refusal()
        users = (self.clerk, self.salesperson, self.env.ref("base.user_root"))
        for user in (*users, self.production):
            with self.assertRaises(AccessError):
                refusal.with_user(user).sudo().refusal_decide(True, "No")
        manager = refusal.with_user(self.manager)
        for arguments in ((True, "  "), (True, None), ("yes", "No"), (1, "No")):
            with self.assertRaises(UserError):
                manager.refusal_decide(*arguments)
        for values in ({"state": "refused"}, {"decision": "x"}):
            with self.assertRaises(AccessError):
                manager.sudo().write(values)
        with self.assertRaises(AccessError):
            manager.sudo().unlink()
        with self.assertRaises(AccessError):
            manager.sudo().create({"order_id": refusal.order_id.id})
        self.assertEqual(refusal.order_id.state, "draft")

    def test_decided_once(self):
        """OCM-10: who comes second reads that it is decided."""
        refusal = self._ask_refusal()
        order = refusal.order_id
        with self.assertRaises(UserError):
            self._ask_refusal(order)
        refusal.with_user(self.manager).refusal_decide(False, "We take it")
        self.assertEqual(refusal.state, "declined")
        self.assertEqual(order.state, "draft")
        with self.assertRaisesRegex(UserError, "decided"):
            refusal.with_user(self.deputy).refusal_decide(True, "No")

    def test_accepted_all_the_same(self):
        """OCM-09, OCM-10: the management wants the order: departments answer again."""
        order = self._ask()
        self._answer(self.production, order, False, "Busy")
        refusal = self._ask_refusal(order)
        refusal.with_user(self.manager).refusal_decide(False, "Work on Sunday")
        self.assertEqual(order.feasibility_state, "none")
        order.with_user(self.clerk).intake_ask_feasibility("By order of the manager")
        self._say_feasible(order)
        self.assertEqual(order.feasibility_state, "feasible")

    def test_somebody_can_decide(self):
        """OCM-10: nothing hangs when nobody holds the group."""
        group = self.env.ref("sale_order_intake.group_order_refusal")
        group.user_ids = False
        with self.assertRaises(UserError) as refused:
            self._ask_refusal()
        self.assertIn("Nobody", str(refused.exception))
        with self.assertRaises(UserError):
            self._ask_refusal(kind="weather")

    def test_cancelled_by_the_customer(self):
        """OCM-10: the customer's own cancellation needs no management."""
        refusal = self._ask_refusal()
        order = refusal.order_id
        order.action_cancel()
        self.assertEqual(refusal.state, "void")
        self.assertEqual(order.feasibility_state, "none")
        order.action_draft()
        self.assertEqual(order.state, "draft")

    def test_message_without_template(self):
        """OCM-10: the customer is told even where the company's message is gone."""
        self.env["order.status.message"].search([("event", "=", "refused")]).unlink()
        self.env.ref("sale_order_intake.mail_template_refused").unlink()
        refusal = self._ask_refusal()
        refusal.with_user(self.manager).refusal_decide(True, "Not this year")
        bodies = self._get_messages(refusal.order_id).mapped("body")
        self.assertTrue(any("Not this year" in body for body in bodies))

    def test_who_reads_refusals(self):
        """OCM-10: sellers read their own, the management all, departments none."""
        refusal = self._ask_refusal()
        other = self._create_clerk_s_order()
        other.with_user(self.clerk).intake_ask_refusal("other", "Why not")
        other = other.sudo().refusal_ids
        self.env.invalidate_all()
        self.assertTrue((refusal | other).with_user(self.manager).has_access("read"))
        self.assertTrue(refusal.with_user(self.salesperson).has_access("read"))
        self.assertFalse(other.with_user(self.salesperson).has_access("read"))
        self.assertFalse(refusal.with_user(self.production).has_access("read"))
