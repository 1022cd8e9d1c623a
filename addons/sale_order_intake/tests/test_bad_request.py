from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import PIXEL, IntakeCommon

SIGNATURE = PIXEL.decode()
#: What only the verbs of the desk write.
FORGED = {
    "intake_stage": "instruction",
    "effective_on": "2035-01-01 00:00:00",
    "customer_confirmed_on": "2035-01-01 00:00:00",
    "customer_confirmed_how": "scan",
    "requirement_confirmed_on": "2035-01-01 00:00:00",
    "handling_opinion": "Fine",
    "risk_state": "cleared",
    "clarify_open": True,
    "follow_stage": "ship",
    "intake_channel_kind": "platform",
    "signed_by": "Nobody",
    "requirement_model": True,
}


@tagged("post_install", "-at_install")
class TestBadRequest(IntakeCommon, HttpCase):
    """Programs and portal pages that send what nobody may send."""

    def _call(self, method, *args, **kwargs):
        params = {
            "model": "sale.order",
            "method": method,
            "args": list(args),
            "kwargs": kwargs,
        }
        path = f"/web/dataset/call_kw/sale.order/{method}"
        return self.make_jsonrpc_request(path, params)

    def _refuse(self, method, *args):
        """Return the sentence that refuses the call."""
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as refusal,
        ):
            self._call(method, *args)
        self.env.invalidate_all()
        return str(refusal.exception)

    def test_forged_columns_of_a_new_order(self):
        """OIN-02, SHP-03: nothing is created with a column of the desk."""
        self.authenticate("desk_salesperson", "desk_salesperson")
        before = self.env["sale.order"].search_count([])
        for name, value in FORGED.items():
            with self.subTest(name):
                vals = {"partner_id": self.customer.id, name: value}
                self.assertIn("AccessError", self._refuse("create", [vals]))
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_forged_columns_of_an_order(self):
        """OIN-02, SHP-03: nothing of the desk is written from outside."""
        order = self._create_order()
        self.authenticate("desk_salesperson", "desk_salesperson")
        names = list(FORGED)
        before = order.read(names)
        for name, value in FORGED.items():
            with self.subTest(name):
                refusal = self._refuse("write", order.ids, {name: value})
                self.assertIn("AccessError", refusal)
        self.assertEqual(order.read(names), before)

    def test_forged_evidence_and_switch(self):
        """SHP-02, OIN-06: log, exceptions and the switch of the company."""
        order = self._create_order()
        self.authenticate("desk_salesperson", "desk_salesperson")
        for vals in (
            {"intake_log_ids": [Command.create({"kind": "check"})]},
            {"order_exception_ids": [Command.create({"kind": "delay"})]},
        ):
            self.assertIn("AccessError", self._refuse("write", order.ids, vals))
        self._call("write", order.ids, {"order_intake": False})
        self.env.invalidate_all()
        self.assertTrue(self.company.order_intake)

    def test_bad_figures_leave_no_order(self):
        """OIN-02: JSON carries what no paper can: the order is not half created."""
        self.authenticate("desk_salesperson", "desk_salesperson")
        before = self.env["sale.order"].search_count([])
        for figures in (
            {"product_uom_qty": -1},
            {"price_unit": 1e300},
            {"discount": 1e300},
            {"product_uom_qty": "many"},
        ):
            line = {"product_id": self.goods.id, "product_uom_qty": 1, **figures}
            vals = {
                "partner_id": self.customer.id,
                "order_line": [(0, 0, {"product_id": self.goods.id}), (0, 0, line)],
            }
            with self.subTest(figures):
                self.assertIn("Error", self._refuse("create", [vals]))
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_confirmed_state_is_refused_with_its_reasons(self):
        """SHP-03: the state written by a program meets the same door."""
        order = self._create_order()
        self.authenticate("desk_salesperson", "desk_salesperson")
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as refusal,
        ):
            self._call("write", order.ids, {"state": "sale"})
        self.assertIn("UserError", str(refusal.exception))
        self.env.invalidate_all()
        self.assertEqual(order.state, "draft")


@tagged("post_install", "-at_install")
class TestBadSignature(IntakeCommon, HttpCase):
    """The portal page of an order, by people without a login."""

    def _accept(self, order, token=None, signature=SIGNATURE):
        self.env.flush_all()
        result = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": token or order._portal_ensure_token(),
                "name": "Ms Li",
                "signature": signature,
            },
        )
        self.env.invalidate_all()
        return result

    def _create_sent(self, **values):
        order = self._create_order(**values)
        self._check(order)
        order.action_quotation_sent()
        return order

    def test_wrong_tokens(self):
        """OIN-08: neither a made-up token nor that of another order signs."""
        order, other = self._create_sent(), self._create_sent()
        for token in ("wrong", other._portal_ensure_token()):
            self.assertIn("error", self._accept(order, token))
            self.assertFalse(order.signature)
            self.assertFalse(order.customer_confirmed_on)

    def test_empty_and_broken_signature(self):
        """OIN-08: no signature, or something that is no picture."""
        order = self._create_sent()
        self.assertIn("error", self._accept(order, signature=""))
        with mute_logger("odoo.http"):
            try:
                self.assertIn("error", self._accept(order, signature="c2NyaWJibGU="))
            except JsonRpcException as refusal:
                self.assertIn("UserError", str(refusal))
        self.env.invalidate_all()
        self.assertFalse(order.customer_confirmed_on)
        self.assertEqual(order.state, "sent")

    def test_signed_once(self):
        """OIN-08: the second signature changes nothing."""
        order = self._create_sent()
        self.assertNotIn("error", self._accept(order))
        first = order.customer_confirmed_on
        self.assertTrue(first)
        self.assertIn("error", self._accept(order))
        rows = order.intake_log_ids.filtered(lambda row: row.kind == "confirm")
        self.assertEqual(len(rows), 1)
        self.assertEqual(order.customer_confirmed_on, first)

    def test_incomplete_order_is_kept_and_held(self):
        """OIN-02, OIN-08: the customer sees no error; the order is no sale."""
        order = self._create_order(commitment_date=False)
        order.action_quotation_sent()
        self.assertNotIn("error", self._accept(order))
        self.assertTrue(order.signature)
        self.assertEqual(order.state, "sent")
        self.assertTrue(order.confirm_held)
        self.assertIn("intake", order.confirm_hold_codes)
        self.assertIn("delivery date", order.intake_missing_text)
