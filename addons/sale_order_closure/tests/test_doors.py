from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ClosureCommon


@tagged("post_install", "-at_install")
class TestDoors(ClosureCommon):
    """OCM-10: no confirmed order is cancelled or cut to its end past the closure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.order = cls._create_order(5)

    def _assert_running(self):
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.order.order_line.product_uom_qty, 5)

    def test_no_other_way_to_cancel(self):
        """OCM-10: button, state, mass cancelling and administrator are refused."""
        for user in (self.seller, self.admin):
            for method, args in (
                ("action_cancel", ()),
                ("write", ({"state": "cancel"},)),
                ("write", ({"state": "draft"},)),
            ):
                with (
                    self.subTest(user=user.login, method=method, args=args),
                    self.assertRefused("approved closure only", UserError),
                ):
                    self._call(self.order, method, *args, user=user)
        with self.assertRefused("approved closure only"):
            self.order.sudo().with_context(disable_cancel_warning=True)._action_cancel()
        wizard = self.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(self.order.ids)]}
        )
        with self.assertRefused("approved closure only"):
            wizard.action_mass_cancel()
        self._assert_running()

    def test_no_cut_to_the_end(self):
        """OCM-10: quantities set to what was delivered are a closure in disguise."""
        line = self.order.order_line
        self._ship(self.order, 2)
        with self.assertRefused("approved closure only"):
            self._call(line, "write", {"product_uom_qty": 2})
        with self.assertRefused("."):
            command = [Command.update(line.id, {"product_uom_qty": 0})]
            self._call(self.order, "write", {"order_line": command})
        with self.assertRefused("."):
            self._call(line, "unlink")
        self._call(line, "write", {"product_uom_qty": 4})
        self.assertEqual(line.product_uom_qty, 4)

    def test_import(self):
        """OCM-10: an import is a write like any other."""
        self.env["ir.model.data"].create(
            {
                "module": "test_closure",
                "name": "order",
                "model": "sale.order",
                "res_id": self.order.id,
            }
        )
        result = (
            self.env["sale.order"]
            .with_user(self.admin)
            .load(["id", "state"], [["test_closure.order", "cancel"]])
        )
        self.assertIn("approved closure only", str(result["messages"]))
        self._assert_running()

    def test_engine_fields(self):
        """The outcome of a closure is written by nobody."""
        closure = self._create_closure(self.order)
        for vals in (
            {"state": "done"},
            {"outcome": "Nothing"},
            {"closed_on": "2026-01-01 00:00:00"},
            {"review_state": "approved"},
        ):
            with self.subTest(vals=vals), self.assertRefused(".", AccessError):
                self._call(closure, "write", vals, user=self.admin)
        for value in (float("nan"), float("inf"), "much"):
            with self.subTest(value=value), self.assertRefused("not a number"):
                closure.write({"penalty_amount": value})

    def test_never_reopened(self):
        """SMP-09: what was closed stays closed, whoever tries."""
        cancelled = self._create_order(3)
        self._close(cancelled, "cancel")
        with self.assertRefused("closed, for good"):
            self._call(cancelled, "action_draft", user=self.admin)
        advance = {"name": "Down payment", "is_downpayment": True, "product_uom_qty": 0}
        with self.assertRefused("closed, for good"):
            cancelled.sudo().order_line = [Command.create(advance)]
        with self.assertRefused("which is kept"):
            cancelled.sudo().unlink()

        self._ship(self.order, 2)
        self._close(self.order)
        order = self.order.sudo()
        order.locked = False
        with self.assertRefused("closed, for good"):
            order.order_line.product_uom_qty = 4
        for values in (
            {"product_id": self.sprayer.id, "product_uom_qty": 1},
            advance,
        ):
            with self.assertRefused("closed, for good"):
                order.order_line = [Command.create(values)]
        self.company.order_closure = False
        with self.assertRefused("closed, for good"):
            order.order_line.product_uom_qty = 4

    def test_evidence(self):
        """A closure that was carried out neither changes nor goes."""
        closure = self._close(self.order)
        with self.assertRefused("evidence|closed its order"):
            closure.sudo().write({"reason": "Other"})
        with self.assertRefused("."):
            closure.sudo().unlink()

    def test_other_company(self):
        """OCM-10: another company's switch is no way around this one's."""
        other = self.env["res.company"].create({"name": "Other House"})
        with self.assertRefused("approved closure only"):
            self.order.sudo().company_id = other

    def test_off_is_off(self):
        """Off means untouched: without the switch Odoo cancels as ever."""
        self.company.order_closure = False
        with self.assertRefused("does not close its orders by review"):
            self._create_closure(self.order)
        self.order.order_line.product_uom_qty = 1
        self.order.order_line.product_uom_qty = 0
        self._call(self.order, "action_cancel")
        self.assertEqual(self.order.state, "cancel")
        self._call(self.order, "action_draft")
        self.assertEqual(self.order.state, "draft")

    def test_quotations_are_free(self):
        """Off means untouched: what is not confirmed is cancelled by a click."""
        draft = self.order.copy()
        self._call(draft, "action_cancel")
        self.assertEqual(draft.state, "cancel")
        self._call(draft, "action_draft")

    def test_quotations_cost_no_query(self):
        """Off means untouched, in queries, too."""
        draft = self.order.copy()
        draft.order_line.product_uom_qty = 7
        self.env.flush_all()
        with self.assertQueryCount(0):
            draft._closure_check_vals({"note": "x", "state": "sent"})
