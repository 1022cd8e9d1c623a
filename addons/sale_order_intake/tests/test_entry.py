from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestEntry(IntakeCommon):
    """What is entered when an order comes in."""

    def test_sources_are_data(self):
        """OIN-01, SOM-01, SMP-01: every way an order reaches us is a source."""
        channels = self.env["order.channel"].search([])
        self.assertLessEqual(
            {
                *("website", "telephone", "mail", "letter", "visit", "fax"),
                *("salesperson", "service", "agent", "distributor", "platform"),
            },
            set(channels.mapped("code")),
        )
        self.assertEqual(
            set(channels.mapped("kind")),
            {"direct", "salesperson", "partner", "platform"},
        )
        order = self._create_order(
            intake_channel_id=self.env.ref("sale_order_intake.order_channel_agent").id
        )
        self.assertEqual(order.intake_channel_kind, "partner")

    def test_unique_number(self):
        """SHP-01: each order has a number of its own."""
        orders = self._create_order() + self._create_order()
        self.assertEqual(len(set(orders.mapped("name"))), 2)
        self.assertNotIn("New", orders.mapped("name"))

    def test_incomplete_order_is_told_what_it_lacks(self):
        """OIN-02, SOM-02, SLS-06: source, lines, date and payment are compulsory."""
        order = self._create_order()
        self.assertEqual(order.intake_stage, "requirement")
        for values, text in (
            ({"intake_channel_id": False}, "source"),
            ({"commitment_date": False}, "delivery date"),
            ({"commitment_date": "2020-01-01"}, "is over"),
            ({"settlement_type": False}, "settlement"),
            ({"payment_mode": False}, "how the customer pays"),
            ({"order_line": [Command.clear()]}, "what the customer orders"),
        ):
            incomplete = self._create_order(**values)
            self.assertIn(text, incomplete.intake_missing_text)
            self.assertEqual(incomplete.intake_stage, "information")
            self.assertIn("intake", self._get_codes(incomplete))
            incomplete.action_confirm()
            self.assertEqual(incomplete.state, "draft")
        self.assertIn("quantity", self._create_order(quantity=0).intake_missing_text)
        self.assertIn("price", self._create_order(price=0).intake_missing_text)

    def test_bad_figures_are_refused_in_words(self):
        """OIN-02: no figure that no order has, and nothing half created."""
        before = self.env["sale.order"].search_count([])
        for values in (
            {"quantity": float("nan")},
            {"quantity": float("inf")},
            {"quantity": -1},
            {"quantity": 1e15},
            {"price": float("nan")},
            {"price": 1e300},
        ):
            with (
                self.assertRaisesRegex(UserError, "Sprayer"),
                self.env.cr.savepoint(),
            ):
                self._create_order(**values)
            self.assertEqual(self.env["sale.order"].search_count([]), before)
        order = self._create_order()
        with self.assertRaises(UserError):
            order.order_line.product_uom_qty = -3
        self.assertEqual(order.order_line.product_uom_qty, 2)

    def test_bad_rows_of_an_import_create_nothing(self):
        """OIN-02: an import with a bad row creates no order at all."""
        orders = self.env["sale.order"].with_user(self.clerk)
        before = orders.search_count([])
        names = ["partner_id/.id", "order_line/product_id/.id"]
        names.append("order_line/product_uom_qty")
        good = [str(self.customer.id), str(self.goods.id), "2"]
        for bad in ("nan", "-5", "many"):
            rows = [good, [good[0], good[1], bad]]
            result = orders.load(names, rows)
            self.assertFalse(result["ids"])
            self.assertTrue(result["messages"])
            self.assertEqual(orders.search_count([]), before)

    def test_papers_of_the_customer(self):
        """OPS-01, OPS-04: form and contract come with the order, and a contact."""
        channel = self.env.ref("sale_order_intake.order_channel_letter")
        order = self._create_order(intake_channel_id=channel.id)
        self.assertIn("application form and contract", order.intake_missing_text)
        paper = self.env["ir.attachment"].create({"name": "form.pdf", "raw": b"x"})
        order.sudo().intake_document_ids = paper
        self.env.invalidate_all()
        self.assertNotIn("application form", order.intake_missing_text)
        self.customer.write({"email": False, "phone": False})
        self.env.invalidate_all()
        self.assertIn("telephone", order.intake_missing_text)

    def test_class_needs_reason(self):
        """OCM-01, OCM-02: a non-standard order says why."""
        order = self._create_order()
        self.assertEqual(order.order_class, "standard")
        with self.assertRaises(ValidationError):
            order.order_class = "nonstandard"
        order.write(
            {"order_class": "nonstandard", "nonstandard_reason": "tight_delivery"}
        )
        reasons = dict(order._fields["nonstandard_reason"].selection)
        self.assertEqual(
            list(reasons),
            ["new_design", "discontinued", "above_standard", "tight_delivery"],
        )

    def test_complete_set_needs_project(self):
        """OCM-05: orders of complete sets carry the project."""
        self.goods.is_complete_set = True
        order = self._create_order()
        self.assertTrue(order.is_complete_set)
        self.assertIn("project", order.intake_missing_text)
        order.write({"project_name": "Plant 2", "project_address": "Wuxi"})
        self.assertNotIn("project", order.intake_missing_text)

    def test_desk_columns_are_kept(self):
        """SHP-02, SHP-03: nobody writes what the desk keeps, however."""
        order = self._create_order()
        for values in (
            {"risk_state": "cleared"},
            {"customer_confirmed_on": "2026-01-01"},
            {"effective_on": "2026-01-01"},
            {"intake_stage": "instruction"},
            {"intake_responsible_id": self.clerk.id},
            {"clarify_open": False},
        ):
            for user in (self.salesperson, self.clerk):
                with self.assertRaises(AccessError):
                    order.with_user(user).write(values)
            with self.assertRaises(AccessError):
                self._create_order(**values) if any(values.values()) else order.write(
                    values
                )
        with self.assertRaises(AccessError):
            order.write({"signed_by": "me", "signed_on": "2026-01-01"})
        with self.assertRaises(AccessError):
            self.env["order.intake.log"].create({"order_id": order.id, "kind": "check"})
        with self.assertRaises(AccessError):
            order.with_user(self.salesperson).requirement_model = True

    def test_defaults_of_the_context_do_not_count(self):
        """SHP-03: a default in the context is no way around."""
        orders = self.env["sale.order"].with_context(
            default_effective_on="2026-01-01", default_risk_state="cleared"
        )
        order = orders.create({"partner_id": self.customer.id})
        self.assertFalse(order.effective_on)
        self.assertEqual(order.risk_state, "none")

    def test_off_means_untouched(self):
        """SOM-03: without the switch orders are confirmed as ever."""
        self.company.order_intake = False
        order = self._create_order(
            intake_channel_id=False, commitment_date=False, packing_method=False
        )
        self.assertFalse(self._get_codes(order))
        self.assertFalse(order.intake_stage)
        order.order_line.product_uom_qty = -1
        with self.assertRaises(UserError):
            order.intake_flag_risk("odd")

    def test_portal_users_use_no_verb(self):
        """SHP-02: customers do not check their own orders."""
        portal = new_test_user(self.env, "desk_portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.customer
        order = self._create_order()
        order.message_subscribe(portal.partner_id.ids)
        self.env.invalidate_all()
        for verb, arguments in (
            ("intake_check", ("need", "ok")),
            ("intake_flag_risk", ("x",)),
            ("intake_clear_risk", ("x",)),
            ("intake_clarify", ("x",)),
            ("intake_clarified", ("x",)),
            ("intake_assign", (self.clerk.id,)),
            ("intake_follow_next", ()),
            ("intake_report_exception", ("delay", "x")),
        ):
            with self.assertRaises(AccessError, msg=verb):
                getattr(order.with_user(portal), verb)(*arguments)
