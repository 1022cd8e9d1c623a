import io
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .common import IntakeCommon

REPORT = "sale_order_intake.report_order_sheet"


@tagged("post_install", "-at_install")
class TestConfirmation(IntakeCommon):
    """The customer's confirmation and what follows from it."""

    def _print(self, order):
        reports = self.env["ir.actions.report"].with_user(self.salesperson)
        reports = reports.with_context(lang="en_US")
        content, _kind = reports._render_qweb_pdf(REPORT, order.ids)
        pages = PdfReader(io.BytesIO(content), strict=False).pages
        return [re.sub(r"\s+", "", page.extract_text()) for page in pages]

    def test_sheet_in_two_copies(self):
        """OCM-13, OIN-07, SMP-04: order, price, delivery and terms on one paper."""
        order = self._create_order(requirement_note="Hardened nozzle")
        pages = self._print(order)
        self.assertEqual(len(pages), 2)
        for page in pages:
            for text in (
                *(order.name, "QingyunMachinery", "Sprayer", "200.00"),
                *("Woodencase", "Hardenednozzle", "MonthlySettlement", "Stamphere"),
            ):
                self.assertIn(text, page)

    def test_sheet_is_sent(self):
        """OIN-07, SOM-04: the customer gets the sheet with price and delivery date."""
        order = self._create_order()
        context = order.action_send_sheet()["context"]
        composer = self.env["mail.compose.message"].with_user(self.salesperson)
        composer = composer.with_context(**context).create({})
        composer._action_send_mail()
        self.assertEqual(order.state, "sent")
        message = order.message_ids[:1]
        self.assertIn(order.name, message.body)
        self.assertTrue(message.attachment_ids)

    def test_signature_comes_before_production(self):
        """OIN-08, SMP-02: nothing is ordered or made before the customer signed."""
        order = self._create_order()
        self._check(order)
        self.assertEqual(self._get_codes(order), {"signature"})
        order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.picking_ids)
        self._sign(order)
        self.assertEqual(order.customer_confirmed_how, "portal")
        self.assertEqual(order.customer_confirmed_by, "Ms Li")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.picking_ids)

    def test_signed_copy_on_paper(self):
        """OIN-08: the desk registers the paper that the customer signed."""
        order = self._create_order()
        self._check(order)
        paper = self.env["ir.attachment"].with_user(self.clerk)
        paper = paper.create({"name": "signed.pdf", "raw": b"signed"})
        values = {"order_id": order.id, "verb": "scan", "signer": "Mr Wang"}
        notes = self.env["order.intake.note"]
        with self.assertRaises(UserError):
            notes.with_user(self.clerk).create(values).action_apply()
        values["attachment_ids"] = paper.ids
        with self.assertRaises(AccessError):
            notes.with_user(self.salesperson).create(
                {**values, "attachment_ids": False}
            ).action_apply()
        other = self.env["ir.attachment"].create({"name": "theirs", "raw": b"x"})
        other.write({"res_model": "res.company", "res_id": self.company.id})
        with self.assertRaises(AccessError):
            order.with_user(self.clerk)._intake_register_scan(
                "Me", other.with_user(self.clerk)
            )
        notes.with_user(self.clerk).create(values).action_apply()
        self.assertEqual(order.customer_confirmed_how, "scan")
        self.assertEqual(order.customer_confirmed_by, "Mr Wang")
        self.assertEqual((paper.res_model, paper.res_id), ("sale.order", order.id))

    def test_changed_order_is_signed_again(self):
        """OIN-08: a signature is for what was signed."""
        order = self._create_order()
        self._check(order)
        self._sign(order)
        order.order_line.price_unit = 99
        self.assertFalse(order.customer_confirmed_on)
        self.assertFalse(order.signature)
        self.assertIn("signature", self._get_codes(order))

    def test_platform_needs_no_signature(self):
        """OIN-01: on a platform the customer confirms by ordering."""
        channel = self.env.ref("sale_order_intake.order_channel_platform")
        order = self._create_order(intake_channel_id=channel.id)
        self._check(order)
        self.assertFalse(self._get_codes(order))

    def test_effective_on(self):
        """OCM-13, SOM-09: monthly orders are effective by signature and review."""
        order = self._create_confirmed()
        parts = order._intake_effective_parts()
        self.assertEqual(set(parts), {"review", "signature"})
        self.assertEqual(order.effective_on, max(parts.values()))
        prepaid = self._create_confirmed(settlement_type="prepayment")
        self.assertFalse(prepaid.effective_on)
        self.assertIn("payment", prepaid._intake_effective_parts())
        cash = self._create_confirmed(settlement_type="cash_on_delivery")
        self.assertTrue(cash.effective_on)

    def test_taken_back_order_is_not_effective(self):
        """OCM-13: a cancelled order set back to quotation starts again."""
        order = self._create_confirmed()
        order._action_cancel()
        self.assertFalse(order.effective_on)
        order.action_draft()
        self.assertFalse(order.customer_confirmed_on)
        self.assertEqual(order.intake_stage, "quotation")

    def test_orders_confirmed_before_the_switch(self):
        """OCM-03: what was sold before stays off the desk."""
        self.company.order_intake = False
        order = self._create_order()
        order.action_confirm()
        self.company.order_intake = True
        order.client_order_ref = "A 1"
        self.assertFalse(order.intake_stage)


