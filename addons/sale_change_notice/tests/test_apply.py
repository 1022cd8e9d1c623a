import json
from datetime import timedelta

from odoo.tests import tagged

from .common import ChangeCommon


@tagged("post_install", "-at_install")
class TestApply(ChangeCommon):
    def test_reduced_quantity_follows_to_the_delivery(self):
        """OCM-16: the approved notice changes order, delivery and history."""
        notice = self._apply(
            self._create_approved(self._change(new_quantity=3, new_price_unit=110))
        )

        self._assert_applied(notice)
        self.assertEqual(self.line.product_uom_qty, 3)
        self.assertEqual(self.line.price_unit, 110)
        self.assertEqual(self._get_demand(self.line), 3)
        self.assertEqual(self._get_demand(self.other_line), 2)
        self.assertEqual(self.order.change_version, 1)

    def test_prepared_goods_are_looked_at_again(self):
        """OCM-16: what was picked already never leaves beyond the new quantity."""
        notice = self._create_approved(
            self._change(new_quantity=3), self._change(self.other_line, is_removed=True)
        )
        picking = self.order.sudo().picking_ids
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        self._apply(notice)
        self._assert_applied(notice)
        picking.with_context(skip_backorder=True).button_validate()

        self.assertEqual(picking.state, "done")
        self.assertEqual(self.line.qty_delivered, 3)
        self.assertFalse(self.other_line.qty_delivered)

    def test_raised_quantity_and_added_line(self):
        """OCM-17: more goods are delivered with the order."""
        notice = self._submit(
            self._create_notice(
                self._change(new_quantity=8),
                {"new_product_id": self.hose.id, "new_quantity": 4},
                kind="delivery",
            )
        )
        notice.change_contact("Ms Li agrees")
        self._approve(notice, self.head, self.production)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self._get_demand(self.line), 8)
        added = self.order.order_line - self.line - self.other_line
        self.assertEqual(added.product_id, self.hose)
        self.assertEqual(added.price_unit, 100)
        self.assertEqual(self._get_demand(added), 4)

    def test_removed_line_is_not_delivered(self):
        """OCM-16: what is taken off the order is taken off the delivery."""
        notice = self._apply(
            self._create_approved(self._change(self.other_line, is_removed=True))
        )

        self._assert_applied(notice)
        self.assertEqual(self.other_line.product_uom_qty, 0)
        self.assertFalse(self._get_demand(self.other_line))
        self.assertEqual(self.order.amount_untaxed, 500)

    def test_replaced_product(self):
        """OCM-18: the old line is emptied, another takes its place."""
        notice = self._submit(
            self._create_notice(
                self._change(new_product_id=self.hose.id, new_price_unit=120),
                kind="structure",
            )
        )
        self._approve(notice, self.head, self.production, self.material, self.designer)
        notice.with_user(self.desk).change_supplement("unneeded", "Same total")
        self._approve(notice, self.desk)
        notice.change_contact("Ms Li agrees")
        self._apply(notice)

        self._assert_applied(notice)
        added = self.order.order_line - self.line - self.other_line
        self.assertEqual(added.product_id, self.hose)
        self.assertEqual((added.product_uom_qty, added.price_unit), (5, 120))
        self.assertEqual(self._get_demand(added), 5)
        self.assertFalse(self._get_demand(self.line))

    def test_new_date_moves_the_delivery(self):
        """OCM-17: the delivery is planned for the new date."""
        date = self._in_days(40)
        notice = self._submit(
            self._create_notice(new_commitment_date=date, kind="delivery")
        )
        notice.change_contact("Ms Li agrees")
        self._approve(notice, self.head, self.production)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self.order.commitment_date, date)
        picking = self.order.sudo().picking_ids
        self.assertEqual(picking.date_deadline, date)
        self.assertEqual(
            picking.scheduled_date.date(),
            date.date() - timedelta(days=self.company.security_lead),
        )

    def test_date_of_one_line(self):
        """OCM-17: one line may leave on a date of its own."""
        date = self._in_days(50)
        notice = self._submit(
            self._create_notice(self._change(new_date=date), kind="delivery")
        )
        notice.change_contact("Ms Li agrees")
        self._approve(notice, self.head, self.production)
        self._apply(notice)

        self._assert_applied(notice)
        self.assertEqual(self.line.sudo().move_ids.date_deadline, date)
        self.assertNotEqual(self.other_line.sudo().move_ids.date_deadline, date)

    def test_cron_applies_what_is_approved(self):
        """OCM-16: nobody has to remember to apply it."""
        notice = self._create_approved(self._change(new_quantity=3))
        with self.enter_registry_test_mode():
            self.env.ref("sale_change_notice.ir_cron_apply").method_direct_trigger()

        self._assert_applied(notice)
        self.assertEqual(notice.sudo().applied_by_id, self.production)

    def test_locked_order(self):
        """OCM-16: an approved notice changes a locked order and leaves it locked."""
        self.order.sudo().action_lock()
        notice = self._apply(self._create_approved(self._change(new_quantity=4)))

        self._assert_applied(notice)
        self.assertTrue(self.order.locked)
        self.assertEqual(self._get_demand(self.line), 4)

    def test_nothing_below_what_was_delivered(self):
        """OCM-16: what the customer has cannot be taken off the order."""
        notice = self._create_approved(self._change(new_quantity=2))
        self._deliver(self.line, 3)
        self._apply(notice)

        self._assert_not_applied(notice, "delivered or invoiced already")
        self.assertEqual(self.line.product_uom_qty, 5)
        self.assertFalse(self.order.change_version)

    def test_part_of_a_notice_is_never_applied(self):
        """OCM-16: one refused line keeps the whole notice from being applied."""
        notice = self._create_approved(
            self._change(new_quantity=2), self._change(self.other_line, new_quantity=1)
        )
        self._deliver(self.line, 3)
        self._apply(notice)

        self._assert_not_applied(notice, "Sprayer")
        self.assertEqual(self.other_line.product_uom_qty, 2)

    def test_price_of_invoiced_goods(self):
        """OCM-16: an invoiced price changes after a credit note."""
        notice = self._create_approved(self._change(new_price_unit=180))
        self.order.sudo()._create_invoices()
        self._apply(notice)

        self._assert_not_applied(notice, "was invoiced")

    def test_second_notice_of_one_draft(self):
        """OCM-16: of two notices on the same order, the later drafts again."""
        first = self._create_approved(self._change(new_quantity=4))
        second = self._create_approved(self._change(self.other_line, new_quantity=1))
        self._apply(first)
        self._apply(second)

        self._assert_applied(first)
        self._assert_not_applied(second, "changed since")
        self.assertEqual(self.other_line.product_uom_qty, 2)

    def test_refreshed_draft_goes_on(self):
        """OCM-16: a draft is refreshed on what the order says now."""
        second = self._create_notice(self._change(self.other_line, new_quantity=1))
        self._apply(self._create_approved(self._change(new_quantity=4)))
        second.action_refresh()
        self._approve(self._submit(second), self.production)
        self._apply(second)

        self._assert_applied(second)
        self.assertEqual(self.order.change_version, 2)

    def test_cancelled_order(self):
        """OCM-16: an approved notice changes no cancelled order."""
        notice = self._create_approved(self._change(new_quantity=4))
        self.order.sudo()._action_cancel()
        self._apply(notice)

        self._assert_not_applied(notice, "not confirmed any more")

    def test_responsible_is_told(self):
        """OCM-16: who sells learns why nothing was applied."""
        notice = self._create_approved(self._change(new_quantity=2))
        self._deliver(self.line, 3)
        self._apply(notice)

        message = notice.sudo().message_ids[0]
        self.assertIn("Nothing was applied", message.body)
        self.assertIn(self.salesperson.partner_id, message.partner_ids)

    def test_history_reads_as_versions(self):
        """OCM-16: versions say what changed, from what to what, by which notice."""
        notice = self._create_notice(self._change(new_quantity=3, new_discount=10))
        self._approve(self._submit(notice), self.head, self.production)
        self._apply(notice)
        last, first = self.order.change_version_ids

        self.assertEqual((first.number, last.number), (0, 1))
        self.assertEqual(last.notice_id.order_id, self.order)
        rows = json.loads(last.changes)
        self.assertEqual(
            [row[1:] for row in rows],
            [["total", 700.0, 470.0], ["quantity", 5.0, 3.0], ["discount", 0.0, 10.0]],
        )
        self.assertIn("Quantity: 5.00 → 3.00", last.difference_text)
        self.assertEqual(
            [key for key, _value in json.loads(last.content)],
            ["commitment_date", "lines", "total"],
        )
