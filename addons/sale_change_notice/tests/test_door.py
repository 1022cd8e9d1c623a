from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ChangeCommon


@tagged("post_install", "-at_install")
class TestDoor(ChangeCommon):
    def _assert_closed(self, function):
        with (
            self.assertRaisesRegex(UserError, "change notice"),
            self.env.cr.savepoint(),
        ):
            function()
        self.env.invalidate_all()

    def test_confirmed_order_is_closed(self):
        """OCM-16: no edit of what was agreed, whoever writes and with what context."""
        add = {"product_id": self.hose.id, "product_uom_qty": 1}
        key = {"sale_change_notice.opened": self.order.ids, "change_notice": True}
        for order in (self.order, self.order.sudo(), self.order.with_context(**key)):
            line = order.order_line[0]
            for vals in (
                {"product_uom_qty": 9},
                {"price_unit": 1},
                {"discount": 50},
                {"is_downpayment": True, "product_uom_qty": 0},
            ):
                self._assert_closed(lambda line=line, vals=vals: line.write(vals))
            self._assert_closed(
                lambda order=order: order.write({"order_line": [Command.create(add)]})
            )
            self._assert_closed(
                lambda order=order: order.write({"commitment_date": self._in_days(9)})
            )
            self._assert_closed(lambda order=order: order.write({"state": "draft"}))
        self.assertEqual(self.line.product_uom_qty, 5)

    def test_texts_and_downpayments_are_no_change(self):
        """OCM-16: notes, section titles and down payments go on."""
        order = self.order.sudo()
        order.write(
            {
                "client_order_ref": "PO 7",
                "order_line": [
                    Command.create({"display_type": "line_note", "name": "Careful"})
                ],
            }
        )
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 10,
            }
        )
        wizard.create_invoices()
        order.invoice_ids.action_post()

        self.assertTrue(order.order_line.filtered("is_downpayment"))

    def test_delivery_and_invoice_go_on(self):
        """OCM-16: delivering and invoicing as ordered needs no notice."""
        self._deliver(self.line, 5)
        invoice = self.order.sudo()._create_invoices()
        invoice.action_post()

        self.assertEqual(self.line.qty_delivered, 5)
        self.assertEqual(self.line.qty_invoiced, 5)

    def test_unsold_goods_in_the_delivery(self):
        """OCM-16: what a delivery adds is no change of what was agreed."""
        picking = self.order.sudo().picking_ids
        self.env["stock.move"].create(
            {
                "product_id": self.hose.id,
                "product_uom_qty": 1,
                "quantity": 1,
                "picked": True,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking._action_done()

        added = self.order.order_line.filtered(
            lambda line: line.product_id == self.hose
        )
        self.assertEqual(added.qty_delivered, 1)

    def test_off_means_untouched(self):
        """OCM-16: without the switch Odoo edits confirmed orders as ever."""
        self.company.order_changes = False
        self.line.product_uom_qty = 6
        self.order.commitment_date = self._in_days(9)

        self.assertEqual(self.line.product_uom_qty, 6)
        with self.assertRaisesRegex(UserError, "no change notices"):
            self._create_notice(self._change(new_quantity=3))

    def test_quotation_is_open(self):
        """OCM-16: quotations change freely and need no notice."""
        quotation = self._create_order(confirm=False)
        quotation.order_line[0].product_uom_qty = 6

        with self.assertRaisesRegex(UserError, "not confirmed"):
            self._create_notice(order=quotation)

    def test_forged_state(self):
        """OCM-80: no write makes a notice approved, by import, RPC or sudo."""
        notice = self._create_notice(self._change(new_quantity=3))
        for forged in (notice, notice.sudo()):
            for vals in (
                {"state": "approved"},
                {"base_print": "x"},
                {"supplement_state": "signed"},
                {"review_state": "approved"},
                {"applied_at": "2026-01-01"},
            ):
                with self.assertRaises(AccessError):
                    forged.write(vals)
        with self.assertRaises(AccessError):
            self._create_notice(self._change(new_quantity=3), state="approved")
        context = self.env["sale.change.notice"].with_context(default_state="approved")
        made = context.create({"order_id": self.order.id, "reason": "x"})
        self.assertEqual(made.state, "draft")
        with self.assertRaisesRegex(UserError, "not possible now"):
            notice.action_apply()

    def test_approval_behind_the_back_of_the_review(self):
        """OCM-80: a state that SQL wrote has no approval behind it."""
        notice = self._create_notice(self._change(new_quantity=3))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_change_notice SET state = 'approved', review_state ="
            " 'approved' WHERE id = %s",
            [notice.id],
        )
        self.env.invalidate_all()
        self._apply(notice)

        self._assert_not_applied(notice, "does not say what was approved")

    def test_content_behind_the_back_of_the_review(self):
        """OCM-80: a figure that changed after the approval is not applied."""
        notice = self._create_approved(self._change(new_quantity=3))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_change_notice_line SET new_price_unit = 1"
            " WHERE notice_id = %s",
            [notice.id],
        )
        self.env.invalidate_all()
        self._apply(notice)

        self._assert_not_applied(notice, "does not say what was approved")

    def test_submitted_content_is_fixed(self):
        """OCM-80: after the submission nothing of the notice can be edited."""
        notice = self._submit(self._create_notice(self._change(new_quantity=3)))
        for function in (
            lambda: notice.write({"reason": "other"}),
            lambda: notice.sudo().line_ids.write({"new_quantity": 1}),
            notice.sudo().line_ids.unlink,
            lambda: notice.sudo().write({"line_ids": [Command.clear()]}),
            lambda: self.env["sale.change.notice.line"].create(
                {"notice_id": notice.id, "new_product_id": self.hose.id}
            ),
        ):
            with self.assertRaisesRegex(UserError, "Recall it"):
                function()
        with self.assertRaises(UserError):
            notice.unlink()

    def test_notice_of_another_order(self):
        """OCM-80: a notice changes the order it was drafted for, no other."""
        other = self._create_order()
        with self.assertRaises(UserError):
            self._create_notice(self._change(other.order_line[0], new_quantity=3))
        notice = self._create_notice(self._change(new_quantity=3))
        with self.assertRaisesRegex(UserError, "stays with its order"):
            notice.order_id = other

    def test_applied_twice(self):
        """OCM-80: a notice is applied once."""
        notice = self._apply(self._create_approved(self._change(new_quantity=3)))

        with self.assertRaisesRegex(UserError, "not possible now"):
            notice.action_apply()
        with self.assertRaisesRegex(UserError, "not approved"):
            notice._apply()
        self.assertEqual(self.order.change_version, 1)

    def test_order_of_a_colleague(self):
        """OCM-15: salespeople change their own orders."""
        colleague = self._create_user("colleague", "sales_team.group_sale_salesman")
        notice = self._create_notice(self._change(new_quantity=3))

        with self.assertRaises(AccessError):
            self._create_notice(user=colleague, paper=False)
        with self.assertRaises(AccessError):
            notice.with_user(colleague).read(["reason"])

    def test_history_is_evidence(self):
        """OCM-16: versions and circulation are written by the notice alone."""
        notice = self._apply(self._create_approved(self._change(new_quantity=3)))
        for record in (notice.sudo().version_id, notice.sudo().circulation_ids):
            self.assertTrue(record)
            with self.assertRaises(AccessError):
                record.write({"user_id": False})
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.create({})
        with self.assertRaises(AccessError):
            self.order.sudo().change_version = 7