@tagged("post_install", "-at_install")
class TestStatus(IntakeCommon):
    """What the customer sees and hears."""

    def test_status_follows_the_order(self):
        """PPL-08, SHP-06, MRC-01: the status at every moment."""
        order = self._create_order()
        seen = [order.intake_status]
        self._tick(order)
        seen.append(order.intake_status)
        order.with_user(self.clerk).action_intake_check_all()
        seen.append(order.intake_status)
        self._sign(order)
        order.action_confirm()
        seen.append(order.intake_status)
        self.assertEqual(seen, ["received", "checking", "to_sign", "to_ship"])

    def test_progress_goes_stage_by_stage(self):
        """MRC-01, OPS-06: place, production, quality, ship; not before it counts."""
        order = self._create_order()
        with self.assertRaises(UserError):
            order.intake_follow_next()
        order = self._create_confirmed()
        seen = [order.follow_stage]
        for note in ("Frame welded.", "Passed.", False):
            order.intake_follow_next(note)
            seen.append(order.follow_stage)
        self.assertEqual(seen, ["place", "production", "quality", "ship"])
        with self.assertRaises(UserError):
            order.intake_follow_next()

    def test_customer_is_told(self):
        """SMP-11, SOM-04, SOM-06, OPS-06: at each event, and when somebody writes."""
        order = self._create_confirmed()
        bodies = "".join(self._get_messages(order).mapped("body"))
        self.assertIn("are checking it", bodies)
        self.assertIn("We deliver on", bodies)
        order.intake_tell_progress("The frame is welded.")
        self.assertIn("The frame is welded.", order.message_ids[:1].body)
        picking = order.sudo().picking_ids
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking._action_done()
        bodies = "".join(self._get_messages(order).mapped("body"))
        self.assertIn(picking.name, bodies)
        self.assertEqual(order.intake_status, "shipped")

    def test_exception_is_told_and_resolved(self):
        """SOM-07: a delay or shortage reaches the customer and is resolved."""
        order = self._create_confirmed()
        with self.assertRaises(UserError):
            order.intake_report_exception("weather", "Rain")
        order.intake_report_exception("delay", "Steel is late by a week.")
        bodies = "".join(self._get_messages(order).mapped("body"))
        self.assertIn("Steel is late by a week.", bodies)
        row = order.order_exception_ids
        self.assertEqual((row.state, row.responsible_id), ("open", self.clerk))
        with self.assertRaises(AccessError):
            row.write({"state": "resolved"})
        with self.assertRaises(UserError):
            order.intake_resolve_exception(row.id, " ")
        order.intake_resolve_exception(row.id, "Customer accepts the new date.")
        self.assertEqual(row.state, "resolved")
        with self.assertRaises(UserError):
            order.intake_resolve_exception(row.id, "again")
